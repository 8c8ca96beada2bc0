"""Whatever is recorded, in whatever order: the statements agree with themselves."""

from datetime import date, timedelta
from itertools import count
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import DomainError
from app.dues import payments
from app.dues.payments import Method, Payment
from app.extensions import db
from app.ledger import reports, verify
from app.ledger import services as ledger
from app.ledger.journal_entry import PERSONAL
from app.ledger.services import Line, Source
from app.members import services as members
from app.savings import services as savings
from app.statements.asked import Asked
from app.statements.cash import cash
from app.statements.equity import equity
from app.statements.position import position
from app.statements.results import results
from tests.factories import make_member, make_rate

_keys = count(1)
DAYS = st.dates(date(2025, 1, 1), date(2026, 3, 31))
AMOUNTS = st.integers(1, 5_000_000)
MONEY = st.fixed_dictionaries({"dues": AMOUNTS, "voluntary": st.integers(0, 2_000_000)})
PLACES = st.integers(0, 200)  # an account, a unit or a journal, whichever it turns out to be

ACTS = st.one_of(
    st.tuples(st.just("pay"), DAYS, MONEY, st.sampled_from(Method)),
    st.tuples(st.just("withdraw"), DAYS, AMOUNTS),
    st.tuples(
        st.just("post"),
        DAYS,
        st.lists(st.tuples(PLACES, PLACES, AMOUNTS), min_size=1, max_size=4),
        PLACES,
    ),
    st.tuples(st.just("reverse"), DAYS, PLACES),
)


@pytest.fixture(autouse=True)
def in_coop(scope, coop):
    with scope(coop):
        make_rate(15_000)
        make_member("Siti", date(2025, 1, 1))
        yield


def pay(on, money, method):
    payments.receive(members.find(1), Payment(**money), on=on, key=uuid4(), method=method)


def withdraw(on, amount):
    savings.withdraw(members.find(1), amount, on=on, key=uuid4())


def post(on, legs, place):
    """Debit some accounts and credit one, each for some line of business."""
    chart = [account for account in reports.chart() if account.role not in PERSONAL]
    units = ledger.units()
    lines = [
        Line(chart[a % len(chart)].id, debit=amount, unit_id=units[u % len(units)].id)
        for a, u, amount in legs
    ]
    total = sum(line.debit for line in lines)
    lines.append(Line(chart[place % len(chart)].id, credit=total))
    ledger.post(on=on, memo="uji", source=Source("test", f"acak-{next(_keys)}"), lines=lines)


def reverse(on, place):
    if known := reports.journals(date(2025, 1, 1), date(2026, 3, 31)):
        ledger.reverse(known[place % len(known)], reason="uji", on=on)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    acts=st.lists(ACTS, min_size=1, max_size=8),
    first=DAYS,
    length=st.integers(0, 400),
    by_unit=st.booleans(),
)
def test_the_statements_agree_whatever_was_recorded(acts, first, length, by_unit):
    for kind, *arguments in acts:
        with db.session.begin_nested() as step:
            try:
                globals()[kind](*arguments)
            except DomainError:
                step.rollback()

    asked = Asked(first, first + timedelta(days=length), every_unit=by_unit)

    for build in (position, results, equity, cash):
        statement = build(asked)
        assert all(check.holds for check in statement.checks), statement
    assert verify.differences() == []
