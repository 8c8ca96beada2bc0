"""Plans, the month's calendar, the monthly report and the trainings."""

import io
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy.exc import IntegrityError

from app.auth.permissions import Role
from app.companions import findings, monthly, plans, trainings
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.core.period import Period
from app.extensions import db
from tests.companions.conftest import record
from tests.companions.test_visit_pages import filled

HOME = "/kota/pendampingan/"


def sent(**more):
    return {"key": str(uuid4())} | more


def in_days(days):
    return (clock.today() + timedelta(days=days)).strftime("%d-%m-%Y")


def plan(coop, by, on=None, key=None):
    return plans.plan(
        coop, on=on or clock.today(), purpose="Tutup buku", by=by.id, key=key or uuid4()
    )


@pytest.fixture
def wahyu(signed_in, companion):
    return signed_in(companion)


def test_a_plan_sent_twice_stands_once_and_not_in_the_past(app, coop, companion):
    key = uuid4()
    with app.app_context():
        assert plan(coop, companion, key=key).id == plan(coop, companion, key=key).id
        with pytest.raises(Invalid):
            plan(coop, companion, on=clock.today() - timedelta(days=1))


def test_a_visit_carries_out_the_plan_of_its_day_and_the_calendar_shows_it_once(
    app, coop, companion
):
    with app.app_context():
        planned = plan(coop, companion)
        found = record(coop, companion)
        plans.fulfil(found, None)
        assert planned.visit_id == found.id

        days = [day for day in plans.calendar(Period.current()) if day.plans or day.visits]

        assert [(len(day.plans), len(day.visits)) for day in days] == [(0, 1)]
        with pytest.raises(DomainError):
            plans.cancel(planned)


def test_a_plan_that_is_given_up_leaves_the_calendar(app, coop, companion):
    with app.app_context():
        planned = plan(coop, companion)
        plans.cancel(planned)
        plans.cancel(planned)

        assert not any(day.plans for day in plans.calendar(Period.current()))


def test_a_companion_plans_a_visit_and_records_it_from_the_calendar(app, wahyu, coop):
    form = sent(cooperative=coop.id, planned_on=in_days(0), purpose="Gerai sembako")
    assert wahyu.post(f"{HOME}kalender/rencana", data=form).status_code == 303
    page = wahyu.get(f"{HOME}kalender/").text
    assert "Gerai sembako" in page
    address = page.split("kunjungan-baru?rencana=")[1].split('"')[0]
    record_page = wahyu.get(f"{HOME}koperasi/maju/kunjungan-baru?rencana={address}").text
    assert 'value="Gerai sembako"' in record_page

    wahyu.post(f"{HOME}koperasi/maju/kunjungan-baru", data=filled(plan=address))

    with app.app_context():
        assert not plans.find(int(address)).plan.is_open


def test_what_cannot_be_planned_is_refused_beside_the_field(wahyu, coop, other_coop):
    for wrong in (
        {"planned_on": "01-01-2025"},
        {"planned_on": "31-02-2027"},
        {"purpose": ""},
        {"cooperative": other_coop.id},
    ):
        form = sent(cooperative=coop.id, planned_on=in_days(2), purpose="Gerai") | wrong
        assert wahyu.post(f"{HOME}kalender/rencana", data=form).status_code == 422


def test_only_the_planner_gives_a_plan_up(app, coop, companion, wahyu, sign_in):
    with app.app_context():
        found = plan(coop, companion).id
        db.session.commit()
    address = f"{HOME}kalender/rencana/{found}/batal"
    assert sign_in(Role.CITY_AGENCY, None).post(address, data=sent()).status_code == 404

    assert wahyu.post(address, data=sent()).status_code == 303


def test_a_month_that_cannot_be_is_not_in_the_calendar(wahyu):
    assert wahyu.get(f"{HOME}kalender/?bulan=2026-13").status_code == 404
    assert "Belum ada rencana" in wahyu.get(f"{HOME}kalender/?bulan=2020-01").text


def test_the_first_of_a_month_stands_under_its_weekday(wahyu):
    page = wahyu.get(f"{HOME}kalender/?bulan=2026-11").text  # begins on a Sunday
    heads = [part.split("<")[0] for part in page.split('calendar-name" aria-hidden="true">')[1:]]
    blanks = page.count('<li aria-hidden="true"></li>')

    assert heads[blanks] == "Min"


def test_a_companion_sees_the_own_calendar_and_the_agency_everybodys(
    app, coop, companion, signed_in, other_companion, sign_in
):
    with app.app_context():
        plan(coop, companion)
        db.session.commit()

    assert "Tutup buku" in sign_in(Role.CITY_AGENCY, None).get(f"{HOME}kalender/").text
    assert "Tutup buku" not in signed_in(other_companion).get(f"{HOME}kalender/").text


