"""A receipt on paper: A5 with the member's and the office's copy, and a slip of 58 mm."""

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app.core import clock
from app.core.money import Rupiah, terbilang
from app.printing import qr
from app.printing.days import in_short, written
from app.printing.pdf import pdf
from app.receipts.services import Receipt
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import setting


def sheets(receipt: Receipt, link: str) -> bytes:
    """The kuitansi: two sheets of A5, one for the member and one for the office."""
    return _print("receipts/print/receipt.typ", receipt, link)


def slip(receipt: Receipt, link: str) -> bytes:
    """The struk: 58 mm wide and as long as it needs to be."""
    return _print("receipts/print/slip.typ", receipt, link)


def _print(template: str, receipt: Receipt, link: str) -> bytes:
    with force_locale("id"):
        data = _content(receipt, link) | {"words": _words(receipt)}
    return pdf(template, data, at=receipt.journal.created_at)


def _content(receipt: Receipt, link: str) -> dict[str, Any]:
    coop, journal, member = current_tenant(), receipt.journal, receipt.member
    return {
        "cooperative": coop.legal_name,
        "address": coop.address,
        "number": receipt.number,
        "day": written(journal.posted_on),
        "member": member.name,
        "code": member.code,
        "payer": receipt.payer,
        "lines": [
            {"for": line.memo or journal.memo, "amount": line.debit + line.credit}
            for line in receipt.lines
        ],
        "total": receipt.total,
        "spelled": terbilang(receipt.total),
        "by": receipt.by,
        "owed": receipt.owed,
        "is_income": receipt.is_income,
        "needs_stamp": _needs_stamp(receipt.total),
        "void": _void(receipt),
        "qr": qr.svg(link),
        "link": link,
    }


def _void(receipt: Receipt) -> str:
    """Why the paper no longer counts; empty when it does."""
    if receipt.reversal is None:
        return ""
    number, day = receipt.reversal.voucher, in_short(receipt.reversal.posted_on)
    return str(_("Cancelled by %(number)s on %(day)s", number=number, day=day))


def _needs_stamp(total: Rupiah) -> bool:
    return total > int(setting(Key.STAMP_ABOVE, clock.today()))


def _words(receipt: Receipt) -> dict[str, str]:
    """What is printed beside the figures."""
    income = receipt.is_income
    return {
        "title": _("Receipt for cash received") if income else _("Receipt for cash paid out"),
        "number": _("Number"),
        "day": _("Date"),
        "member": _("Member"),
        "paid_for": _("For member"),
        "person": _("Received from") if income else _("Paid to"),
        "sum": _("The sum of"),
        "spelled": _("In words"),
        "for": _("For"),
        "total": _("Total"),
        "owed": _("Still owed on %(day)s", day=in_short(clock.today())),
        "nothing": _("nothing"),
        "check": _("Scan to check"),
        "stamp": _("Duty stamp"),
        "payer": _("Payer") if income else _("Recipient"),
        "officer": _("Received by") if income else _("Paid out by"),
        "system": _("The system"),
        "copies": [_("Member's copy"), _("Office copy")],
        "void": _("VOID"),
    }
