"""Taking a drawer in hand, and where the money goes while one holds it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from app.cash import shifts, tills
from app.cash.models import TillKind
from app.cash.shifts import Unexplained
from app.core import clock
from app.core.errors import DomainError
from app.ledger import accounts
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.savings import services as savings
from tenants.definitions import Key
from tenants.scope import act_as
from tenants.settings import decide
from tests.factories import make_member, pay

TODAY = clock.today()


def test_what_a_cashier_takes_in_goes_to_their_drawer(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        other = tills.add("Kas Gerai", TillKind.CASH)
        shifts.open_shift(other, 0)
        member = make_member("Siti")
        pay(member, on=TODAY, voluntary=45_000)
        savings.withdraw(member, 5_000, on=TODAY, key=uuid4())

        assert accounts.holding(other.account_id) == 40_000
        assert ledger.total(AccountRole.CASH) == 0


def test_without_a_shift_it_goes_to_the_main_drawer(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        pay(make_member("Siti"), on=TODAY, voluntary=45_000)

        assert ledger.total(AccountRole.CASH) == 45_000


def test_a_cooperative_may_want_a_shift_for_every_payment(scope, coop, people):
    with scope(coop):
        decide(Key.SHIFT_REQUIRED, "yes", from_date=TODAY)
        act_as(people[0])
        member = make_member("Siti")
        with pytest.raises(DomainError):
            pay(member, on=TODAY, voluntary=45_000)

        shifts.open_shift(tills.main_till(), 0)
        pay(member, on=TODAY, voluntary=45_000)

        assert ledger.total(AccountRole.CASH) == 45_000


def test_a_drawer_is_in_one_hand_and_a_person_has_one(sari, people):
    other = tills.add("Kas Gerai", TillKind.CASH)
    with pytest.raises(DomainError, match="Kas Tunai"):
        shifts.open_shift(other, 0)

    act_as(people[1])
    with pytest.raises(DomainError, match="Sari"):
        shifts.open_shift(tills.main_till(), 0)


def test_a_bank_account_is_not_taken_in_hand(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        with pytest.raises(DomainError):
            shifts.open_shift(tills.tills(TillKind.BANK)[0], 0)


def test_a_first_count_that_differs_wants_a_word_and_books_nothing(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        with pytest.raises(Unexplained):
            shifts.open_shift(tills.main_till(), 20_000)
        shift = shifts.open_shift(tills.main_till(), 20_000, note="uang kembalian pribadi")

        assert shift.opening_difference == 20_000
        assert ledger.total(AccountRole.CASH) == 0


def test_the_report_says_what_moved_and_who_else_recorded_it(sari, people):
    pay(make_member("Siti"), on=TODAY, voluntary=45_000)
    act_as(people[1])
    pay(make_member("Wati"), on=TODAY - timedelta(days=1), voluntary=10_000)
    report = shifts.report(shifts.find(sari.id))

    assert (report.taken_in, report.paid_out, report.expected) == (55_000, 0, 55_000)
    assert [movement.by for movement in report.movements] == ["Sari", "Tono"]
