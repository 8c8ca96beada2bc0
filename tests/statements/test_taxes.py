"""The final tax on turnover and the interest on savings; case G10 to the rupiah."""

from datetime import date
from uuid import uuid4

import pytest

from app.core.errors import DomainError
from app.core.period import Period
from app.core.rates import parse_rate, part_of, rate
from app.extensions import db
from app.ledger import services as ledger
from app.ledger import verify
from app.ledger.models import AccountRole
from app.members import services as members
from app.savings import services as savings
from app.statements import interest, tax
from tenants.definitions import Key
from tenants.settings import decide
from tests.factories import make_member, pay
from tests.statements.books import decide_rate, journal, sell

MARCH = Period(2026, 3)
DAY = date(2026, 3, 2)
CASH = "1.1.1.01"
PLACE = "/k/maju/laporan"


@pytest.fixture
def in_coop(scope, coop):
    with scope(coop):
        yield coop


@pytest.mark.parametrize(("turnover", "due"), [(24_750_000, 123_750), (123_456_789, 617_283)])
def test_the_final_tax_is_a_half_percent_rounded_down(in_coop, turnover, due):
    sell(turnover)

    assert tax.final_tax(MARCH).amount == due


@pytest.mark.parametrize(
    ("interest_of_month", "withheld"),
    [(100_000, 0), (240_000, 0), (240_001, 24_000), (500_000, 50_000)],
)
def test_interest_is_taxed_whole_once_it_is_more_than_what_is_free(interest_of_month, withheld):
    assert interest.tax_on(interest_of_month, free=240_000, points=1_000) == withheld


def test_of_agency_business_only_the_fee_is_turnover(in_coop):
    sell(1_000_000)
    journal(DAY, "Titip jual", (CASH, 500_000), ("2.1.3.03", -450_000), ("4.1.1.02", -50_000))
    journal(DAY, "Bayar listrik", (CASH, 252_500), ("1.1.1.20", -250_000), ("4.1.4.01", -2_500))
    journal(DAY, "Angsuran KUR", (CASH, 472_000), ("2.1.3.04", -472_000))
    journal(DAY, "Bunga bank", ("1.1.1.02", 9_000), ("9.1.1.01", -9_000))
    journal(DAY, "Retur", ("4.9.9.01", 100_000), (CASH, -100_000))

    assert tax.final_tax(MARCH).base == 1_000_000 + 50_000 + 2_500 - 100_000


def test_the_tax_is_booked_once_on_the_last_day(in_coop):
    sell(24_750_000)

    posted = tax.book(MARCH)
    assert tax.book(MARCH) is None

    assert ledger.find_journal(posted.kind, 2026, posted.number).posted_on == date(2026, 3, 31)
    assert tax.final_tax(MARCH).to_book == 0
    assert ledger.total(AccountRole.FINAL_TAX_PAYABLE) == 123_750


@pytest.mark.parametrize(("late", "total"), [(1_000_000, 128_750), (-1_000_000, 118_750)])
def test_what_is_recorded_later_in_the_month_is_booked_as_a_difference(in_coop, late, total):
    sell(24_750_000)
    tax.book(MARCH)
    if late > 0:
        sell(late)
    else:
        journal(DAY, "Retur", ("4.9.9.01", -late), (CASH, late))

    tax.book(MARCH)

    assert ledger.total(AccountRole.FINAL_TAX_PAYABLE) == total
    assert verify.differences() == []


def test_a_tax_that_was_taken_back_can_be_booked_anew(in_coop):
    sell(24_750_000)
    posted = tax.book(MARCH)
    wrong = ledger.find_journal(posted.kind, posted.year, posted.number)
    ledger.reverse(wrong, reason="uji", on=date(2026, 4, 1))

    tax.book(MARCH)

    assert tax.final_tax(MARCH).booked == 123_750
    assert ledger.total(AccountRole.FINAL_TAX_PAYABLE) == 123_750


def test_a_month_that_is_not_over_is_not_booked(in_coop):
    for module in (tax, interest):
        with pytest.raises(DomainError):
            module.book(Period.current())


