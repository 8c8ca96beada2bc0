"""The members' meeting (RAT): due, planned, held with its minutes, and what the city learns."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from app.auth.permissions import Role
from app.core import clock
from app.core.errors import Invalid
from app.core.period import Period
from app.extensions import db
from app.launch import board, documents, meetings
from app.launch.documents import Paper
from app.launch.models import MemberMeeting
from app.open import lines
from app.open import reading as public
from app.supervision import attention, city, glance, overview
from app.supervision.models import IndicatorMonth
from tenants.definitions import Key
from tenants.models import TenantStatus, TenantStatusChange
from tenants.settings import decide_for_city

TODAY = clock.today()
YEAR = TODAY.year - 1
HELD = date(TODAY.year, 1, 1)
MINUTES = Paper("application/pdf", b"%PDF-1.7 Kenari Rahasia")
PAGE = f"/k/maju/rat/{YEAR}"


@pytest.fixture
def legal(app, coop):
    """Maju became a legal person the year before."""
    with app.app_context():
        step = {"tenant_id": coop.id, "status": TenantStatus.LEGAL}
        db.session.add(TenantStatusChange(**step, from_date=date(YEAR, 7, 31)))
        # The agency waits for no month of the year.
        decide_for_city(Key.MEETING_AGENCY_MONTHS, 0, from_date=date(2025, 1, 1))
        db.session.commit()


@pytest.fixture
def closes(app, coop):
    """Maju has come as far as closing its books, this month and the two before."""
    with app.app_context():
        for months in range(3):
            db.session.add(
                IndicatorMonth(
                    tenant_id=coop.id,
                    period=Period.current().plus(-months).first_day,
                    members_active=30,
                    opening_entered=1,
                    dues_members_billed=30,
                    dues_billed=450_000,
                    dues_settled=300_000,
                    closed_through=Period.current().plus(-1).last_day,
                )
            )
        db.session.commit()


def record(**more):
    usual = {"held_on": HELD, "attended": 34, "number": "3/RAT", "paper": MINUTES}
    meetings.record(meetings.find(YEAR), **(usual | more))
    db.session.commit()


def sent(**more):
    usual = {"held_on": HELD.strftime("%d-%m-%Y"), "attended": "34", "number": "3/RAT"}
    paper = (io.BytesIO(b"%PDF-1.7"), "ba.pdf")
    return {"key": str(uuid4()), "paper": paper} | usual | more


def stages(month=None):
    keys = [key for key, _label in glance.STEPS]
    return dict(zip(keys, glance.funnel(month or Period.current()), strict=True))


def test_a_meeting_is_recorded_once_with_its_minutes_and_may_be_corrected(scope, coop, legal):
    with scope(coop):
        record()
        record(attended=35, paper=None)

        (meeting,) = db.session.scalars(select(MemberMeeting))
        assert (meeting.year, meeting.held_on, meeting.attended) == (YEAR, HELD, 35)
        (minutes,) = documents.every()
        assert (minutes.kind, minutes.number, minutes.dated_on) == ("rat", "3/RAT", HELD)
        assert documents.paper_of(minutes) == MINUTES


def test_a_meeting_needs_minutes_and_a_day_after_the_year(scope, coop, legal):
    with scope(coop):
        for wrong in ({"paper": None}, {"held_on": date(YEAR, 12, 31)}):
            with pytest.raises(Invalid):
                record(**wrong)

        assert not db.session.scalars(select(MemberMeeting)).all()


def test_no_meeting_is_due_before_the_first_book_year_has_ended(scope, coop, other_coop, legal):
    with scope(coop):
        assert [one.year for one in meetings.book_years(TODAY)] == [TODAY.year, YEAR]
        assert meetings.find(YEAR).due_by == date(TODAY.year, 6, 30)
        assert meetings.find(TODAY.year) is None
    with scope(other_coop):
        assert [one.ended for one in meetings.book_years(TODAY)] == [False]
        assert meetings.find(YEAR) is None


def test_the_funnel_ends_with_the_meeting(app, scope, coop, legal, closes):
    with app.app_context():
        before = stages()["rat"], stages()["tutup_buku"]
    with scope(coop):
        record()
    with app.app_context():
        after = stages()["rat"], stages()["tutup_buku"]

    assert [stage.reached for stage in before] == [0, 1]
    assert before[1].named == [("maju", "Maju")]
    assert [stage.reached for stage in after] == [1, 1]
    assert (after[1].stuck, after[1].waiting) == (0, 0)


def test_who_owes_no_meeting_yet_waits_and_is_not_stuck(app, coop, closes):
    with app.app_context():
        stage = stages()["tutup_buku"]

    assert (stage.reached, stage.stuck, stage.waiting, stage.named) == (1, 0, 1, [])


def test_a_month_before_the_meeting_stays_as_it_was(app, scope, coop, legal, closes):
    with scope(coop):
        record(held_on=TODAY)
    with app.app_context():
        earlier = stages(Period.current().previous())

    assert earlier["rat"].reached == 0


def test_the_open_page_counts_it_as_well(app, scope, coop, legal, closes):
    with scope(coop):
        record()
    with app.app_context():
        whole = lines.every(public.read().months, fewest=1)[0][0]

    assert whole.stages["rat"] == 1


def test_the_week_and_the_board_know_of_it(app, scope, coop, legal):
    with scope(coop):
        record()
    with app.app_context():
        found = overview.standings(Period.current(), months=2, tenant_id=coop.id)
        raised = {alert.rule for alert in attention.alerts(found, TODAY)}

        assert "unplanned" not in raised
        assert board.places(slug="maju")[0].met_on == HELD


def test_the_city_reads_the_day_and_neither_attendance_nor_minutes(app, scope, coop, legal):
    with scope(coop):
        record()
    with app.app_context():
        assert city.ask(text("SELECT year, held_on FROM member_meetings"))
        for column in ("attended", "document_id", "recorded_by"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                city.ask(text(f"SELECT {column} FROM member_meetings"))


def test_another_cooperatives_meeting_is_out_of_sight(scope, coop, other_coop, legal):
    with scope(coop):
        record()
    with scope(other_coop):
        assert not db.session.scalars(select(MemberMeeting)).all()


def test_the_secretary_records_it_on_its_page(sign_in, legal):
    secretary = sign_in(Role.SECRETARY)
    assert f"/k/maju/rat/{YEAR}" in secretary.get("/k/maju/rat/").text
    assert "Rapat anggota" in secretary.get(PAGE).text
    form = sent()
    first = secretary.post(PAGE, data=form)
    again = secretary.post(PAGE, data=sent() | {"key": form["key"]})

    assert (first.status_code, first.location) == (303, "/k/maju/rat/")
    assert again.status_code in (303, 409)
    assert "34 anggota hadir" in secretary.get("/k/maju/rat/").text
    assert "diadakan" in secretary.get("/k/maju/dokumen/").text
    assert 'value="34"' in secretary.get(PAGE).text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"held_on": ""}, "held_on"),
        ({"held_on": f"31-12-{YEAR}"}, "held_on"),
        ({"held_on": (TODAY + timedelta(days=1)).strftime("%d-%m-%Y")}, "held_on"),
        ({"attended": "0"}, "attended"),
        ({"attended": "banyak"}, "attended"),
        ({"paper": (io.BytesIO(b""), "")}, "paper"),
        ({"paper": (io.BytesIO(b"MZ"), "ba.exe")}, "paper"),
    ],
)
def test_a_wrong_answer_is_refused_beside_its_field(sign_in, legal, wrong, field):
    answer = sign_in(Role.SECRETARY).post(PAGE, data=sent(**wrong))

    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text
    assert 'value="3/RAT"' in answer.text


def test_a_year_over_which_nobody_meets_is_not_found(sign_in, legal):
    secretary = sign_in(Role.SECRETARY)

    for year in (TODAY.year, YEAR - 1, 1900):
        assert secretary.get(f"/k/maju/rat/{year}").status_code == 404


def test_other_offices_look_and_do_not_record(sign_in, legal):
    cashier = sign_in(Role.CASHIER)

    assert cashier.get("/k/maju/rat/").status_code in (200, 403)
    assert cashier.post(PAGE, data=sent()).status_code == 403


def test_who_may_not_record_an_overdue_meeting_is_told_who_may(sign_in, legal):
    asked = "Ketua atau sekretaris mencatat"

    assert asked in sign_in(Role.TREASURER).get("/k/maju/rat/").text
    assert asked not in sign_in(Role.SECRETARY).get("/k/maju/rat/").text
