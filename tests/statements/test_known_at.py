"""A report can be made again as it was known: what was entered later is not in it."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from app.auth.permissions import Role
from app.core import clock
from app.extensions import db
from app.ledger import parties, reports
from app.members import services as members
from app.statements import ledgers
from app.statements.asked import Asked
from app.statements.kinds import LAYOUTS, build
from tests.factories import make_member, pay
from tests.statements.books import journal

MARCH = (date(2026, 3, 1), date(2026, 3, 31))
ZONE = clock.CITY_TIMEZONE


@pytest.fixture
def enter(monkeypatch):
    """Enter a journal as if it were a given moment: enter(moment, day, "Beli", lines…)."""

    def at(moment, *arguments, **more):
        with monkeypatch.context() as then:
            then.setattr(clock, "now", lambda: moment)
            return journal(*arguments, **more)

    return at


@pytest.fixture
def books(scope, coop):
    with scope(coop):
        make_member("Siti")
        yield


def moment(month, day, hour=10):
    return datetime(2026, month, day, hour, tzinfo=ZONE)


def entries(enter):
    """One after the other, the last ones dated back into March."""
    day = date(2026, 3, 2)
    yield enter(moment(3, 2), day, "Simpanan", ("1.1.1.01", 900_000), ("3.1.1.01", -900_000))
    yield enter(moment(3, 9), date(2026, 3, 9), "Jual", ("1.1.1.01", 70_000), ("4.2.1.01", -70_000))
    yield enter(moment(3, 20), date(2026, 2, 27), "ATK", ("6.1.2.01", 5_000), ("1.1.1.01", -5_000))
    yield enter(
        moment(4, 2), date(2026, 3, 10), "Setor", ("1.1.1.02", 40_000), ("1.1.1.01", -40_000)
    )
    yield enter(
        moment(4, 3),
        date(2026, 3, 12),
        "Katering",
        ("1.1.1.01", 8_000),
        ("4.2.1.03", -8_000, "03"),
    )


def everything(known_at=None):
    """Each statement, ledger and balance of March."""
    asked = Asked(*MARCH, known_at=known_at)
    cash = reports.find_account("1.1.1.01")
    return [
        *(build(name, asked) for name in LAYOUTS),
        ledgers.account_book(cash, *MARCH, known_at=known_at),
        ledgers.trial_balance_book(*MARCH, known_at=known_at),
    ]


@pytest.mark.usefixtures("books")
def test_what_was_known_after_each_entry_can_be_had_again(enter):
    known = []
    for _posted in entries(enter):
        entered_at = db.session.execute(
            text("SELECT max(created_at) FROM journals WHERE source_kind = 'test'")
        ).scalar_one()
        known.append((entered_at, everything()))

    for entered_at, then in known:
        assert everything(known_at=entered_at) == then
        assert everything(known_at=entered_at + timedelta(hours=1)) == then


@pytest.mark.usefixtures("books")
def test_every_statement_agrees_with_itself_at_every_instant(enter):
    list(entries(enter))

    for day in range(1, 31):
        asked = Asked(*MARCH, known_at=moment(3, day, 23))
        for name in LAYOUTS:
            assert all(check.holds for check in build(name, asked).checks), (name, day)


@pytest.mark.usefixtures("books")
def test_a_party_has_what_was_known_of_it():
    pay(members.find(1), on=date(2026, 3, 2), voluntary=50_000)
    savings = reports.find_account("2.1.1.03")

    assert [line.closing for line in parties.balances(savings, *MARCH)] == [50_000]
    assert parties.balances(savings, *MARCH, known_at=moment(3, 3)) == []


def test_a_printed_report_is_the_same_to_the_byte_whatever_was_entered_since(
    sign_in, scope, coop, enter
):
    treasurer = sign_in(Role.TREASURER)
    address = "/k/maju/laporan/hasil-usaha.pdf?dari=01-03-2026&sampai=31-03-2026"
    printed = f"{address}&diketahui=31-03-2026 17.00"
    with scope(coop):
        steps = entries(enter)
        for _ in range(3):
            next(steps)
        db.session.commit()
    before = treasurer.get(printed).data

    with scope(coop):
        list(steps)
        next(entries(enter))
        db.session.commit()

    assert treasurer.get(printed).data == before
    assert treasurer.get(f"{address}&diketahui=04-04-2026").data != before
