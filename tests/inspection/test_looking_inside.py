"""The agency looks into one cooperative: with leave, for a time, reading only, on record."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from app.auth import services as people
from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.inspection import services
from app.inspection.models import Inspection, InspectionLook
from tasks import city
from tests.conftest import make_user
from tests.factories import make_member
from tests.test_pages import in_cooperative

HERE = "/k/maju/pengawasan-dinas/"
CITY = "/kota/pemeriksaan/"
REASON = "Laporan warga soal kas"


@pytest.fixture
def agency(sign_in):
    return sign_in(Role.CITY_AGENCY, None)


@pytest.fixture
def chair(sign_in):
    return sign_in(Role.CHAIR)


def form(**fields):
    return {"key": str(uuid4()), **fields}


def ask(agency, **changed):
    """Ask to look into the cooperative; return the number of the request."""
    sent = form(reason=REASON, days="3") | changed
    response = agency.post(f"{CITY}minta/maju", data=sent)
    assert response.status_code == 303
    return int(response.location.rsplit("/", 1)[1])


def granted(agency, chair):
    number = ask(agency)
    assert chair.post(f"{HERE}{number}/izinkan", data=form()).status_code == 303
    return number


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


def test_a_refusal_says_why_and_opens_nothing(agency, chair):
    number = ask(agency)
    silent = chair.post(f"{HERE}{number}/tolak", data=form(answer=""))
    assert silent.status_code == 422
    assert 'id="answer-wrong"' in silent.text

    said = form(answer="Tunggu rapat pengurus")
    assert chair.post(f"{HERE}{number}/tolak", data=said).status_code == 303
    assert "Tunggu rapat pengurus" in agency.get(f"{CITY}{number}").text
    assert agency.get("/k/maju/").status_code == 404
    assert chair.post(f"{HERE}{number}/izinkan", data=form()).status_code == 422


def test_a_request_is_taken_back(agency, chair):
    number = ask(agency)

    assert agency.post(f"{CITY}{number}/tarik", data=form()).status_code == 303
    assert chair.post(f"{HERE}{number}/izinkan", data=form()).status_code == 422
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


def test_in_an_emergency_a_colleague_gives_leave_and_the_cooperative_is_told(
    agency, chair, sign_in
):
    number = ask(agency)
    colleague = sign_in(Role.CITY_AGENCY, None, name="rekan")
    assert f"{CITY}{number}" in colleague.get(CITY).text
    wordless = colleague.post(f"{CITY}{number}/darurat", data=form(why=""))
    assert wordless.status_code == 422

    sent = form(why="Ketua tidak dapat dihubungi")
    assert colleague.post(f"{CITY}{number}/darurat", data=sent).status_code == 303
    assert agency.get("/k/maju/").status_code == 200
    assert "Dinas sedang melihat" in chair.get("/k/maju/").text
    assert "Ketua tidak dapat dihubungi" in chair.get(f"{HERE}{number}").text
    assert chair.post(f"{HERE}{number}/akhiri", data=form()).status_code == 422


def test_nobody_gives_themselves_leave(app, agency, sign_in, coop):
    number = ask(agency)

    assert agency.post(f"{CITY}{number}/darurat", data=form(why="Segera")).status_code == 422
    assert agency.get("/k/maju/").status_code == 404


def test_a_chair_who_serves_the_agency_does_not_grant_their_own(app, scope, coop):
    with scope(coop):
        busy = make_user("Umi", "umi@contoh.id")
        asked = services.ask(coop, busy, reason=REASON, days=1)
        people.appoint(busy, Role.CHAIR, coop, from_date=clock.today())
        with pytest.raises(DomainError):
            services.grant(asked, busy)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.TREASURER, Role.SUPERVISOR])
def test_only_the_chair_answers(agency, sign_in, role):
    number = ask(agency)
    officer = sign_in(role)

    assert officer.get(f"{HERE}{number}").status_code == 200
    assert officer.post(f"{HERE}{number}/izinkan", data=form()).status_code == 403


def test_the_vice_chair_answers_only_while_there_is_no_chair(agency, sign_in):
    vice = sign_in(Role.VICE_BUSINESS)
    number = ask(agency)
    sign_in(Role.CHAIR)
    assert vice.post(f"{HERE}{number}/izinkan", data=form()).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "beside"),
    [({"reason": ""}, "reason"), ({"days": "0"}, "days"), ({"days": "8"}, "days")],
)
def test_a_request_needs_a_reason_and_a_time_within_the_limit(agency, coop, wrong, beside):
    response = agency.post(f"{CITY}minta/maju", data=form(reason=REASON, days="3") | wrong)

    assert response.status_code == 422
    assert f'id="{beside}-wrong"' in response.text


def test_one_asks_once_at_a_time(agency, coop):
    ask(agency)

    again = agency.post(f"{CITY}minta/maju", data=form(reason=REASON, days="1"))
    assert again.status_code == 422


def test_one_finds_only_ones_own_requests(agency, chair, sign_in):
    number = granted(agency, chair)
    colleague = sign_in(Role.CITY_AGENCY, None, name="rekan")

    assert colleague.get(f"{CITY}{number}").status_code == 404
    assert colleague.post(f"{CITY}{number}/akhiri", data=form()).status_code == 404
    assert sign_in(Role.CITY_COMPANION, None).get(CITY).status_code == 403
    assert agency.get(f"{CITY}minta/tidak-ada").status_code == 404


def test_the_city_role_reads_no_request(app, agency):
    ask(agency)
    with app.app_context(), db.engines["city"].connect() as city:
        for table in ("inspections", "inspection_looks"):
            with pytest.raises(Exception, match="permission denied"), city.begin_nested():
                city.exec_driver_sql(f"SELECT * FROM {table}")


def test_the_record_names_a_page_in_words_and_what_was_looked_for():
    searched = InspectionLook(
        path="/k/maju/buku-organisasi/catatan/rapat-anggota?cari=Bu+Siti&hal=2"
    )
    first = InspectionLook(path="/k/maju/")

    assert searched.page == "Buku organisasi › catatan › rapat anggota"
    assert searched.asked_for == "cari Bu Siti · hal 2"
    assert (first.page, first.asked_for) == ("", "")


def wait_too_long(app, number):
    with app.app_context():
        asked = db.session.get_one(Inspection, number)
        asked.asked_at = clock.now() - timedelta(days=7, minutes=1)
        db.session.commit()


def test_a_request_that_nobody_answers_lapses_and_both_sides_see_it(app, agency, chair):
    number = ask(agency)
    assert "Gugur bila tidak dijawab" in chair.get(f"{HERE}{number}").text
    wait_too_long(app, number)

    assert city.tidy_up()["requests"] == 1
    assert city.tidy_up()["requests"] == 0
    for page in (chair.get(f"{HERE}{number}"), agency.get(f"{CITY}{number}")):
        assert "Gugur tanpa jawaban" in page.text


def test_leave_is_not_given_late_even_before_the_night_and_one_may_ask_again(app, agency, chair):
    number = ask(agency)
    wait_too_long(app, number)
    late = chair.post(f"{HERE}{number}/izinkan", data=form(), follow_redirects=True)

    assert "gugur" in late.text
    assert ask(agency) != number
