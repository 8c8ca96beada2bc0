"""The agency looks into one cooperative: with leave, for a time, reading only, on record."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from app.auth import services as people
from app.auth.permissions import Role
from app.core import clock
from app.extensions import db
from app.inspection.models import Inspection, InspectionLook
from tests.factories import make_member
from tests.inspection.conftest import CITY, HERE, REASON, ask, form, granted
from tests.test_pages import in_cooperative


def unpacked(data):
    """What is in an answer, also in the parts of a workbook."""
    if not data.startswith(b"PK"):
        return data
    with ZipFile(BytesIO(data)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


def expire(app, number):
    with app.app_context():
        db.session.get_one(Inspection, number).expires_at = clock.now() - timedelta(seconds=1)
        db.session.commit()


def looks_at(app, number):
    with app.app_context():
        kept = select(InspectionLook.path).where(InspectionLook.inspection_id == number)
        return db.session.scalars(kept.order_by(InspectionLook.id)).all()


def test_without_leave_the_agency_finds_nothing(agency, chair):
    assert agency.get("/k/maju/").status_code == 404
    ask(agency)
    assert agency.get("/k/maju/").status_code == 404


def test_the_chair_is_asked_and_gives_leave(agency, chair, sign_in):
    number = ask(agency)
    assert f"{HERE}" in chair.get("/k/maju/").text
    assert REASON in chair.get(f"{HERE}{number}").text

    assert chair.post(f"{HERE}{number}/izinkan", data=form()).status_code == 303
    page = agency.get("/k/maju/")
    assert page.status_code == 200
    assert f"{CITY}{number}" in page.text
    assert "Dinas sedang melihat" in sign_in(Role.CASHIER).get("/k/maju/").text


def test_with_leave_one_reads_what_supervisors_read(agency, chair, scope, coop):
    with scope(coop):
        nik = make_member("Siti").nik
    granted(agency, chair)

    for path in (
        "anggota/",
        "anggota/1/",
        "buku/",
        "tagihan/",
        "jejak/",
        "temuan/",
        "pengurus/",
    ):
        page = agency.get(f"/k/maju/{path}")
        assert page.status_code == 200, path
        assert str(nik) not in page.text, path
    for path in ("anggota/baru", "setelan/", "temuan/baru", "data-koperasi/ubah"):
        assert agency.get(f"/k/maju/{path}").status_code == 403, path


def test_with_leave_one_writes_nothing_and_uncovers_no_nik(agency, chair, scope, coop):
    with scope(coop):
        make_member("Siti")
    number = granted(agency, chair)

    for path in (
        "anggota/1/nik",
        "temuan/baru",
        "tagihan/jalankan",
        f"pengawasan-dinas/{number}/izinkan",
        "persetujuan/1/tarik",
    ):
        assert agency.post(f"/k/maju/{path}", data=form()).status_code == 403, path


def test_no_address_of_the_cooperative_shows_a_nik_or_lets_one_write(
    app, agency, chair, scope, coop
):
    with scope(coop):
        nik = str(make_member("Siti").nik)
    granted(agency, chair)

    for rule, method, address, _needs in in_cooperative(app):
        response = agency.open(address, method=method, data=form())
        assert nik.encode() not in unpacked(response.data), address
        if method == "POST":
            assert response.status_code == 403, address
        if "POST" in rule.methods:
            assert agency.post(address, data=form()).status_code == 403, address


def test_leave_opens_no_other_cooperative(agency, chair, other_coop):
    number = granted(agency, chair)

    assert agency.get("/k/sejahtera/").status_code == 404
    assert agency.get("/k/sejahtera/anggota/").status_code == 404
    assert agency.get(f"/k/sejahtera/pengawasan-dinas/{number}").status_code == 404


def test_the_first_page_stops_telling_of_a_look_when_its_time_is_over(
    app, agency, chair, monkeypatch
):
    granted(agency, chair)
    during = chair.get("/k/maju/").text
    later = clock.now() + timedelta(days=30)
    with monkeypatch.context() as patch:
        patch.setattr("app.inspection.reading.clock.now", lambda: later)
        over = chair.get("/k/maju/").text

    assert "Dinas sedang melihat ke dalam" in during
    assert "Dinas sedang melihat ke dalam" not in over


def test_leave_is_for_whoever_asked(agency, chair, sign_in):
    granted(agency, chair)

    assert sign_in(Role.CITY_AGENCY, None, name="rekan").get("/k/maju/").status_code == 404
    assert sign_in(Role.CITY_OPERATOR, None).get("/k/maju/").status_code == 404


def test_leave_ends_by_itself(app, agency, chair):
    number = granted(agency, chair)
    assert agency.get("/k/maju/").status_code == 200
    expire(app, number)

    assert agency.get("/k/maju/").status_code == 404
    assert "Berakhir" in agency.get(f"{CITY}{number}").text
    assert chair.post(f"{HERE}{number}/akhiri", data=form()).status_code == 422


@pytest.mark.parametrize("who", ["asker", "chair"])
def test_leave_is_ended_early(agency, chair, who):
    number = granted(agency, chair)
    assert agency.get("/k/maju/").status_code == 200
    if who == "asker":
        assert agency.post(f"{CITY}{number}/akhiri", data=form()).status_code == 303
    else:
        assert chair.post(f"{HERE}{number}/akhiri", data=form()).status_code == 303

    assert agency.get("/k/maju/").status_code == 404


def test_leave_ends_with_the_office(app, agency, chair):
    granted(agency, chair)
    with app.app_context():
        for office, _user, _tenant in people.city_seats():
            office.until_date = clock.today() - timedelta(days=1)
        db.session.commit()

    assert agency.get("/k/maju/").status_code == 404


def test_every_page_that_is_opened_is_kept_and_shown(app, agency, chair, sign_in):
    number = granted(agency, chair)
    agency.get("/k/maju/anggota/?q=siti")
    agency.get("/k/maju/buku/")
    agency.post("/k/maju/temuan/baru", data=form())

    assert looks_at(app, number) == ["/k/maju/anggota/?q=siti", "/k/maju/buku/"]
    for reader in (chair, sign_in(Role.SUPERVISOR), sign_in(Role.CASHIER)):
        assert "q siti" in reader.get(f"{HERE}{number}").text
    shown = agency.get(f"{CITY}{number}").text
    assert 'lang="id">Anggota<' in shown
    assert 'lang="id">Buku<' in shown


def test_the_officers_own_looks_are_not_kept(app, agency, chair):
    number = granted(agency, chair)
    chair.get("/k/maju/anggota/")

    assert looks_at(app, number) == []


def test_the_record_names_a_page_in_words_and_what_was_looked_for():
    searched = InspectionLook(
        path="/k/maju/buku-organisasi/catatan/rapat-anggota?cari=Bu+Siti&hal=2"
    )
    first = InspectionLook(path="/k/maju/")

    assert searched.page == "Buku organisasi › catatan › rapat anggota"
    assert searched.asked_for == "cari Bu Siti · hal 2"
    assert (first.page, first.asked_for) == ("", "")