def test_the_months_report_fills_itself(app, coop, other_coop, companion):
    with app.app_context():
        found = record(coop, companion, visited_on=date(2026, 3, 2))
        record(coop, companion, visited_on=date(2026, 3, 30), ended_at=time(9, 45))
        record(coop, companion, visited_on=date(2026, 4, 1))
        findings.write(
            found,
            title="Kas",
            text="Hitung",
            seat=Role.TREASURER,
            due_on=date(2026, 3, 9),
            key=uuid4(),
        )

        told = monthly.report(companion, Period(2026, 3))

        assert [one.slug for one in told.cooperatives] == ["maju"]
        assert (len(told.visits), told.minutes, len(told.findings)) == (2, 165, 1)
        assert not told.unvisited
        assert [one.slug for one in monthly.report(companion, Period(2026, 5)).unvisited] == [
            "maju"
        ]


def test_the_report_is_printed_and_can_be_added_up(app, coop, companion, wahyu):
    with app.app_context():
        record(coop, companion)
        db.session.commit()
    printed = PdfReader(io.BytesIO(wahyu.get(f"{HOME}laporan/laporan.pdf").data))
    book = CalamineWorkbook.from_filelike(io.BytesIO(wahyu.get(f"{HOME}laporan/laporan.xlsx").data))
    words = "".join(page.extract_text() for page in printed.pages)

    assert "LAPORAN BULANAN PENDAMPING" in words
    assert "Tutup buku" in words
    assert book.get_sheet_by_index(0).to_python()[-1][2] == 120


def test_nobody_reads_the_report_of_another_but_the_agency(
    companion, other_companion, signed_in, sign_in
):
    address = f"{HOME}laporan/?pendamping={companion.id}"
    stranger = signed_in(other_companion)
    assert stranger.get(address).status_code == 422
    pdf = f"{HOME}laporan/laporan.pdf?pendamping={companion.id}"
    assert stranger.get(pdf).status_code == 404

    dinas = sign_in(Role.CITY_AGENCY, None)
    assert "Wahyu, " in dinas.get(address).text
    assert "Lestari, " in dinas.get(f"{HOME}laporan/").text  # the first by name


@pytest.mark.parametrize("month", ["Jan 2099", "2026-13", "besok"])
def test_a_report_of_a_month_that_cannot_be_is_refused(wahyu, month):
    response = wahyu.get(f"{HOME}laporan/?bulan={month}")

    assert response.status_code == 422
    assert month in response.text


def test_a_training_recorded_twice_stands_once(app, coop, other_coop, companion):
    more = {"title": "Pembukuan", "place": "Dinas", "held_on": date(2026, 9, 9)}
    people, key = {coop.id: 3, other_coop.id: 0}, uuid4()
    with app.app_context():
        first = trainings.record(**more, people=people, by=companion.id, key=key)
        again = trainings.record(**more, people=people, by=companion.id, key=key)
        assert first.id == again.id
        assert [(one.people, one.cooperatives) for one in trainings.held()] == [(3, 1)]

        trainings.amend(first, **more, people={other_coop.id: 2})

        came = {tenant.slug: number for tenant, number in trainings.attendance(first)}
        assert came == {"maju": 3, "sejahtera": 2}


def test_fewer_than_one_person_is_no_attendance(app, coop, companion):
    more = {"title": "Pembukuan", "place": "Dinas", "held_on": date(2026, 9, 9)}
    with app.app_context(), pytest.raises(IntegrityError, match="somebody_came"):
        trainings.record(**more, people={coop.id: -1}, by=companion.id, key=uuid4())


def test_the_agency_records_a_training_and_the_cooperative_sees_it(
    sign_in, coop, other_coop, wahyu
):
    dinas = sign_in(Role.CITY_AGENCY, None)
    form = sent(title="Pembukuan", place="Aula", held_on=in_days(0))
    counts = {f"people_{coop.id}": "3", f"people_{other_coop.id}": "2"}
    response = dinas.post(f"{HOME}pelatihan/baru", data=form | counts)
    assert response.status_code == 303
    assert "Pembukuan" in wahyu.get(f"{HOME}pelatihan/").text
    assert "Pembukuan" in sign_in(Role.CHAIR).get("/k/maju/kunjungan/").text

    edit = f"{response.location}/ubah"
    assert 'value="3"' in dinas.get(edit).text
    assert wahyu.get(edit).status_code == 403
    changed = sent(title="Pajak", place="Aula", held_on=in_days(0)) | counts
    assert dinas.post(edit, data=changed).status_code == 303
    assert "Pajak" in wahyu.get(response.location).text


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"held_on": "01-01-2099"}, {"people": ""}, {"people": "-2"}]
)
def test_a_wrong_training_is_refused(sign_in, coop, wrong):
    people = wrong.pop("people", "3")
    form = sent(title="Pembukuan", place="Aula", held_on=in_days(0)) | wrong
    response = sign_in(Role.CITY_AGENCY, None).post(
        f"{HOME}pelatihan/baru", data=form | {f"people_{coop.id}": people}
    )

    assert response.status_code == 422
    assert "Aula" in response.text
