"""Billing may happen in any order, late and again: it always comes to the same charges."""

from dataclasses import dataclass, field
from datetime import date
from itertools import permutations
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core.period import Period
from app.dues import accrual, waivers
from app.dues.models import DuesCharge
from app.extensions import db
from tenants.definitions import Key
from tenants.settings import decide
from tests.conftest import open_coop
from tests.factories import make_member

FIRST, LAST = Period(2025, 1), Period(2025, 8)
MONTHS = list(FIRST.through(LAST))
DAYS = st.dates(FIRST.first_day, LAST.last_day)
# Each example opens a cooperative of its own, so the fixtures may serve all of them.
several = settings(
    max_examples=15,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def in_coop(scope, coop):
    with scope(coop):
        yield


def charges():
    rows = db.session.execute(select(DuesCharge.member_id, DuesCharge.period))
    return sorted((member, str(Period.of(day))) for member, day in rows)


def owed(joined, left, waived):
    """What the rules say, month by month."""
    return [
        month
        for month in MONTHS
        if Period.of(joined) <= month
        and (left is None or month.first_day <= left)
        and month not in waived
    ]


@dataclass
class Life:
    """When somebody joined, perhaps left, and which months they were let off."""

    joined: date
    left: date | None
    waived: set[Period] = field(default_factory=set)


@st.composite
def lives(draw):
    joined = draw(DAYS)
    left = draw(st.none() | st.dates(joined, LAST.last_day))
    months = [month for month in MONTHS if month >= Period.of(joined)]
    return Life(joined, left, draw(st.sets(st.sampled_from(months), max_size=2)))


@several
@given(people=st.lists(lives(), min_size=1, max_size=4), data=st.data())
def test_any_order_of_joining_leaving_waiving_and_billing_gives_the_same(app, scope, people, data):
    with scope(open_coop(app, f"coop-{uuid4().hex[:8]}")):
        expected = []
        for life in people:
            member = make_member(joined_on=life.joined)
            for month in life.waived:
                waivers.waive(member, month, "sakit")
            member.left_on = life.left
            db.session.flush()
            accrual.accrue(data.draw(st.sampled_from(MONTHS)))
            expected += [(member.id, str(m)) for m in owed(life.joined, life.left, life.waived)]
        accrual.accrue(LAST)

        assert charges() == sorted(expected)
        assert accrual.accrue(LAST).created == 0


@pytest.mark.usefixtures("in_coop")
def test_whoever_is_entered_late_is_billed_from_the_month_of_joining():
    make_member(joined_on=date(2025, 1, 5))
    accrual.accrue(LAST)
    late = make_member(joined_on=date(2025, 3, 9))

    assert accrual.accrue(LAST).created == len(MONTHS) - 2
    assert min(month for member, month in charges() if member == late.id) == "2025-03"


@pytest.mark.usefixtures("in_coop")
def test_an_earlier_date_of_joining_brings_the_months_before():
    member = make_member(joined_on=date(2025, 6, 5))
    accrual.accrue(LAST)
    member.joined_on = date(2025, 4, 30)
    db.session.commit()

    assert (accrual.preview(LAST).created, accrual.accrue(LAST).created) == (2, 2)


@pytest.mark.usefixtures("in_coop")
def test_who_left_is_no_longer_billed_and_hides_nobody_who_came():
    first = make_member(joined_on=date(2025, 1, 5))
    accrual.accrue(LAST)
    first.left_on = date(2025, 2, 10)  # known only now
    make_member(joined_on=date(2025, 1, 5))

    run = accrual.accrue(LAST)

    assert (run.created, run.existing, run.skipped) == (len(MONTHS), 1, 0)


@pytest.mark.usefixtures("in_coop")
def test_a_rule_changed_for_the_past_is_caught_up():
    decide(Key.DUES_JOINERS, "next", from_date=date(2025, 1, 1))
    make_member(joined_on=date(2025, 3, 9))
    before = accrual.accrue(LAST)
    decide(Key.DUES_JOINERS, "joining", from_date=date(2025, 1, 1))

    assert (before.created, accrual.accrue(LAST).created) == (5, 1)


@pytest.mark.usefixtures("in_coop")
def test_months_billed_by_other_hands_are_left_alone():
    member = make_member(joined_on=date(2025, 1, 5))
    accrual.accrue(FIRST)
    for month in MONTHS[2:4]:
        db.session.add(DuesCharge(member_id=member.id, period=month.first_day, amount=1))
    db.session.commit()

    run = accrual.accrue(LAST)

    assert (run.created, len(charges())) == (len(MONTHS) - 3, len(MONTHS))


@pytest.mark.usefixtures("in_coop")
def test_a_report_is_about_the_month_asked_for_and_counts_what_was_caught_up():
    make_member(joined_on=date(2025, 1, 5))
    let_off = make_member(joined_on=date(2025, 2, 5))
    make_member(joined_on=date(2025, 3, 5))  # not yet in February
    waivers.waive(let_off, Period(2025, 2), "sakit")

    would = accrual.preview(Period(2025, 2))
    run = accrual.accrue(Period(2025, 2))
    again = accrual.accrue(Period(2025, 2))

    assert (run.created, run.existing, run.waived, run.skipped) == (2, 0, 1, 1)
    assert (would.created, would.existing, would.waived, would.skipped) == (2, 0, 1, 1)
    assert (again.created, again.existing, again.waived, again.skipped) == (0, 1, 1, 1)


@pytest.mark.usefixtures("in_coop")
@pytest.mark.parametrize("order", list(permutations(MONTHS[:3])))
def test_months_asked_for_in_any_order_are_billed_once(order):
    make_member(joined_on=date(2025, 1, 5))

    created = sum(accrual.accrue(month).created for month in order)

    assert created == len(charges()) == 3
