"""Ledgers for paper: of one account (buku besar), of its parties (buku pembantu), the trial
balance (neraca saldo)."""

from collections.abc import Sequence
from datetime import date, datetime

from app.ledger import account_book as books
from app.ledger import parties, reports
from app.ledger.models import Account, Unit
from app.printing.workbooks import Cell
from app.statements.asked import long
from app.statements.paper import Table

_MOVEMENTS = ("Debit", "Kredit", "Saldo")


def account_book(
    account: Account,
    first: date,
    last: date,
    *,
    unit: Unit | None = None,
    known_at: datetime | None = None,
) -> Table:
    """The ledger of an account: what stood in it before, and each line since."""
    unit_id = unit.id if unit else None
    opening = reports.balance_before(account, first, unit_id=unit_id, known_at=known_at)
    entries = books.entries(account, first, last, unit_id=unit_id, known_at=known_at)
    rows: list[Sequence[Cell]] = [
        [e.on, e.voucher, _told(e), e.debit, e.credit, e.balance] for e in entries
    ]
    debit, credit = sum(e.debit for e in entries), sum(e.credit for e in entries)
    closing = entries[-1].balance if entries else opening
    before: Sequence[Cell] = [first, "", "Saldo sebelumnya", None, None, opening]
    after: Sequence[Cell] = [last, "", "Jumlah dan saldo akhir", debit, credit, closing]
    return Table(
        f"Buku Besar {account.code} {account.name}",
        _days(first, last, unit),
        ("Tanggal", "Bukti", "Uraian", *_MOVEMENTS),
        [before, *rows, after],
        (12, 16, 44, 16, 16, 18),
        frozenset({3, 4, 5}),
        frozenset({0, len(rows) + 1}),
    )


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
    balance = reports.trial_balance(
        first, last, unit_id=unit.id if unit else None, known_at=known_at
    )
    rows: list[Sequence[Cell]] = [
        [
            f"{line.code} {line.name}",
            line.opening_debit,
            line.opening_credit,
            line.debit,
            line.credit,
            line.closing_debit,
            line.closing_credit,
        ]
        for line in balance.lines
    ]
    before = [sum(line.opening_debit for line in balance.lines)]
    before.append(sum(line.opening_credit for line in balance.lines))
    moved = [sum(line.debit for line in balance.lines), sum(line.credit for line in balance.lines)]
    total: Sequence[Cell] = ["Jumlah", *before, *moved, balance.total_debit, balance.total_credit]
    return Table(
        "Neraca Saldo",
        _days(first, last, unit),
        ("Akun", "Awal debit", "Awal kredit", "Debit", "Kredit", "Saldo debit", "Saldo kredit"),
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
