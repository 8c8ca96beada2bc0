"""What people do at the same moment, each with a connection and a transaction of their own."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask

from app.cash import categories, counting, entries, shifts, tills
from app.cash.entries import Entry
from app.cash.models import Direction
from app.config import from_environment
from app.core.errors import DomainError
from app.core.period import Period
from app.dev.throwaway import Throwaway
from app.dues import accrual, payments
from app.dues.payments import Payment
from app.extensions import db
from app.factory import create_app
from app.ledger import months, verify
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members import services as members
from app.savings import services as savings
from tenants.models import Tenant
from tenants.provisioning import open_city
from tenants.scope import act_as, tenant_scope
from tests.conftest import make_user, open_coop
from tests.factories import make_member

pytestmark = pytest.mark.committed
DAY = date(2026, 3, 2)
Act = Callable[[], object]


@pytest.fixture(scope="module")
def real(app: Flask) -> Iterator[Flask]:
    """The platform on a database of this worker's own, where commits are commits."""
    name = f"test_at_once_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    env = Throwaway(Path(os.environ["KOPERASI_TEST_DIR"])).create_database(name)
    real = create_app(from_environment(env))
    with real.app_context():
        open_city(())
    yield real
    app.extensions["celery"].set_default()
    with real.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def coop(real: Flask) -> Tenant:
    return open_coop(real, f"serentak-{uuid4().hex[:6]}")


@pytest.fixture
def together(real: Flask, coop: Tenant) -> Callable[[int, Act], list[object]]:
    """Do something several times at once; what was refused on principle comes back."""

    def once(act: Act) -> object:
        with real.app_context(), tenant_scope(coop):
            try:
                result = act()
                db.session.commit()
            except DomainError as error:
                return error
            return result

    def run(times: int, act: Act) -> list[object]:
        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(lambda _: once(act), range(times)))

    return run


def test_one_payment_sent_ten_times_at_once_counts_once(real, coop, together):
    with real.app_context(), tenant_scope(coop):
        make_member("Siti")
    paying = Payment(voluntary=50_000)

    receipts = together(
        8, lambda: payments.receive(members.find(1), paying, on=DAY, key=UUID(int=7))
    )

    assert {receipt.number for receipt in receipts} == {1}
    with real.app_context(), tenant_scope(coop):
        assert savings.balances(members.find(1))[AccountRole.VOLUNTARY_SAVINGS] == 50_000
        assert verify.differences() == []


def test_two_people_cannot_both_pay_out_the_last_rupiah(real, coop, together):
    with real.app_context(), tenant_scope(coop):
        member = make_member("Siti")
        payments.receive(member, Payment(voluntary=50_000), on=DAY, key=uuid4())
        db.session.commit()

    outcomes = together(4, lambda: savings.withdraw(members.find(1), 50_000, on=DAY, key=uuid4()))

    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 3
    with real.app_context(), tenant_scope(coop):
        assert savings.balances(members.find(1))[AccountRole.VOLUNTARY_SAVINGS] == 0
        assert verify.differences() == []


def test_three_workers_billing_at_once_bill_each_month_once(real, coop, together):
    with real.app_context(), tenant_scope(coop):
        for _ in range(20):
            make_member(joined_on=date(2026, 1, 5))

    runs = together(3, lambda: accrual.accrue(Period(2026, 3)))

    assert sum(run.created for run in runs) == 60


def test_of_cashiers_opening_one_drawer_at_once_one_gets_it(real, coop, together):
    with real.app_context():
        people = iter([make_user("Kasir", f"{uuid4()}@example.org").id for _ in range(4)])
        db.session.commit()

    def take() -> object:
        act_as(next(people))
        return shifts.open_shift(tills.main_till(), 0)

    outcomes = together(4, take)

    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 3


def test_a_shift_closed_by_two_hands_at_once_is_booked_once(real, coop, together):
    with real.app_context(), tenant_scope(coop):
        cashier = make_user("Kasir", f"{uuid4()}@example.org").id
        act_as(cashier)
        shift_id = shifts.open_shift(tills.main_till(), 0).id
        db.session.commit()

    def close() -> object:
        act_as(cashier)
        return counting.close(shift_id, {500: 1}, note="receh", page="/")

    outcomes = together(4, close)

    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 3
    with real.app_context(), tenant_scope(coop):
        assert ledger.total(AccountRole.CASH_OVER) == 500


def test_of_cashiers_paying_out_the_last_rupiah_at_once_one_does(real, coop, together):
    with real.app_context(), tenant_scope(coop):
        words = {each.name: each.id for each in categories.categories(Direction.IN)}
        grant = categories.find(words["Terima hibah"])
        entries.record(Entry(grant, 50_000, tills.main_till(), ""), on=DAY, key=uuid4())
        db.session.commit()

    def pay_out() -> object:
        paper = categories.categories(Direction.OUT)[0]
        entry = Entry(paper, 50_000, tills.main_till(), "")
        return entries.record(entry, on=DAY, key=uuid4())

    outcomes = together(4, pay_out)

    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 3
    with real.app_context(), tenant_scope(coop):
        assert ledger.total(AccountRole.CASH) == 0


def test_a_month_closed_while_ten_cashiers_post_holds_what_was_accepted_and_no_more(
    real, coop, together
):
    with real.app_context(), tenant_scope(coop):
        make_member("Siti")
    turns = count()

    def act():
        turn = next(turns)
        if turn == 4:
            return months.close(Period.of(DAY)).closed_at
        return payments.receive(members.find(1), Payment(voluntary=1), on=DAY, key=UUID(int=turn))

    outcomes = together(11, act)

    refused = sum(isinstance(outcome, DomainError) for outcome in outcomes)
    with real.app_context(), tenant_scope(coop):
        assert months.is_closed(DAY)
        held = savings.balances(members.find(1))[AccountRole.VOLUNTARY_SAVINGS]
        assert held == 10 - refused
        assert verify.differences() == []
        with pytest.raises(DomainError):
            payments.receive(members.find(1), Payment(voluntary=1), on=DAY, key=uuid4())
