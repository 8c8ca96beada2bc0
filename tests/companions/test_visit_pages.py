"""The pages of visits: for the companion, the agency and the cooperative."""

import base64
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from PIL import Image

from app.auth.permissions import Role
from app.companions import assignments, visits
from app.core import clock
from app.extensions import db
from tests.cash.conftest import picture, whole
from tests.companions.conftest import record

HOME = "/kota/pendampingan/"
NEW = f"{HOME}koperasi/maju/kunjungan-baru"


def drawn():
    image = Image.new("RGBA", (64, 24))
    image.putpixel((3, 3), (0, 0, 0, 255))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def sent(**more):
    return {"key": str(uuid4())} | more


def filled(**more):
    return (
        sent(
            visited_on=clock.today().strftime("%d-%m-%Y"),
            began_at="09:00",
            ended_at="11.30",
            kind="ba",
            purpose="Tutup buku",
            attended="Bu Siti, bendahara",
            topics=["pembukuan", "rat"],
            observations="Buku kas belum ditutup.",
            signed_by="Bu Siti, bendahara",
            visitor_signature=drawn(),
            cooperative_signature=drawn(),
        )
        | more
    )


@pytest.fixture
def wahyu(signed_in, companion):
    return signed_in(companion)


def test_a_companion_sees_the_own_cooperatives_first(wahyu, other_coop):
    page = wahyu.get(HOME).text

    assert "Maju" in page
    assert "Sejahtera" not in page


def test_who_was_not_visited_for_long_is_marked(app, wahyu, coop, companion):
    assert "belum pernah" in wahyu.get(HOME).text
    for days, marked in ((60, True), (59, False)):
        with app.app_context():
            record(coop, companion, visited_on=clock.today() - timedelta(days=days))
            db.session.commit()
        assert ("sudah lama" in wahyu.get(HOME).text) is marked


def test_a_companion_without_cooperatives_reads_whom_to_ask(sign_in):
    assert "Belum ada koperasi" in sign_in(Role.CITY_COMPANION, None).get(HOME).text


def test_a_visit_is_recorded_signed_and_shown_to_the_cooperative(wahyu, companion, sign_in):
    response = wahyu.post(NEW, data=filled())
    assert response.status_code == 303
    page = wahyu.get(response.location)
    assert "09.00–11.30" in page.text
    assert f'data-draft-done="kunjungan/{companion.id}-maju"' in page.text
    assert page.text.count("/tanda-tangan/") == 2

    chair = sign_in(Role.CHAIR)
    assert "Tutup buku" in chair.get("/k/maju/kunjungan/").text
    address = page.request.path.replace("/kota/pendampingan/kunjungan", "/k/maju/kunjungan")
    assert "Buku kas belum ditutup." in chair.get(address).text
    assert chair.get(f"{address}/tanda-tangan/koperasi").mimetype == "image/png"


def test_a_visit_sent_twice_is_recorded_once(app, wahyu, coop):
    form = filled()
    assert wahyu.post(NEW, data=form).location == wahyu.post(NEW, data=form).location

    with app.app_context():
        assert len(visits.of_cooperative(coop)) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ended_at": "08:00"}, "selesai sebelum mulai"),
        ({"ended_at": "09:00"}, "selesai sebelum mulai"),
        ({"began_at": "25:00"}, "14.05"),
        ({"visited_on": "01-01-2099"}, "belum tiba"),
        ({"topics": []}, "satu topik"),
        ({"attended": " "}, "isi"),
        ({"kind": "lurah"}, ""),
        ({"visitor_signature": "data:image/png;base64,AAAA"}, "tidak terbaca"),
        ({"cooperative_signature": "x" * 300_000}, "tidak terbaca"),
        ({"signed_by": ""}, "Tulis nama"),
    ],
)
def test_a_wrong_report_is_refused_and_keeps_what_was_typed(wahyu, wrong, said):
    response = wahyu.post(NEW, data=filled(**wrong))

    assert response.status_code == 422
    assert said in response.text
    assert "Buku kas belum ditutup." in response.text


@pytest.mark.parametrize("typed", ["14.05", "14:05", "14,05", "1405", "14 05"])
def test_a_time_is_read_as_a_telephone_types_it_and_written_as_here(wahyu, typed):
    recorded = wahyu.post(NEW, data=filled(began_at=typed, ended_at="1510"))
    page = wahyu.get(recorded.location.partition("?")[0] + "/ubah").text

    assert 'value="14.05"' in page
    assert 'type="time"' not in page  # which follows the browser's language: 02:05 PM


