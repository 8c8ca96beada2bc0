"""Fixed assets lose to the rupiah what they should, each month once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.assets import depreciation, register
from app.assets.models import Asset, Depreciation
from app.core.errors import Invalid
from app.core.period import Period
from app.extensions import db
from app.ledger import months, verify
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from tests.assets.conftest import enter, grant, take_back

pytestmark = pytest.mark.usefixtures("in_coop")


@given(
    cost=st.integers(1, 10**11),
    kept=st.integers(0, 100),
    life=st.integers(1, 600),
)
def test_the_months_add_up_to_what_is_lost(cost, kept, life):
    asset = Asset(
        cost=cost,
        residual=cost * kept // 100,
        lost_before=0,
        months_here=life,
        first_period=date(2026, 1, 1),
    )

    parts = depreciation.schedule(asset)

    assert sum(part.amount for part in parts) == cost - asset.residual
    assert len({part.period for part in parts}) == len(parts) <= life
    amounts = [part.amount for part in parts]
    assert not amounts or max(amounts) - min(amounts) <= 1


def test_a_gift_is_booked_when_it_is_entered():
    grant()

    assert ledger.total(AccountRole.EQUIPMENT) == 10_000_000
    assert ledger.total(AccountRole.GRANTS) == 10_000_000
    assert all(one.agrees for one in register.agreements())


def test_what_the_books_already_know_is_not_booked_again():
    enter()

    assert ledger.total(AccountRole.EQUIPMENT) == 0
    [one] = register.agreements()
    assert not one.agrees


def test_every_month_that_is_over_is_booked_once(on):
    on(date(2026, 4, 15))
    asset = grant()

    first, again = depreciation.book(), depreciation.book()

    assert (len(first), again) == (3, [])
    assert ledger.total(AccountRole.EQUIPMENT_LOST) == 3 * 187_500
    assert ledger.total(AccountRole.DEPRECIATION) == 3 * 187_500
    assert register.worth(asset).last == Period(2026, 3)
    assert verify.differences() == []


def test_the_entry_names_its_month_as_people_do(on):
    on(date(2026, 2, 15))
    grant()

    [posted] = depreciation.book()

    assert ledger.find_journal_by_id(posted.journal_id).memo == "Penyusutan Januari 2026"


def test_a_journal_taken_back_frees_its_month_for_one_more_booking(on):
    on(date(2026, 4, 15))
    asset = grant()
    booked = depreciation.book()

    take_back(booked[1])

    assert [part.period for part in depreciation.due()] == [Period(2026, 2)]
    assert register.worth(asset).lost == 2 * 187_500
    assert all(one.agrees for one in register.agreements())
    again, more = depreciation.book(), depreciation.book()
    assert (len(again), more) == (1, [])
    assert register.worth(asset).lost == ledger.total(AccountRole.EQUIPMENT_LOST) == 3 * 187_500
    assert verify.differences() == []


def test_a_month_can_be_taken_back_and_booked_again_and_again(on):
    on(date(2026, 2, 10))
    asset = grant()
    for _time in range(3):
        [posted] = depreciation.book()
        take_back(posted)

    assert depreciation.booked(asset) == []
    assert ledger.total(AccountRole.EQUIPMENT_LOST) == 0


def test_the_database_keeps_a_month_from_being_charged_twice(on):
    on(date(2026, 2, 10))
    asset = grant()
    [posted] = depreciation.book()
    twice = Depreciation(
        asset_id=asset.id, period=date(2026, 1, 1), amount=1, journal_id=posted.journal_id - 1
    )
    db.session.add(twice)

    with pytest.raises(IntegrityError, match="ix_asset_depreciations_once"):
        db.session.flush()


def test_the_last_day_of_a_month_is_already_enough(on):
    on(date(2026, 4, 30))
    grant()

    assert depreciation.book()[-1].number == len(depreciation.booked(register.find(1))) + 1


def test_one_entered_late_catches_up_without_the_others_moving(on):
    on(date(2026, 4, 15))
    first = grant()
    depreciation.book()
    second = grant(name="Etalase")
    depreciation.book()

    assert len(depreciation.booked(first)) == len(depreciation.booked(second)) == 3


def test_a_month_that_is_closed_is_booked_in_the_first_open_one(on):
    on(date(2026, 2, 10))
    asset = grant()
    months.close(Period(2026, 1))

    [posted] = depreciation.book()

    journal = ledger.find_journal(posted.kind, posted.year, posted.number)
    assert journal.posted_on == date(2026, 2, 10)
    assert depreciation.booked(asset)[0].period == date(2026, 1, 1)


def test_at_the_end_of_its_life_the_residual_value_is_left(on):
    on(date(2026, 12, 31))
    asset = grant(life_months=7, cost=100, residual=1)
    depreciation.book()

    assert register.worth(asset).book_value == 1


def test_what_was_lost_elsewhere_is_spread_no_more():
    asset = grant(lost_before=4_500_000, depreciated_from=Period(2028, 1))

    assert asset.months_here == 24
    assert sum(part.amount for part in depreciation.schedule(asset)) == 4_500_000


@pytest.mark.parametrize(
    "wrong",
    [
        {"residual": 10_000_001},
        {"lost_before": 9_500_000},
        {"depreciated_from": Period(2025, 12)},
        {"depreciated_from": Period(2031, 1)},
    ],
)
def test_figures_that_contradict_each_other_are_refused(wrong):
    with pytest.raises(Invalid):
        enter(**wrong)
