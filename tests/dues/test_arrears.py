"""Arrears of everybody, counted in one statement, say what each member's own standing says."""

from datetime import UTC, date, datetime

import pytest

from app.core import clock
from app.core.period import Period
from app.dues import accrual, arrears, waivers
from app.dues.standing import standing
from app.extensions import db
from tests.factories import make_member, pay

TODAY = date(2025, 11, 24)
PAID = (0, 5_000, 15_000, 40_000, 75_000, 90_000, 100_000)  # of 90.000 billed since June
NOVEMBER = Period(2025, 11)


@pytest.fixture(autouse=True)
def in_coop(scope, coop, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 11, 24, 3, tzinfo=UTC))
    with scope(coop):
        yield


@pytest.fixture
def people():
    """Early and late joiners who paid nothing, some, all or more; two are let off a month."""
    found = []
    for joined in (date(2025, 6, 12), date(2025, 9, 15)):
        found += [(make_member(f"Anggota {paid}", joined_on=joined), paid) for paid in PAID]
    accrual.accrue(NOVEMBER)
    for member, _paid in found[:1] + found[-1:]:
        waivers.waive(member, Period(2025, 10), "musibah")
    db.session.commit()
    for member, paid in found:
        if paid:
            pay(member, on=TODAY, dues=paid)
    return [member for member, _paid in found]


def test_who_owes_and_how_much_is_what_each_standing_says(people):
    expected = {
        member.number: (len(now.unpaid), now.owed)
        for member in people
        if (now := standing(member)).owed
    }

    assert {d.number: (d.months, d.owed) for d in arrears.debtors()} == expected
    assert arrears.totals() == arrears.Totals(
        len(expected), sum(owed for _, owed in expected.values())
    )
    assert set(arrears.owing()) == {m.id for m in people if m.number in expected}
    assert {
        people_id: (owed.months, owed.amount) for people_id, owed in arrears.owed_by(people).items()
    } == {m.id: expected[m.number] for m in people if m.number in expected}


@pytest.mark.parametrize("period", [Period(2025, 6), Period(2025, 10), NOVEMBER], ids=str)
def test_a_month_is_paid_as_far_as_the_standings_say(people, period):
    months = [
        month
        for member in people
        for month in standing(member).months
        if month.period == period and not month.waived
    ]

    sums = arrears.sums_of(period)

    assert sums.billed == sum(month.amount for month in months)
    assert sums.members == len(months)
    assert sums.paid == sum(month.settled for month in months)
    assert 0 < sums.paid < sums.billed


def test_a_month_that_everybody_paid_owes_nothing():
    for name in ("Siti", "Budi"):
        pay(make_member(name, joined_on=TODAY), on=TODAY, dues=15_000)
    accrual.accrue(NOVEMBER)

    assert arrears.sums_of(NOVEMBER) == arrears.MonthSums(billed=30_000, owed=0, members=2)
