"""Ledgers for paper: of one account (buku besar), of its parties (buku pembantu), the trial
balance (neraca saldo)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from app.core.money import Rupiah
from app.ledger import account_book as books
from app.ledger import parties, reports
from app.ledger.models import Account, Unit
from app.printing.workbooks import Cell
from app.statements.asked import long
from app.statements.paper import Table

_MOVEMENTS = ("Debit", "Kredit", "Saldo")
_TRIAL = {
    "opening_debit": "Awal debit",
    "opening_credit": "Awal kredit",
    "debit": "Debit",
    "credit": "Kredit",
    "closing_debit": "Saldo debit",
    "closing_credit": "Saldo kredit",
}


def account_book(
    account: Account,
    first: date,
    last: date,
    *,
    unit: Unit | None = None,
    known_at: datetime | None = None,
) -> Table:
    """The ledger of an account: what stood in it before, and each line since."""
    asked: dict[str, Any] = {"unit_id": unit.id if unit else None, "known_at": known_at}
    opening = reports.balance_before(account, first, **asked)
    entries = books.entries(account, first, last, **asked)
    rows: list[Sequence[Cell]] = [
        [e.on, e.voucher, _told(e), e.debit, e.credit, e.balance] for e in entries
    ]
    before: Sequence[Cell] = [first, "", "Saldo sebelumnya", None, None, opening]
    return Table(
        f"Buku Besar {account.code} {account.name}",
        _days(first, last, unit),
        ("Tanggal", "Bukti", "Uraian", *_MOVEMENTS),
        [before, *rows, _closing(last, opening, entries)],
        (12, 16, 44, 16, 16, 18),
        frozenset({3, 4, 5}),
        frozenset({0, len(rows) + 1}),
    )


def _closing(last: date, opening: Rupiah, entries: Sequence[books.Entry]) -> Sequence[Cell]:
    debit, credit = sum(e.debit for e in entries), sum(e.credit for e in entries)
    balance = entries[-1].balance if entries else opening
    return [last, "", "Jumlah dan saldo akhir", debit, credit, balance]


def subsidiary_book(
    account: Account, first: date, last: date, *, known_at: datetime | None = None
) -> Table:
    """The subsidiary ledger of an account: what each party had, moved and has."""
    found = parties.balances(account, first, last, known_at=known_at)
    rows: list[Sequence[Cell]] = [[p.name, p.opening, p.debit, p.credit, p.closing] for p in found]
    columns = ("opening", "debit", "credit", "closing")
    total: Sequence[Cell] = ["Jumlah", *(sum(getattr(p, c) for p in found) for c in columns)]
    return Table(
        f"Buku Pembantu {account.code} {account.name}",
        _days(first, last, None),
        ("Nama", "Saldo awal", *_MOVEMENTS),
        [*rows, total],
        (40, 18, 18, 18, 18),
        frozenset({1, 2, 3, 4}),
        frozenset({len(rows)}),
    )


def trial_balance_book(
    first: date, last: date, *, unit: Unit | None = None, known_at: datetime | None = None
) -> Table:
    """The trial balance: both columns of balances add up alike."""
    unit_id = unit.id if unit else None
    balance = reports.trial_balance(first, last, unit_id=unit_id, known_at=known_at)
    rows: list[Sequence[Cell]] = [
        [f"{line.code} {line.name}", *(getattr(line, column) for column in _TRIAL)]
        for line in balance.lines
    ]
    total: Sequence[Cell] = ["Jumlah", *(balance.total(column) for column in _TRIAL)]
    return Table(
        "Neraca Saldo",
        _days(first, last, unit),
        ("Akun", *_TRIAL.values()),
        [*rows, total],
        (44, 18, 18, 18, 18, 18, 18),
        frozenset({1, 2, 3, 4, 5, 6}),
        frozenset({len(rows)}),
    )


def _days(first: date, last: date, unit: Unit | None) -> str:
    days = f"{long(first)} s.d. {long(last)}"
    return f"{days} · {unit.name}" if unit else days


def _told(entry: books.Entry) -> str:
    said = f"{entry.memo} · {entry.party}" if entry.party else entry.memo
    return f"BATAL · {said}" if entry.void else said
