"""The cash book of a till (buku kas, buku bank): what stood in it, and each line since with the
balance after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.cash import entries, photos
from app.cash.models import Till
from app.core.money import Rupiah
from app.ledger import accounts, reports


@dataclass(frozen=True)
class BookLine:
    """A line of a cash book, and whether a photo of the receipt proves it."""

    entry: reports.Entry
    has_photo: bool

    @property
    def is_ours(self) -> bool:
        """Whether it was recorded on the cash pages and can be opened there."""
        return self.entry.source_kind in entries.KINDS

    @property
    def words(self) -> str:
        entry = self.entry
        return f"{entry.memo} · {entry.party}" if entry.party else entry.memo


@dataclass(frozen=True)
class CashBook:
    """A till from a day through a day."""

    till: Till
    first: date
    last: date
    opening: Rupiah
    lines: Sequence[BookLine]

    @property
    def title(self) -> str:
        """Buku Kas Tunai, Buku Bank BRI, Buku Saldo BRILink"""
        return f"Buku {self.till.name}"

    @property
    def taken_in(self) -> Rupiah:
        return sum(line.entry.debit for line in self.lines)

    @property
    def paid_out(self) -> Rupiah:
        return sum(line.entry.credit for line in self.lines)

    @property
    def closing(self) -> Rupiah:
        return self.opening + self.taken_in - self.paid_out


def cash_book(till: Till, first: date, last: date, *, known_at: datetime | None = None) -> CashBook:
    """The book of a till, perhaps as it was known at an instant."""
    account = accounts.named([till.account_id])[till.account_id]
    found = reports.entries(account, first, last, known_at=known_at)
    proven = photos.proven(entry.source_key for entry in found)
    return CashBook(
        till=till,
        first=first,
        last=last,
        opening=reports.balance_before(account, first, known_at=known_at),
        lines=[BookLine(entry, entry.source_key in proven) for entry in found],
    )
