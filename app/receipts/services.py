from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core.money import Rupiah, rupiah, terbilang
from app.dues.standing import standing
from app.ledger import reports
from app.ledger import services as ledger
from app.ledger.models import Journal, Posting, VoucherKind
from app.members import services as members
from app.members.models import Member
from tenants.scope import current_tenant


@dataclass(frozen=True)
class Receipt:
    """A journal as the member sees it: what was given or taken, and how they stand since."""

    journal: Journal
    member: Member
    lines: Sequence[Posting]
    by: str
    reversal: Journal | None
    owed: Rupiah

    @property
    def is_income(self) -> bool:
        return self.journal.voucher.kind is VoucherKind.CASH_IN

    @property
    def total(self) -> Rupiah:
        return sum(line.debit + line.credit for line in self.lines)

    @property
    def number(self) -> str:
        return str(self.journal.voucher)


def find(kind: str, year: int, number: int) -> Receipt | None:
    """The receipt of a voucher; None where it is not money of a member."""
    if kind not in (VoucherKind.CASH_IN, VoucherKind.CASH_OUT):
        return None
    journal = ledger.find_journal(VoucherKind(kind), year, number)
    lines = [line for line in journal.postings if line.party_id] if journal else []
    member = members.find_by_party(lines[0].party_id or 0) if lines else None
    if journal is None or member is None:
        return None
    return Receipt(
        journal=journal,
        member=member,
        lines=lines,
        by=reports.recorded_by(journal),
        reversal=ledger.reversal_of(journal),
        owed=standing(member).owed,
    )


def message(receipt: Receipt) -> str:
    """The receipt as one sends it by WhatsApp."""
    head = _("Money received") if receipt.is_income else _("Money paid out")
    lines = [f"{line.memo}: {rupiah(line.debit + line.credit)}" for line in receipt.lines]
    owed = _("Still owed: %(sum)s", sum=rupiah(receipt.owed)) if receipt.owed else ""
    parts = [
        current_tenant().legal_name,
        f"{receipt.number}, {_day(receipt)}",
        f"{receipt.member.name} ({receipt.member.code})",
        *lines,
        f"{head}: {rupiah(receipt.total)} ({terbilang(receipt.total)})",
        owed,
    ]
    return "\n".join(part for part in parts if part)


def whatsapp(receipt: Receipt) -> str:
    """A link that opens WhatsApp with the text; without a number one picks whom to send to."""
    return f"https://wa.me/{receipt.member.phone.lstrip('+')}?text={quote(message(receipt))}"


def _day(receipt: Receipt) -> str:
    return str(format_date(receipt.journal.posted_on, "d MMM y", locale=get_locale()))
