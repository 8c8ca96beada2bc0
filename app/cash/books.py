"""The cash book of a till (buku kas, buku bank): what stood in it, and each line since with the
balance after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.cash import entries, photos
from app.cash.models import Till
from app.core.money import Rupiah
from app.ledger import account_book, accounts, reports


@dataclass(frozen=True)
class BookLine:
    """A line of a cash book, and whether a photo of the receipt proves it."""

    entry: account_book.Entry
    has_photo: bool

    @property
    def is_ours(self) -> bool:
        """Whether it was recorded on the cash pages and can be opened there."""
        return self.entry.source_kind in entries.KINDS

    @property
    def words(self) -> str:
        entry = self.entry
        said = f"{entry.memo} · {entry.party}" if entry.party else entry.memo
        return f"BATAL · {said}" if entry.void else said


@dataclass(frozen=True)
class CashBook:
    """A till from a day through a day; the lines may be a page of them."""

    till: Till
    first: date
    last: date
    opening: Rupiah
    moved: account_book.Moved
    lines: Sequence[BookLine]

    @property
    def title(self) -> str:
        """Buku Kas Tunai, Buku Bank BRI, Buku Saldo BRILink"""
        return f"Buku {self.till.name}"

    @property
    def taken_in(self) -> Rupiah:
        return self.moved.debit

    @property
    def paid_out(self) -> Rupiah:
        return self.moved.credit

    @property
    def closing(self) -> Rupiah:
        return self.opening + self.taken_in - self.paid_out


def cash_book(
    till: Till,
    first: date,
    last: date,
    *,
    known_at: datetime | None = None,
    skip: int = 0,
    limit: int | None = None,
) -> CashBook:
    """The book of a till, or a page of it, perhaps as it was known at an instant."""
    account = accounts.named([till.account_id])[till.account_id]
    found = account_book.entries(account, first, last, known_at=known_at, skip=skip, limit=limit)
    proven = photos.proven(entry.source_key for entry in found)
    return CashBook(
        till=till,
        first=first,
        last=last,
        opening=reports.balance_before(account, first, known_at=known_at),
        moved=account_book.moved(account, first, last, known_at=known_at),
        lines=[BookLine(entry, entry.source_key in proven) for entry in found],
    )


def lines(till: Till, first: date, last: date, *, known_at: datetime | None = None) -> int:
    """How many lines the book of a till has."""
    account = accounts.named([till.account_id])[till.account_id]
    return account_book.moved(account, first, last, known_at=known_at).lines
