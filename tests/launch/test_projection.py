"""When a cooperative would be ready, told from the pace at which it gets things done."""

from datetime import date, timedelta

from sqlalchemy import update

from app.auth.permissions import Role
from app.extensions import db
from app.launch import board, documents, readiness
from app.launch.models import Readiness
from app.supervision.checklist import ITEMS, State
from tests.launch.test_launch import TODAY, about

WEEKS = 8
DAYS = ("soft_launched_on", "grand_launched_on", "soft_planned_on", "grand_planned_on")


def place(**held_since):
    marks = {key: board.Mark(State.HELD, None, since) for key, since in held_since.items()}
    days = dict.fromkeys((*DAYS, "meeting_on", "met_on"))
    return board.Place(1, "maju", "Maju", "Barat", marks, **days)


def all_since(day):
    return dict.fromkeys(ITEMS, day)


def test_what_is_missing_is_carried_on_at_the_pace_of_the_last_weeks():
    keys = list(ITEMS)
    held = dict.fromkeys(keys[:10]) | dict.fromkeys(keys[10:14], TODAY - timedelta(days=3))
    told = place(**held).projection(TODAY, WEEKS)

    assert (told.done, len(told.missing)) == (4, len(ITEMS) - 14)
    assert told.on == TODAY + timedelta(days=-(-len(told.missing) * WEEKS * 7 // 4))


def test_without_a_pace_no_day_is_told():
    long_ago = TODAY - timedelta(weeks=WEEKS)

    assert place(akta=None, nib=long_ago).projection(TODAY, WEEKS).on is None
    assert place().projection(TODAY, WEEKS).on is None


def test_with_everything_there_it_is_ready_today():
    assert place(**all_since(None)).projection(TODAY, WEEKS).on == TODAY


def test_an_item_is_held_since_it_was_got_done_and_not_since_it_was_told(app, scope, coop):
    with scope(coop):
        documents.enter(about("npwp"))
        readiness.report()
        documents.enter(about("nib"))
        readiness.report()
        later = update(Readiness).where(Readiness.item == "nib")
        db.session.execute(later.values(held_since=date(2026, 1, 5)))
        readiness.report()
        db.session.commit()
    with app.app_context():
        marks = board.places(slug="maju")[0].marks

    assert marks["npwp"].held_since is None
    assert marks["nib"].held_since == date(2026, 1, 5)


def test_the_city_reads_plan_and_projection_beside_each_other(scope, sign_in, coop):
    with scope(coop):
        readiness.report()
        documents.enter(about("nib"))
        readiness.report()
        db.session.commit()
    dinas = sign_in(Role.CITY_AGENCY, None)
    page = dinas.get("/kota/peluncuran/koperasi/maju").text

    assert "1 butir selesai dalam 8 pekan terakhir" in page
    assert "Yang masih menghalangi: Akta pendirian" in page
    assert "Perkiraan" in dinas.get("/kota/peluncuran/").text
