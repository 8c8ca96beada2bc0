"""Statements and ledgers as PDF and as workbooks.

A printed report carries the days it is about and the instant at which it was known; asked for
again with both, it is the same to the byte, whatever has been entered since.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.auth.permissions import Role
from app.auth.services import seats
from app.core import clock
from app.core.money import rupiah
from app.ledger import seals
from app.printing.pdf import pdf
from app.printing.workbooks import Cell, Sheet, workbook
from app.statements.asked import Asked, long
from app.statements.kinds import OF_A_DAY
from app.statements.statement import Check, Kind, Statement
from tenants.scope import current_tenant

_SIGNING = ((Role.CHAIR, "Ketua"), (Role.TREASURER, "Bendahara"))
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")  # of a sheet: "Utang Bank/KUR"
_WIDE = 6  # columns from which the paper lies on its side


@dataclass(frozen=True)
class Table:
    """A ledger or a list as it goes to paper: text and figures in columns."""

    title: str
    subtitle: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]  # of the columns of a workbook
    figures: frozenset[int]  # columns of rupiah
    sums: frozenset[int] = frozenset()  # rows that are sums


def statement_pdf(statement: Statement, asked: Asked) -> bytes:
    """One statement on paper, with letterhead and signatures."""
    return book_pdf([statement], asked, statement.title)


def book_pdf(
    statements: Sequence[Statement],
    asked: Asked,
    title: str,
    notes: Sequence[dict[str, Any]] = (),
) -> bytes:
    """Several statements in one document, each on a page of its own; the notes follow."""
    data = _frame(_known(asked)) | {
        "title": title,
        "flipped": any(len(statement.heads) >= _WIDE for statement in statements),
        "statements": [_statement_data(statement, asked) for statement in statements],
        "notes": list(notes),
    }
    return pdf("statements/print/statement.typ", data, at=_known(asked))


def table_pdf(table: Table, known_at: datetime) -> bytes:
    """A ledger on paper."""
    rows = [[_text(cell) for cell in row] for row in table.rows]
    data = _frame(known_at) | {
        "title": table.title,
        "subtitle": table.subtitle,
        "head": list(table.head),
        "rows": rows,
        "figures": sorted(table.figures),
        "sums": sorted(table.sums),
    }
    return pdf("statements/print/table.typ", data, at=known_at)


def statement_workbook(statements: Sequence[Statement], asked: Asked) -> bytes:
    """Each statement on a sheet of its own."""
    return workbook([_sheet(statement, asked) for statement in statements])


def table_workbook(table: Table, known_at: datetime) -> bytes:
    above = [current_tenant().legal_name, table.title, table.subtitle, known_line(known_at)]
    name = _NOT_IN_A_NAME.sub("-", table.title)
    return workbook([Sheet(name, above, table.head, table.rows, table.widths, table.sums)])


def subtitle(statement_name: str, asked: Asked) -> str:
    """What a statement is about: a day or some days, and of which line of business."""
    days = f"Untuk periode {long(asked.first)} s.d. {long(asked.last)}"
    when = f"Per {long(asked.last)}" if statement_name == OF_A_DAY else days
    return f"{when} · {asked.unit.name}" if asked.unit else when


def known_line(known_at: datetime) -> str:
    """Menurut yang diketahui pada 24 November 2026 pukul 14.05.33 WIB"""
    local = known_at.astimezone(clock.CITY_TIMEZONE)
    return f"Menurut catatan yang diketahui pada {long(local.date())} pukul {local:%H.%M.%S} WIB"


def _known(asked: Asked) -> datetime:
    if asked.known_at is None:
        raise ValueError("what is printed says when it was known")
    return asked.known_at


def _frame(known_at: datetime) -> dict[str, Any]:
    """Letterhead, foot and signatures: of whoever held the offices on the day."""
    tenant, day = current_tenant(), clock.day_of(known_at)
    held = {office.role: user.name for office, user in seats(tenant) if office.is_held_on(day)}
    return {
        "cooperative": tenant.legal_name,
        "address": tenant.address,
        "foot": _foot(known_at),
        "place": f"Pekalongan, {long(day)}",
        "signatures": [[label, held.get(role, "")] for role, label in _SIGNING],
    }


def _foot(known_at: datetime) -> str:
    """When it was known, and the seal over the books by then, to compare with the city's."""
    seal = seals.head(known_at)
    return f"{known_line(known_at)} · segel {seal}" if seal else known_line(known_at)


def _statement_data(statement: Statement, asked: Asked) -> dict[str, Any]:
    return {
        "title": statement.title,
        "subtitle": subtitle(statement.name, asked),
        "heads": list(statement.heads),
        "rows": [
            {"kind": row.kind.value, "label": row.label, "amounts": list(row.amounts)}
            for row in statement.rows
        ],
        "checks": [_check(check) for check in statement.checks],
    }


def _check(check: Check) -> str:
    if check.holds:
        return f"{check.sentence}: {rupiah(check.left)} (cocok)"
    return f"{check.sentence}: {rupiah(check.left)} dan {rupiah(check.right)} (TIDAK COCOK)"


def _sheet(statement: Statement, asked: Asked) -> Sheet:
    above = [current_tenant().legal_name, statement.title, subtitle(statement.name, asked)]
    if asked.known_at:
        above.append(known_line(asked.known_at))
    checks: list[Sequence[Cell]] = [[_check(check)] for check in statement.checks]
    rows: list[Sequence[Cell]] = [
        [("   " if row.kind is Kind.LINE else "") + row.label, *row.amounts]
        for row in statement.rows
    ]
    bold = [n for n, row in enumerate(statement.rows) if row.kind in (Kind.TOTAL, Kind.SUM)]
    widths = [48, *(18 for _ in statement.heads)]
    return Sheet(
        statement.title.removeprefix("Laporan "),
        above,
        ["", *statement.heads],
        [*rows, [], *checks],
        widths,
        frozenset(bold),
    )


def _text(cell: Cell) -> Any:
    """What typst sets as it is; figures stay figures."""
    return cell if cell is None or isinstance(cell, int | str) else f"{cell:%d-%m-%Y}"