def test_another_companions_cooperative_and_visit_are_not_found(
    signed_in, other_companion, visit, coop
):
    stranger = signed_in(other_companion)
    own = f"{HOME}kunjungan/{visit.id}"

    assert stranger.get(NEW).status_code == 404
    assert stranger.post(NEW, data=filled()).status_code == 404
    assert stranger.get(f"{HOME}koperasi/maju").status_code == 404
    for address in (own, f"{own}/ubah", f"{own}/tanda-tangan/koperasi"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{own}/foto", data=sent()).status_code == 404


def test_the_agency_approves_and_the_companion_does_not(wahyu, sign_in, visit):
    own = f"{HOME}kunjungan/{visit.id}"
    assert wahyu.post(f"{own}/setujui", data=sent()).status_code == 403

    dinas = sign_in(Role.CITY_AGENCY, None)
    assert "Setujui laporan" in dinas.get(own).text
    assert dinas.post(f"{own}/setujui", data=sent()).status_code == 303

    assert "Petugas dinas" in wahyu.get(own).text
    assert "/ubah" not in wahyu.get(own).text


def test_only_the_author_changes_a_report(wahyu, sign_in, visit):
    own = f"{HOME}kunjungan/{visit.id}"
    dinas = sign_in(Role.CITY_AGENCY, None)
    assert dinas.get(f"{own}/ubah").status_code == 403
    assert dinas.post(f"{own}/foto", data=sent()).status_code == 403

    assert "Tutup buku" in wahyu.get(f"{own}/ubah").text
    assert wahyu.post(f"{own}/ubah", data=filled(purpose="Gerai baru")).status_code == 303

    assert "Gerai baru" in wahyu.get(own).text
    assert wahyu.post(f"{own}/ubah", data=filled(ended_at="01:00")).status_code == 422


def test_a_photo_is_added_and_taken_out(app, wahyu, sign_in, visit, coop):
    own = f"{HOME}kunjungan/{visit.id}"
    form = sent(photo=(io.BytesIO(picture()), "foto.jpg"))
    assert wahyu.post(f"{own}/foto", data=form).status_code == 303
    with app.app_context():
        key = visits.photos_of(visit)[0]
    assert wahyu.get(f"{own}/foto/{key}").mimetype == "image/jpeg"
    assert sign_in(Role.CHAIR).get(f"/k/maju/kunjungan/{visit.id}/foto/{key}").status_code == 200

    assert wahyu.post(f"{own}/foto/{key}/hapus", data=sent()).status_code == 303

    assert wahyu.get(f"{own}/foto/{key}").status_code == 404
    assert wahyu.get(f"{own}/foto/bukan-kunci").status_code == 404


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", 422, "Pilih foto"),
        (b"bukan foto", 422, "bukan foto"),
        (b"\xff" * 40 * 1024 * 1024, 422, "terlalu besar"),
        (b"\xff" * 11 * 1024 * 1024, 422, "terlalu besar"),
    ],
)
def test_what_is_no_photo_or_too_large_is_refused_in_words(wahyu, visit, content, code, said):
    name = "foto.jpg" if content else ""
    form = whole(sent(photo=(io.BytesIO(content), name)))
    response = wahyu.post(f"{HOME}kunjungan/{visit.id}/foto", **form)

    assert response.status_code == code
    assert said in response.text


def test_the_cooperative_sees_no_visit_to_another(sign_in, other_coop, visit):
    chair = sign_in(Role.CHAIR, other_coop)

    assert "Tutup buku" not in chair.get("/k/sejahtera/kunjungan/").text
    assert chair.get(f"/k/sejahtera/kunjungan/{visit.id}").status_code == 404


def test_the_agency_assigns_and_ends(sign_in, companion, other_coop):
    dinas = sign_in(Role.CITY_AGENCY, None)
    day = clock.today().strftime("%d-%m-%Y")
    form = sent(companion=companion.id, cooperatives=[other_coop.id], from_date=day)
    assert dinas.post(f"{HOME}penugasan/", data=form).status_code == 303
    assert "Sejahtera" in dinas.get(f"{HOME}penugasan/").text

    again = sent(companion=companion.id, cooperatives=[other_coop.id], from_date=day)
    assert dinas.post(f"{HOME}penugasan/", data=again).status_code == 422
    nobody = sent(companion=0, cooperatives=[], from_date="", until_date="01-01-2020")
    assert dinas.post(f"{HOME}penugasan/", data=nobody).status_code == 422
    early = sent(
        companion=companion.id, cooperatives=[other_coop.id], from_date=day, until_date="01-01-2020"
    )
    assert dinas.post(f"{HOME}penugasan/", data=early).status_code == 422


def test_an_assignment_ends_on_a_day(app, sign_in, companion, coop):

    with app.app_context():
        found = assignments.running()[0].office.id
    operator = sign_in(Role.CITY_OPERATOR, None)
    own = f"{HOME}penugasan/{found}"
    assert operator.get(own).status_code == 200
    assert operator.post(own, data=sent(last_day="01-01-2020")).status_code == 422
    assert operator.post(own, data=sent(last_day="")).status_code == 422

    assert operator.post(own, data=sent(last_day="02-01-2025")).status_code == 303

    assert operator.get(own).status_code == 404
