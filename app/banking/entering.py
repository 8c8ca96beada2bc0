"""Bringing a statement in: its columns, its lines, and what the bank says it held."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql

from app.banking.models import BankLayout, BankLine, BankStatement
from app.banking.statements import Columns, Read, words_of
from app.cash.models import Till
from app.core import clock
from app.core.errors import DomainError
from app.core.money import Rupiah
from app.extensions import db
from app.members.spreadsheet import Rows
from tenants.scope import current_tenant


@dataclass(frozen=True)
class Brought:
    """What bringing a statement in did: new lines, and lines that were known."""

    statement: BankStatement
    new: int
    known: int


def layout(till: Till) -> dict[str, str] | None:
    """The columns of this bank's files, as they were mapped before."""
    found = db.session.scalar(select(BankLayout).where(BankLayout.till_id == till.id))
    return dict(found.columns) if found else None


def remember_layout(till: Till, rows: Rows, columns: Columns) -> None:
    """Map the columns once: the next file of this bank is read alike. The caller commits."""
    header = words_of(rows, columns.header)
    named = {field: header[at] for field, at in columns.of.items() if header[at].strip()}
    db.session.merge(BankLayout(tenant_id=current_tenant().id, till_id=till.id, columns=named))


def bring_in(till: Till, lines: Sequence[Read], *, file_name: str, content: bytes) -> Brought:
    """Enter a statement; a `DomainError` when this very file was brought in before.

    Lines that an earlier statement had are passed over. The caller commits.
    """
    digest = hashlib.sha256(content).hexdigest()
    _check_is_new(till, digest)
    first, last = lines[0], lines[-1]
    statement = BankStatement(
        till_id=till.id,
        file_name=file_name[:120],
        digest=digest,
        first_day=first.on,
        last_day=last.on,
        opening=None if first.balance is None else first.balance - first.amount,
        closing=last.balance,
        created_by=g.get("actor_id"),
    )
    db.session.add(statement)
    db.session.flush()
    new = _insert_lines(statement, lines)
    return Brought(statement, new, len(lines) - new)


def statements(till: Till) -> Sequence[BankStatement]:
    """Every statement brought in, the latest first."""
    query = select(BankStatement).where(BankStatement.till_id == till.id)
    return db.session.scalars(query.order_by(BankStatement.last_day.desc())).all()


def first_statement(till: Till) -> BankStatement | None:
    """With it reconciling begins: what came before is taken as agreed."""
    query = select(BankStatement).where(BankStatement.till_id == till.id)
    return db.session.scalar(query.order_by(BankStatement.first_day, BankStatement.id).limit(1))


def starts_on(till: Till) -> date | None:
    """The first day of the first statement; None before there is one."""
    first = first_statement(till)
    return first.first_day if first else None


def bank_balance(till: Till, until: date) -> Rupiah | None:
    """What the bank says it held at the end of a day; None where no statement says."""
    first = first_statement(till)
    if first is None or first.opening is None or until < first.first_day:
        return None
    moved = select(func.coalesce(func.sum(BankLine.amount), 0)).where(
        BankLine.till_id == till.id, BankLine.on <= until
    )
    return first.opening + int(db.session.scalar(moved) or 0)


def gap(till: Till, until: date) -> Rupiah:
    """What the last statement says at its end beyond all lines that were brought in.

    More than rounding sen explains means that a statement in between is missing.
    """
    query = select(BankStatement).where(
        BankStatement.till_id == till.id,
        BankStatement.last_day <= until,
        BankStatement.closing.is_not(None),
    )
    newest = query.order_by(BankStatement.last_day.desc(), BankStatement.id.desc()).limit(1)
    last = db.session.scalar(newest)
    if last is None or (computed := bank_balance(till, last.last_day)) is None:
        return 0
    assert last.closing is not None
    beyond = last.closing - computed
    return beyond if abs(beyond) > _lines_until(till, last.last_day) else 0


def _lines_until(till: Till, until: date) -> int:
    """Each of them may have been rounded by a rupiah."""
    query = select(func.count()).select_from(BankLine)
    return db.session.scalar(query.where(BankLine.till_id == till.id, BankLine.on <= until)) or 0


def _check_is_new(till: Till, digest: str) -> None:
    same = select(BankStatement).where(
        BankStatement.till_id == till.id, BankStatement.digest == digest
    )
    if (earlier := db.session.scalar(same)) is not None:
        day = clock.day_of(earlier.created_at).strftime("%d-%m-%Y")
        raise DomainError(_("This statement was brought in already, on %(day)s.", day=day))


def _insert_lines(statement: BankStatement, lines: Sequence[Read]) -> int:
    seen: dict[tuple[Any, ...], int] = {}
    rows = []
    for line in lines:
        content = (line.on, line.text, line.amount, line.balance)
        seen[content] = seen.get(content, 0) + 1
        rows.append(_row(statement, line, seen[content]))
    inserted = db.session.scalars(
        postgresql.insert(BankLine).on_conflict_do_nothing().returning(BankLine.id), rows
    )
    return len(inserted.all())


def _row(statement: BankStatement, line: Read, again: int) -> dict[str, Any]:
    content = f"{line.on}|{line.text}|{line.amount}|{line.balance}|{again}"
    return {
        "tenant_id": current_tenant().id,
        "statement_id": statement.id,
        "till_id": statement.till_id,
        "on": line.on,
        "text": line.text,
        "amount": line.amount,
        "fingerprint": hashlib.sha256(content.encode()).hexdigest(),
    }
