"""Many journals at once give the same books as one by one."""

from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import text

from app.core.errors import DomainError
from app.core.period import Period
from app.extensions import db
from app.ledger import months, verify
from app.ledger import services as ledger
from app.ledger.batch import Entry, post_many
from app.ledger.models import AccountRole, VoucherKind
from app.ledger.services import Line, Source, credit, debit
from app.platform.services import SEEDS
from tenants.provisioning import Charter, open_tenant
from tenants.scope import tenant_scope

BKM = VoucherKind.CASH_IN
DAY = date(2026, 3, 2)
_coops = count(1)


def entry(key="1", amount=1_000, on=DAY, party_id=None, kind=VoucherKind.CASH_IN, out=False):
    held = AccountRole.VOLUNTARY_SAVINGS if party_id else AccountRole.OPENING
    lines = [debit(AccountRole.CASH, amount), credit(held, amount, party_id)]
    if out:
        lines = [Line(line.account, line.credit, line.debit, line.party_id) for line in lines]
    return Entry(on, "uji", Source("test", key), lines, kind)


@pytest.fixture(autouse=True)
def in_coop(scope, coop):
    with scope(coop):
        yield


def test_nothing_to_write_writes_nothing():
    assert post_many([]) == []


def test_each_is_numbered_in_its_order():
    numbers = [p.number for p in post_many([entry(str(n)) for n in range(3)])]

    assert numbers == [1, 2, 3]
    assert verify.differences() == []


def test_a_number_goes_on_where_single_journals_stopped():
    ledger.post(on=DAY, memo="", source=Source("x", "x"), lines=entry().lines, voucher=BKM)

    assert [p.number for p in post_many([entry("1"), entry("2")])] == [2, 3]


def test_sent_again_they_are_the_same_journals():
    first = post_many([entry("1"), entry("2")])
    again = post_many([entry("1"), entry("2"), entry("3")])

    assert [p.journal_id for p in again[:2]] == [p.journal_id for p in first]
    assert [p.again for p in again] == [True, True, False]
    assert again[2].number == 3


def test_one_that_says_something_else_now_is_refused():
    post_many([entry("1", 1_000)])

    with pytest.raises(DomainError):
        post_many([entry("2"), entry("1", 2_000)])


def test_the_same_event_twice_in_one_batch_counts_once():
    first, second = post_many([entry("1"), entry("1")])

    assert (first.journal_id, first.again, second.again) == (second.journal_id, False, True)
    assert ledger.total(AccountRole.CASH) == 1_000


def test_one_in_a_closed_month_is_refused():
    post_many([entry("1")])
    months.close(Period.of(DAY))

    with pytest.raises(DomainError):
        post_many([entry("2", on=date(2026, 4, 1)), entry("3")])


def test_a_journal_that_does_not_balance_is_refused_before_anything_is_written():
    wrong = Entry(DAY, "", Source("test", "2"), [debit(AccountRole.CASH, 1)])
    with pytest.raises(ValueError, match="unbalanced"):
        post_many([entry("1"), wrong])

    assert ledger.total(AccountRole.CASH) == 0


def test_a_balance_below_zero_in_between_is_refused_though_the_last_one_mends_it():
    party = ledger.open_party("Siti").id

    with pytest.raises(DomainError):
        post_many([entry("1", 500, party_id=party, out=True), entry("2", 900, party_id=party)])


def test_a_balance_that_reaches_in_between_is_fine():
    party = ledger.open_party("Siti").id
    post_many([entry("1", 900, party_id=party), entry("2", 500, party_id=party, out=True)])

    assert ledger.balance(AccountRole.VOLUNTARY_SAVINGS, party) == 400


# What may happen: who, how much, in or out, which day, which voucher, and a key that may repeat.
events = some.lists(
    some.tuples(
        some.integers(0, 2),
        some.integers(1, 5).map(lambda n: n * 1_000),
        some.booleans(),
        some.sampled_from([date(2026, 2, 27), date(2026, 3, 2), date(2025, 12, 31)]),
        some.sampled_from([VoucherKind.CASH_IN, VoucherKind.GENERAL]),
        some.integers(0, 6),
    ),
    max_size=8,
)


def outcome(events, write):
    """What the books of a new cooperative say after the events, or that they were refused."""
    number = next(_coops)
    coop = open_tenant(Charter(f"c{number}", f"C{number}", f"77.{number}", "Barat"), SEEDS)
    with tenant_scope(coop):
        parties = [ledger.open_party(f"P{n}").id for n in range(3)]
        entries = [
            entry(str(key), amount, on, parties[who], kind, out)
            for who, amount, out, on, kind, key in events
        ]
        try:
            posted = write(entries)
        except DomainError:
            return "refused"
        assert verify.differences() == []
        db.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        return [(p.kind, p.year, p.number, p.again) for p in posted], books(parties)


def books(parties):
    """Everything that is kept, without the ids, which differ between cooperatives."""
    lines = db.session.execute(
        text(
            "SELECT j.source_key, j.posted_on, j.line_count, v.kind, v.number, p.line, a.code,"
            " p.party_id - :first, u.code, p.debit, p.credit FROM postings p"
            " JOIN journals j ON (j.tenant_id, j.id) = (p.tenant_id, p.journal_id)"
            " JOIN vouchers v ON (v.tenant_id, v.journal_id) = (j.tenant_id, j.id)"
            " JOIN accounts a ON (a.tenant_id, a.id) = (p.tenant_id, p.account_id)"
            " JOIN units u ON (u.tenant_id, u.id) = (p.tenant_id, p.unit_id)"
            " ORDER BY j.id, p.line"
        ),
        {"first": parties[0]},
    ).all()
    return lines, [ledger.balances_of(party) for party in parties]


def one_by_one(entries):
    return [
        ledger.post(on=e.on, memo=e.memo, source=e.source, lines=e.lines, voucher=e.voucher)
        for e in entries
    ]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events)
def test_whatever_happens_the_books_are_those_of_one_by_one(app, coop, events):
    with app.app_context():
        assert outcome(events, post_many) == outcome(events, one_by_one)
