"""What a journal is made of before it is written: its lines, its event, its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.money import Rupiah
from app.ledger.models import AccountRole, VoucherKind


@dataclass(frozen=True)
class Line:
    """An amount on one side of an account, named by its role or by its id.

    Without a unit it belongs to the office (`Unit.GENERAL`).
    """

    account: AccountRole | int
    debit: Rupiah = 0
    credit: Rupiah = 0
    party_id: int | None = None
    memo: str | None = None
    unit_id: int | None = None


@dataclass(frozen=True)
class Source:
    """The event that a journal records. Its key must be the same on every retry."""

    kind: str
    key: str


@dataclass(frozen=True)
class Posted:
    """A journal that now stands in the books, and whether it stood there before."""

    journal_id: int
    kind: VoucherKind
    year: int
    number: int
    again: bool = False


def debit(account: AccountRole, amount: Rupiah, party_id: int | None = None) -> Line:
    return Line(account, debit=amount, party_id=party_id)


def credit(
    account: AccountRole, amount: Rupiah, party_id: int | None = None, memo: str | None = None
) -> Line:
    return Line(account, credit=amount, party_id=party_id, memo=memo)


def refuse_unbalanced(lines: Sequence[Line]) -> None:
    """Both sides of a journal come to the same, which is more than nothing."""
    total = sum(line.debit for line in lines)
    if total == 0 or total != sum(line.credit for line in lines):
        raise ValueError(f"unbalanced journal: {lines}")
