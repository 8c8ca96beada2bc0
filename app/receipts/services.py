"""A payment as its payer sees it: the journal behind it, with its number and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask_babel import force_locale
from flask_babel import gettext as _

from app.core import clock
from app.core.money import Rupiah, rupiah, terbilang
from app.dues import payers
from app.dues.payments import owed_principal
from app.dues.standing import standing
from app.ledger import reports
from app.ledger import services as ledger
from app.ledger.models import Journal, Posting, VoucherKind
from app.members import services as members
from app.members.models import Member
from app.printing.days import in_short
from app.receipts.tokens import Reference, sign
from tenants.scope import current_tenant


@dataclass(frozen=True)
class Receipt:
    """A journal as the member sees it: what was given or taken, and how they stand since."""

    journal: Journal
    member: Member
    lines: Sequence[Posting]
    by: str
    reversal: Journal | None
    owed: Rupiah  # principal and dues, today
    payer: str  # who paid for the member; empty when it was the member

    @property
    def is_income(self) -> bool:
        return self.journal.voucher.kind is VoucherKind.CASH_IN

    @property
    def total(self) -> Rupiah:
        return sum(line.debit + line.credit for line in self.lines)

    @property
    def number(self) -> str:
        return str(self.journal.voucher)

    @property
    def token(self) -> str:
        """By which anybody may check the receipt."""
        return sign(Reference(current_tenant().id, self.journal.id))


def find(kind: str, year: int, number: int) -> Receipt | None:
    """The receipt of a voucher; None where it is not money of a member."""
    if kind not in (VoucherKind.CASH_IN, VoucherKind.CASH_OUT):
        return None
    journal = ledger.find_journal(VoucherKind(kind), year, number)
    return of(journal) if journal else None


def of(journal: Journal) -> Receipt | None:
    """A journal as a receipt; None where it moved no money of a member."""
    member, lines = _member_in(journal)
    if member is None or journal.voucher.kind is VoucherKind.GENERAL:
        return None
    return Receipt(
        journal=journal,
        member=member,
        lines=lines,
        by=reports.recorded_by(journal),
        reversal=ledger.reversal_of(journal),
        owed=_owed(member),
        payer=payers.payer_of(journal.id),
    )


def message(receipt: Receipt, link: str) -> str:
    """The receipt as one sends it by WhatsApp, with the link to check it."""
    with force_locale("id"):
        return "\n".join(part for part in _message(receipt, link) if part)


def whatsapp(receipt: Receipt, link: str) -> str:
    """A link that opens WhatsApp with the text; without a number one picks whom to send to."""
    number = receipt.member.phone.lstrip("+")
    return f"https://wa.me/{number}?text={quote(message(receipt, link))}"


def _member_in(journal: Journal) -> tuple[Member | None, list[Posting]]:
    """Whose money a journal moved, and the lines that say so."""
    lines = [line for line in journal.postings if line.party_id]
    return members.find_by_party(lines[0].party_id or 0) if lines else None, lines


def _owed(member: Member) -> Rupiah:
    missing = 0 if member.left_on else owed_principal(member, clock.today())
    return standing(member).owed + missing


def _message(receipt: Receipt, link: str) -> list[str]:
    head = _("Money received") if receipt.is_income else _("Money paid out")
    return [
        current_tenant().legal_name,
        f"{receipt.number}, {in_short(receipt.journal.posted_on)}",
        _("CANCELLED: this receipt no longer counts.") if receipt.reversal else "",
        f"{receipt.member.name} ({receipt.member.code})",
        _("Paid by %(name)s", name=receipt.payer) if receipt.payer else "",
        *(f"{line.memo}: {rupiah(line.debit + line.credit)}" for line in receipt.lines),
        f"{head}: {rupiah(receipt.total)} ({terbilang(receipt.total)})",
        _("Still owed: %(sum)s", sum=rupiah(receipt.owed)) if receipt.owed else "",
        _("Check: %(link)s", link=link),
    ]
