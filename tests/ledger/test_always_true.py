"""Whatever is done, in whatever order: debit is credit, the members' pages add up to the
accounts, the summaries are the postings, and the chain over the journals holds."""

from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from app.assets import depreciation, register
from app.assets.models import AssetGroup
from app.assets.register import Particulars
from app.core.errors import DomainError
from app.core.period import Period
from app.dues import payments
from app.dues.payments import Payment
from app.extensions import db
from app.ledger import journal_entry, months, opening, recurring, reports, seals, verify
from app.ledger import services as ledger
from app.ledger.journal_entry import Entry
from app.ledger.models import AccountRole, Journal
from app.ledger.services import Line, Source
from app.members import services as members
from app.savings import services as savings
from tests.factories import make_member

START = date(2026, 1, 5)

days = st.integers(0, 150).map(lambda n: START + timedelta(days=n))
people = st.integers(1, 3)
amounts = st.integers(1, 900_000)

acts = st.one_of(
    st.tuples(st.just("pay"), days, people, amounts, amounts),
    st.tuples(st.just("withdraw"), days, people, amounts),
    st.tuples(st.just("enter"), days, amounts),
    st.tuples(st.just("move"), days, people, amounts),
    st.tuples(st.just("reverse"), days, st.integers(0, 20)),
    st.tuples(st.just("grant"), days, amounts, st.integers(1, 7)),
    st.tuples(st.just("depreciate")),
    st.tuples(st.just("recur"), amounts),
    st.tuples(st.just("open"), days, people, amounts),
    st.tuples(st.just("close")),
    st.tuples(st.just("seal")),
)


def pay(n, day, person, voluntary, dues):
    payments.receive(
        members.find(person), Payment(voluntary=voluntary, dues=dues), on=day, key=UUID(int=n)
    )


def withdraw(n, day, person, amount):
    savings.withdraw(members.find(person), amount, on=day, key=UUID(int=n))


def enter(n, day, amount):
    rent, prepaid = (reports.find_account(code).id for code in ("6.1.4.01", "1.1.5.01"))
    lines = [Line(rent, debit=amount), Line(prepaid, credit=amount)]
    journal_entry.record(Entry(day, "Sewa", lines), source=Source("ledger.entry", str(n)))


def move(n, day, person, amount):
    """From the savings of one member to those of another."""
    account = ledger.account(AccountRole.VOLUNTARY_SAVINGS).id
    giver, taker = members.find(person).id, members.find(person % 3 + 1).id
    lines = [
        Line(account, debit=amount, party_id=giver),
        Line(account, credit=amount, party_id=taker),
    ]
    journal_entry.record(Entry(day, "Pindah", lines), source=Source("ledger.entry", str(n)))


def reverse(n, day, which):
    journals = db.session.scalars(select(Journal).order_by(Journal.id)).all()
    if journals:
        ledger.reverse(journals[which % len(journals)], reason="salah", on=day)


def grant(n, day, amount, life):
    unit = ledger.units()[life % 3].id
    register.enter(
        Particulars("Alat", AssetGroup.EQUIPMENT, unit, day, amount, 0, life), as_grant=True
    )


def depreciate(n):
    depreciation.book()


def recur(n, amount):
    rent, prepaid = (reports.find_account(code).id for code in ("6.1.4.01", "1.1.5.01"))
    lines = [Line(rent, debit=amount), Line(prepaid, credit=amount)]
    kept = recurring.keep(f"Sewa {n}", "Sewa", lines, due_day=31, since=Period(2026, 4))
    recurring.make(kept, Period(2026, 4))
    recurring.make(kept, Period(2026, 4))


def open_(n, day, person, amount):
    cash, held = (ledger.account(role).id for role in (AccountRole.CASH, opening.BY_MEMBER[1]))
    opening.write({(cash, None): amount, (held, members.find(person).id): 15_000})
    opening.record(day)


def close(n):
    if (first := months.first_open()) is not None:
        months.close(first)


def seal(n):
    seals.seal()


ACTS = {
    "pay": pay,
    "withdraw": withdraw,
    "enter": enter,
    "move": move,
    "reverse": reverse,
    "grant": grant,
    "depreciate": depreciate,
    "recur": recur,
    "open": open_,
    "close": close,
    "seal": seal,
}


@pytest.fixture
def coop_with_members(scope, coop):
    with scope(coop):
        for name in ("Siti", "Budi", "Endang"):
            make_member(name, joined_on=date(2026, 1, 1))
        db.session.commit()
    return coop


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(acts, min_size=1, max_size=15))
def test_the_books_are_right_after_anything(scope, coop_with_members, sequence):
    with scope(coop_with_members):  # what is not committed is gone with it
        for n, (name, *arguments) in enumerate(sequence, 1):
            with suppress(DomainError), db.session.begin_nested():
                ACTS[name](n, *arguments)

        debit, credit = db.session.execute(
            text("SELECT coalesce(sum(debit), 0), coalesce(sum(credit), 0) FROM postings")
        ).one()
        assert debit == credit
        assert verify.differences() == []
        assert seals.breaches() == []
