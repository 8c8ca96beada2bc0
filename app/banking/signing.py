"""Comparing bank and books on a day, and signing that they agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select

from app.auth.models import User
from app.banking.entering import bank_balance, first_statement, gap
from app.banking.matching import early, last_signed, open_journals, open_lines
from app.banking.models import BankLine, Reconciliation
from app.cash.models import Till
from app.core.errors import DomainError
from app.core.money import Rupiah
from app.extensions import db
from app.ledger import movements
from app.ledger.movements import Booked


@dataclass(frozen=True)
class Comparison:
    """Bank and books on a day, and what stands on one side only."""

    until: date
    bank: Rupiah | None  # none: no statement says
    book: Rupiah
    lines: Sequence[BankLine]
    journals: Sequence[Booked]
    start: Rupiah  # what already differed before the first statement
    gap: Rupiah  # what the last statement says beyond the lines brought in

    @property
    def explained(self) -> Rupiah | None:
        """Bank less books, less all that is listed; nothing when they agree."""
        if self.bank is None:
            return None
        bank = self.bank - sum(line.amount for line in self.lines)
        return bank - (self.book - sum(journal.amount for journal in self.journals))


@dataclass(frozen=True)
class Signed:
    """A reconciliation with the name of who signed it."""

    kept: Reconciliation
    by: str

    @property
    def open_count(self) -> int:
        return len(self.kept.open_items["bank"]) + len(self.kept.open_items["book"])


def compare(till: Till, until: date) -> Comparison:
    """Bank and books at the end of a day."""
    return Comparison(
        until=until,
        bank=bank_balance(till, until),
        book=movements.balance_on(till.account_id, until),
        lines=open_lines(till, until),
        journals=open_journals(till, until),
        start=_start(till, until),
        gap=gap(till, until),
    )


def sign(till: Till, until: date, *, note: str) -> Reconciliation:
    """Keep that bank and books agree but for what is listed. The caller commits.

    `DomainError` while something is not explained, and for a day that is signed already.
    """
    now = compare(till, until)
    bank = _agreed(now)
    if (earlier := last_signed(till)) and earlier.until >= until:
        raise DomainError(_("This day is signed already."))
    kept = Reconciliation(
        till_id=till.id,
        until=until,
        bank_balance=bank,
        book_balance=now.book,
        open_items=_items(now),
        note=note,
        signed_by=g.get("actor_id"),
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def signed(till: Till) -> Sequence[Signed]:
    """Every reconciliation of an account, the latest first."""
    return _signed(Reconciliation.till_id == till.id)


def find(till: Till, number: int) -> Signed | None:
    return next(iter(_signed(Reconciliation.till_id == till.id, Reconciliation.id == number)), None)


def _signed(*conditions: ColumnElement[bool]) -> list[Signed]:
    query = (
        select(Reconciliation, User.name)
        .outerjoin(User, User.id == Reconciliation.signed_by)
        .where(*conditions)
        .order_by(Reconciliation.until.desc())
    )
    return [Signed(kept, name or "") for kept, name in db.session.execute(query)]


def _agreed(now: Comparison) -> Rupiah:
    """What the bank had, when every rupiah of the difference is listed."""
    if now.bank is None:
        raise DomainError(_("No statement says what the bank had on this day."))
    if now.gap:
        raise DomainError(_("A statement in between is missing: bring it in first."))
    if now.explained:
        raise DomainError(_("Bank and books still differ. Match or record what is missing."))
    return now.bank


def _items(now: Comparison) -> dict[str, Any]:
    return {
        "bank": [[line.on.isoformat(), line.text, line.amount] for line in now.lines],
        "book": [[j.on.isoformat(), j.voucher, j.memo, j.amount] for j in now.journals],
        "start": now.start,
    }


def _start(till: Till, until: date) -> Rupiah:
    """What bank and books already differed by before the first statement."""
    first = first_statement(till)
    if first is None or first.opening is None:
        return 0
    before = movements.balance_on(till.account_id, first.first_day - timedelta(days=1))
    return first.opening - before + early(till, until)