def test_the_final_tax_ends_on_its_day_and_at_its_limit(in_coop):
    sell(10_000_000)
    decide(Key.FINAL_TAX_LIMIT, 9_000_000, from_date=date(2026, 3, 1))
    assert not tax.final_tax(MARCH).applies

    decide(Key.FINAL_TAX_LIMIT, 90_000_000, from_date=date(2026, 3, 1))
    decide(Key.FINAL_TAX_UNTIL, "2026-02-28", from_date=date(2026, 1, 1))
    assert tax.final_tax(MARCH).amount == 0
    assert tax.final_tax(MARCH.previous()).applies


def test_another_rate_counts_from_its_day_on(in_coop):
    sell(1_000_000)
    sell(1_000_000, on=date(2026, 4, 2))
    decide(Key.FINAL_TAX_RATE, 100, from_date=date(2026, 4, 1), legal_basis="PP baru")

    assert tax.final_tax(MARCH).amount == 5_000
    assert tax.final_tax(MARCH.next()).amount == 10_000


def test_interest_follows_the_balance_of_each_day(in_coop):
    # March has 31 days: 1.000.000 stands for 30 of them (from the 2nd), 500.000 less for the
    # last 11 (from the 21st): 30.000.000 - 5.500.000 = 24.500.000 rupiah-days.
    decide_rate(600)
    siti = make_member("Siti")
    pay(siti, on=DAY, voluntary=1_000_000)
    savings.withdraw(siti, 500_000, on=date(2026, 3, 21), key=uuid4())
    pay(siti, on=date(2026, 4, 5), voluntary=9_000_000)  # after the month: counts for nothing

    (earned,) = interest.interest(MARCH).earned

    assert earned.daily_total == 24_500_000
    assert earned.interest == 4_027  # 24.500.000 x 6 % / 365 = 4.027,39…
    assert earned.tax == 0


def test_what_was_held_before_the_month_counts_for_all_its_days(in_coop):
    decide_rate(600)
    pay(make_member("Siti"), on=date(2026, 1, 15), voluntary=73_000_000)

    (earned,) = interest.interest(MARCH).earned

    assert earned.daily_total == 73_000_000 * 31
    assert (earned.interest, earned.tax) == (372_000, 37_200)  # 12.000 a day; above what is free


def test_interest_and_tax_of_all_members_are_booked_in_one_act_and_once(in_coop):
    decide_rate(600)
    for name, amount in (("Siti", 73_000_000), ("Budi", 7_300_000)):
        pay(make_member(name), on=date(2026, 2, 15), voluntary=amount)

    assert interest.book(MARCH) == 2
    assert interest.book(MARCH) == 0

    siti, budi = members.find(1), members.find(2)
    assert savings.balances(siti)[AccountRole.VOLUNTARY_SAVINGS] == 73_000_000 + 334_800
    assert savings.balances(budi)[AccountRole.VOLUNTARY_SAVINGS] == 7_300_000 + 37_200
    assert ledger.total(AccountRole.SAVINGS_INTEREST) == 372_000 + 37_200
    assert ledger.total(AccountRole.INTEREST_TAX_PAYABLE) == 37_200
    assert verify.differences() == []


def test_who_has_left_earns_nothing_more(in_coop):
    decide_rate(600)
    siti = make_member("Siti")
    pay(siti, on=DAY, voluntary=73_000_000)
    siti.left_on = date(2026, 3, 20)
    db.session.flush()

    assert interest.interest(MARCH).earned == []


def test_without_a_rate_there_is_no_interest(in_coop):
    pay(make_member("Siti"), on=DAY, voluntary=73_000_000)

    assert interest.interest(MARCH).total == 0
    assert interest.book(MARCH) == 0


@pytest.mark.parametrize(
    ("text", "points"),
    [("0,5", 50), ("0.5 %", 50), ("10%", 1_000), ("0", 0), ("6,25", 625), ("100", 10_000)],
)
def test_a_rate_is_read_as_people_write_it(text, points):
    assert parse_rate(text) == points


@pytest.mark.parametrize("text", ["", "x", "-1", "100,01", "0,123", "1e2", "½"])
def test_what_is_no_rate_is_not_read(text):
    assert parse_rate(text) is None


def test_a_rate_is_written_without_idle_zeros():
    assert [rate(points) for points in (50, 1_000, 625, 0)] == ["0,5 %", "10 %", "6,25 %", "0 %"]
    assert part_of(-5, 50) == 0
