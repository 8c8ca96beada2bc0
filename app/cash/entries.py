"""Money in and out in plain words: what it was for, how much, which till; the words know the
account, so whoever records it need not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.cash import categories, shifts, tills
from app.cash.models import Category, Direction, Till
from app.core import clock
from app.core.money import Rupiah
from app.ledger import accounts, reports
from app.ledger import services as ledger
from app.ledger.models import Account, Journal, VoucherKind
from app.ledger.services import Line, Posted, Source

CASH_OUT = "cash.out"
ENTRY = "cash.entry"
# The events that have a page of their own here.
KINDS = (ENTRY, "cash.transfer", "cash.own_pocket", "cash.repayment", "cash.difference")


@dataclass(frozen=True)
class Entry:
    """Money that came in or went out (no unit: as usual for the words)."""

    category: Category
    amount: Rupiah
    till: Till
    note: str
    unit_id: int | None = None

    @property
    def direction(self) -> Direction:
        return self.category.direction

    @property
    def memo(self) -> str:
        return f"{self.category.name}: {self.note}" if self.note else self.category.name


@dataclass(frozen=True)
class Side:
    """One side of the double entry, as one reads it out: "Debit Kas Tunai"."""

    is_debit: bool
    account: Account
    amount: Rupiah


@dataclass(frozen=True)
class Recorded:
    """A journal of the cash pages, as it reads on its page and on its voucher."""

    journal: Journal
    sides: Sequence[Side]
    by: str
    reversal: Journal | None

    @property
    def total(self) -> Rupiah:
        return sum(side.amount for side in self.sides if side.is_debit)


def record(entry: Entry, *, on: date, key: UUID) -> Posted | Approval:
    """Record money in or out; again with the same key, it counts once.

    What goes out above the limit is asked for instead, and booked when it is approved. A till
    gives no more than it holds: a `DomainError`. The caller commits.
    """
    shifts.check_may_handle(entry.till)
    if entry.direction is Direction.OUT and approvals.needs_second(entry.amount):
        return _ask(entry, key)
    return _post(entry, on=on, key=key)


def carry_out(approval: Approval) -> None:
    """Pay out what a second person has approved of, on the day of the approval."""
    arguments = approval.arguments
    category = categories.find(arguments["category_id"])
    till = tills.find(arguments["till_id"])
    assert category is not None
    assert till is not None
    entry = Entry(category, approval.amount, till, arguments["note"], arguments["unit_id"])
    _post(entry, on=clock.today(), key=UUID(approval.key))


def sides(category: Category, till: Till, amount: Rupiah) -> list[Side]:
    """The double entry that an entry will make: debit first."""
    named = accounts.named([category.account_id, till.account_id])
    money, purpose = named[till.account_id], named[category.account_id]
    debit, credit = (money, purpose) if category.direction is Direction.IN else (purpose, money)
    return [Side(True, debit, amount), Side(False, credit, amount)]


def find(kind: VoucherKind, year: int, number: int) -> Recorded | None:
    """What was recorded on these pages under a voucher; None for journals of other work."""
    journal = ledger.find_journal(kind, year, number)
    if journal is None or journal.source_kind not in KINDS:
        return None
    return Recorded(
        journal=journal,
        sides=[
            Side(line.debit > 0, line.account, line.debit + line.credit)
            for line in reports.lines_of(journal)
        ],
        by=reports.recorded_by(journal),
        reversal=ledger.reversal_of(journal),
    )


def _ask(entry: Entry, key: UUID) -> Approval:
    return approvals.ask(
        CASH_OUT,
        str(key),
        title=f"{entry.category.name} dari {entry.till.name}",
        amount=entry.amount,
        reason=entry.note,
        category_id=entry.category.id,
        till_id=entry.till.id,
        unit_id=entry.unit_id,
        note=entry.note,
    )


def _post(entry: Entry, *, on: date, key: UUID) -> Posted:
    tills.lock(entry.till)
    posted = ledger.post(
        on=on,
        memo=entry.memo,
        source=Source(ENTRY, str(key)),
        lines=_lines(entry),
        voucher=VoucherKind.CASH_IN if entry.direction is Direction.IN else VoucherKind.CASH_OUT,
    )
    if entry.direction is Direction.OUT and not posted.again:
        tills.check_gave(entry.till, entry.amount)
    return posted


def _lines(entry: Entry) -> list[Line]:
    """The result belongs to a line of business; money itself to the cooperative."""
    unit_id = entry.unit_id or entry.category.unit_id
    purpose, money = entry.category.account_id, entry.till.account_id
    if entry.direction is Direction.IN:
        return [
            Line(money, debit=entry.amount),
            Line(purpose, credit=entry.amount, unit_id=unit_id),
        ]
    return [Line(purpose, debit=entry.amount, unit_id=unit_id), Line(money, credit=entry.amount)]
