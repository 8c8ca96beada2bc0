"""The golden cases of the domain reference that concern dues: G1, G2 and G3, to the rupiah."""

from datetime import UTC, date, datetime

import pytest

from app.core.period import Period
from app.dues import accrual
from app.dues.standing import months_ahead, standing
from app.extensions import db
from tenants.definitions import Key
from tenants.settings import decide
from tests.factories import make_member, pay

JOINED = {
    date(2025, 6, 12): 20,
    date(2025, 7, 1): 5,
    date(2025, 7, 31): 3,
    date(2025, 9, 15): 2,
    date(2025, 11, 19): 2,
}
MONTHS = [Period(2025, month) for month in range(6, 13)]


@pytest.fixture(autouse=True)
def in_coop(scope, coop):
    with scope(coop):
        yield


def join_all():
    for day, count in JOINED.items():
        for _ in range(count):
            make_member(joined_on=day)


def bill_month_by_month():
    return [(run.created, run.amount) for run in map(accrual.accrue, MONTHS)]


def test_g1_billed_from_the_month_of_joining():
    join_all()

    assert bill_month_by_month() == [
        (20, 300_000),
        (28, 420_000),
        (28, 420_000),
        (30, 450_000),
        (30, 450_000),
        (32, 480_000),
        (32, 480_000),
    ]


def test_g1_billed_from_the_month_after_joining():
    decide(Key.DUES_JOINERS, "next", from_date=date(2025, 1, 1))
    join_all()

    assert bill_month_by_month() == [
        (0, 0),
        (20, 300_000),
        (28, 420_000),
        (28, 420_000),
        (30, 450_000),
        (30, 450_000),
        (32, 480_000),
    ]


def test_g1_all_at_once_bills_the_same_months_and_again_bills_none():
    join_all()

    first = accrual.accrue(MONTHS[-1])
    again = accrual.accrue(MONTHS[-1])

    assert (first.created, first.amount) == (200, 3_000_000)
    assert (again.created, again.amount) == (0, 0)


def test_g2_the_oldest_month_is_settled_first_and_the_rest_is_paid_ahead():
    siti = make_member("Siti", joined_on=date(2025, 6, 12))
    accrual.accrue(Period(2025, 11))

    pay(siti, on=date(2025, 11, 24), dues=50_000)
    now = standing(siti)
    assert [month.settled for month in now.months] == [15_000, 15_000, 15_000, 5_000, 0, 0]
    assert now.owed == 40_000
    assert [(m.due_on, m.owed) for m in now.unpaid] == [
        (date(2025, 9, 10), 10_000),
        (date(2025, 10, 10), 15_000),
        (date(2025, 11, 10), 15_000),
    ]

    pay(siti, on=date(2025, 11, 24), dues=100_000)
    now = standing(siti)
    assert (now.owed, now.ahead) == (0, 60_000)
    assert [str(period) for period, _amount in months_ahead(siti, now)] == [
        "2025-12",
        "2026-01",
        "2026-02",
        "2026-03",
    ]

    accrual.accrue(Period(2025, 12))
    now = standing(siti)
    assert (now.owed, now.ahead) == (0, 45_000)


@pytest.mark.parametrize(
    ("instant", "period"),
    [
        (datetime(2025, 7, 31, 16, 59, 59, tzinfo=UTC), "2025-07"),
        (datetime(2025, 7, 31, 17, 0, 0, tzinfo=UTC), "2025-08"),
        (datetime(2025, 12, 31, 16, 59, 59, tzinfo=UTC), "2025-12"),
        (datetime(2025, 12, 31, 17, 0, 0, tzinfo=UTC), "2026-01"),
    ],
)
def test_g3_a_month_begins_at_midnight_in_pekalongan(instant, period):
    assert str(Period.at(instant)) == period


def test_a_new_rate_leaves_billed_months_as_they_were():
    siti = make_member("Siti", joined_on=date(2025, 6, 12))
    accrual.accrue(Period(2025, 7))
    decide(Key.DUES, 20_000, from_date=date(2025, 8, 1))
    db.session.commit()

    accrual.accrue(Period(2025, 9))

    assert [m.amount for m in standing(siti).months] == [15_000, 15_000, 20_000, 20_000]
