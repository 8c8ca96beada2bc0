"""Whatever is done with cash, in whatever order: the books agree, and no till is below nothing."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.auth.models import User
from app.cash import counting, entries, officers, shifts, tills, transfers
from app.cash.counting import DENOMINATIONS
from app.cash.entries import Entry
from app.cash.models import Direction
from app.cash.officers import Expense
from app.cash.transfers import Transfer
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.extensions import db
from app.ledger import accounts, reports, verify
from tenants.scope import act_as
from tests.cash.conftest import word

TODAY = clock.today()
AMOUNTS = st.integers(1, 999_999)
PLACES = st.integers(0, 5)
COUNTS = st.dictionaries(st.sampled_from(DENOMINATIONS), st.integers(0, 3))

ACTS = st.one_of(
    st.tuples(st.just("enter"), st.sampled_from(Direction), AMOUNTS, PLACES),
    st.tuples(st.just("move"), AMOUNTS, PLACES, PLACES, st.integers(0, 6_500)),
    st.tuples(st.just("spend"), AMOUNTS),
    st.tuples(st.just("repay"), AMOUNTS, PLACES),
    st.tuples(st.just("open"), AMOUNTS),
    st.tuples(st.just("close"), COUNTS),
)


@pytest.fixture(autouse=True)
def in_coop(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        yield


def enter(direction, amount, place):
    name = "Terima hibah" if direction is Direction.IN else "Bayar promosi"
    entries.record(Entry(word(name, direction), amount, till(place), ""), on=TODAY, key=uuid4())


def move(amount, here, there, fee):
    transfers.move(Transfer(till(here), till(there), amount, fee), on=TODAY, key=uuid4())


def spend(amount):
    officer = db.session.scalars(db.select(User).where(User.name == "Tono")).one()
    expense = Expense(officer, word("Beli konsumsi rapat"), amount, "nasi")
    officers.spend(expense, on=TODAY, key=uuid4())


def repay(amount, place):
    if owed := officers.owed():
        officers.repay(owed[0], amount, till(place), on=TODAY, key=uuid4())


def open_shift(count):
    shifts.open_shift(tills.main_till(), count, note="hitungan awal")


def close(counts):
    if (held := shifts.mine()) is None:
        return
    asked = counting.close(held.shift.id, counts, note="hitungan akhir", page="/")
    if asked is None:
        assert accounts.holding(held.till.account_id) == counting.total(counts)


def till(place):
    known = tills.tills()
    return known[place % len(known)]


_DO = {
    "enter": enter,
    "move": move,
    "spend": spend,
    "repay": repay,
    "open": open_shift,
    "close": close,
}


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(ACTS, max_size=12))
def test_after_any_acts_the_books_agree_and_a_count_is_what_they_say(acts):
    outer = db.session.begin_nested()
    for verb, *arguments in acts:
        try:
            with db.session.begin_nested():
                _DO[verb](*arguments)
        except (DomainError, Invalid):
            continue

    balance = reports.trial_balance(TODAY, TODAY)
    assert balance.total_debit == balance.total_credit
    assert verify.differences() == []
    assert all(standing.balance >= 0 for standing in tills.standings())
    outer.rollback()
