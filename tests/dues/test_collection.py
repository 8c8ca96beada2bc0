"""The collection sheet as a service: many payments in one act, the same as one by one."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import text

from app.core import clock
from app.core.errors import DomainError
from app.core.identity import read_nik
from app.core.period import Period
from app.dues import accrual, arrears, collection, payments, waivers
from app.dues.collection import Given, Place, Round
from app.dues.standing import last_billed, months_ahead, standing
from app.dues.standings import positions
from app.extensions import db
from app.ledger import months, verify
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members import services as members
from tests.factories import make_candidate, make_member, make_nik, pay

DAY = date(2025, 11, 24)
KEY = UUID(int=7)


@pytest.fixture(autouse=True)
def in_coop(scope, coop, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 11, 24, 3, tzinfo=UTC))
    with scope(coop):
        yield


def billed(*names, joined_on=date(2025, 6, 12), **more):
    people = [make_member(name, joined_on=joined_on, **more) for name in names]
    accrual.accrue(Period.current())
    db.session.commit()
    return people


def collect(*given, key=KEY, on=DAY, **more):
    return collection.record([Given(*one) for one in given], Round(on, key, **more))


def receipts():
    """Every journal as its payer sees it, in the order of the numbers."""
    return [
        tuple(row)
        for row in db.session.execute(
            text(
                "SELECT v.number, j.posted_on, j.memo, a.code, p.party_id, p.debit, p.credit,"
                " p.memo FROM journals j"
                " JOIN vouchers v ON (v.tenant_id, v.journal_id) = (j.tenant_id, j.id)"
                " JOIN postings p ON (p.tenant_id, p.journal_id) = (j.tenant_id, j.id)"
                " JOIN accounts a ON (a.tenant_id, a.id) = (p.tenant_id, p.account_id)"
                " ORDER BY v.number, p.line"
            )
        )
    ]


def test_g2_on_a_sheet_settles_the_oldest_month_first_and_ages_the_rest():
    [siti] = billed("Siti")

    collect((siti, 50_000))
    now = standing(siti)
    assert [month.settled for month in now.months] == [15_000, 15_000, 15_000, 5_000, 0, 0]
    assert now.owed == 40_000
    [debtor] = arrears.debtors()
    assert debtor.buckets == [15_000, 15_000, 10_000, 0]

    collect((siti, 100_000), key=uuid4())
    now = standing(siti)
    assert (now.owed, now.ahead) == (0, 60_000)
    assert [str(period) for period, _part in months_ahead(siti, now)] == [
        "2025-12",
        "2026-01",
        "2026-02",
        "2026-03",
    ]
    assert arrears.debtors() == []


def test_each_payment_has_a_number_and_the_months_of_its_own():
    siti, budi = billed("Siti", "Budi")

    collect((siti, 50_000), (budi, 15_000))

    memos = [row[7] for row in receipts() if row[7]]
    assert memos == ["Simpanan wajib Jun, Jul, Agu, Sep 2025", "Simpanan wajib Jun 2025"]
    assert {row[0] for row in receipts()} == {1, 2}
    assert ledger.total(AccountRole.CASH) == 65_000


def test_a_sheet_saved_twice_changes_nothing():
    siti, budi = billed("Siti", "Budi")

    first = collect((siti, 15_000), (budi, 30_000))
    again = collect((siti, 15_000), (budi, 30_000))

    assert first.id == again.id
    assert ledger.total(AccountRole.CASH) == 45_000


@pytest.mark.parametrize("change", ["another amount", "one more", "one less"])
def test_a_sheet_changed_under_the_same_key_is_refused(change):
    siti, budi, ani = billed("Siti", "Budi", "Ani")
    collect((siti, 15_000), (budi, 30_000))
    changed = {
        "another amount": [(siti, 15_000), (budi, 15_000)],
        "one more": [(siti, 15_000), (budi, 30_000), (ani, 15_000)],
        "one less": [(siti, 15_000)],
    }

    with pytest.raises(DomainError):
        collect(*changed[change])


def test_an_empty_sheet_is_refused():
    with pytest.raises(DomainError):
        collect()


def test_a_sheet_in_a_closed_month_is_refused():
    [siti] = billed("Siti")
    months.close(Period(2025, 10))

    with pytest.raises(DomainError):
        collect((siti, 15_000), on=date(2025, 10, 30))


def test_the_sheet_has_everybody_who_pays_dues_in_the_place():
    billed("Siti", rt="003", rw="002", group="PKK")
    [left] = billed("Budi", rt="003", rw="002")
    billed("Ani", rt="003", rw="005")
    make_candidate("Calon", rt="003", rw="002")
    members.leave(left, on=DAY, reason="pindah")

    def names(key):
        return [row.member.name for row in collection.sheet(Place.parse(key))]

    assert names("rt:003/002") == ["Siti"]
    assert names("kelompok:PKK") == ["Siti"]
    assert names("") == ["Siti", "Ani"]
    assert [(place.key, count) for place, count in collection.places()] == [
        ("rt:003/002", 1),
        ("rt:003/005", 1),
        ("kelompok:PKK", 1),
    ]


def test_the_sheet_proposes_one_month_and_everything():
    siti, _budi = billed("Siti", "Budi")
    pay(siti, on=DAY, dues=100_000)

    budi, siti = (row.position for row in collection.sheet(Place()))

    assert (budi.months, budi.owed, budi.next_month) == (6, 90_000, 15_000)
    assert (siti.months, siti.owed, siti.next_month) == (0, 0, 5_000)


def test_the_latest_sheets_say_how_many_paid_and_how_much():
    siti, budi = billed("Siti", "Budi")
    saved = collect((siti, 15_000), (budi, 30_000), place=Place(group="PKK"))

    assert collection.latest() == [(saved, 2, 45_000)]
    assert [one.amount for one in collection.payments_of(saved)] == [15_000, 30_000]
    assert collection.find(saved.id).place == "kelompok:PKK"


lives = some.lists(
    some.tuples(
        some.integers(0, 10),  # months since joining
        some.lists(some.integers(1, 20).map(lambda n: n * 5_000), max_size=3),  # paid so far
        some.sets(some.integers(0, 12), max_size=2),  # months let off, counted from joining
        some.integers(1, 30).map(lambda n: n * 7_000),  # what is given now
    ),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lives)
def test_a_sheet_is_the_same_as_its_payments_one_by_one(lives):
    with db.session.begin_nested() as savepoint:
        people = [_live(*life) for life in lives]
        for member in people:
            position, now = positions([member])[member.id], standing(member)
            after = last_billed(member, now)
            assert (position.now.unpaid, position.now.ahead) == (now.unpaid, now.ahead)
            assert position.after == after
            assert len(position.covers(position.next_month)) == 1
            assert len(position.covers(position.next_month + 1)) == 2
        given = list(zip(people, (life[3] for life in lives), strict=True))

        with db.session.begin_nested() as alone:
            for member, amount in given:
                payments.receive(member, payments.Payment(dues=amount), on=DAY, key=uuid4())
            one_by_one = receipts()
            alone.rollback()
        collect(*given, key=uuid4())

        assert receipts() == one_by_one
        assert verify.differences() == []
        savepoint.rollback()


def _live(months_ago, paid, let_off, _now):
    joined = Period.current().plus(-months_ago)
    member = members.register(
        members.Particulars(nik=read_nik(make_nik()), name="Anggota"),
        on=joined.first_day,
        consent=True,
    )
    members.activate(member, on=joined.first_day)
    accrual.accrue(Period.current())
    for month in let_off:
        waivers.waive(member, joined.plus(month), "sakit")
    for amount in paid:
        payments.receive(member, payments.Payment(dues=amount), on=DAY, key=uuid4())
    return member
