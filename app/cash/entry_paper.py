"""The voucher of money in or out (bukti kas masuk, bukti kas keluar) on A5."""

from typing import Any

from babel.dates import format_date

from app.cash.entries import Recorded, Side
from app.core.money import terbilang
from app.ledger.models import VoucherKind
from app.printing.pdf import pdf
from tenants.scope import current_tenant

_TITLES = {
    VoucherKind.CASH_IN: "Bukti kas masuk",
    VoucherKind.CASH_OUT: "Bukti kas keluar",
    VoucherKind.GENERAL: "Bukti memorial",
}


def printed(found: Recorded) -> bytes:
    return pdf("cash/print/voucher.typ", _data(found), at=found.journal.created_at)


def _data(found: Recorded) -> dict[str, Any]:
    journal, coop = found.journal, current_tenant()
    return {
        "coop": coop.legal_name,
        "address": coop.address,
        "title": _TITLES[journal.voucher.kind],
        "number": str(journal.voucher),
        "day": format_date(journal.posted_on, "d MMMM y", locale="id"),
        "memo": journal.memo,
        "total": found.total,
        "words": terbilang(found.total),
        "by": found.by,
        "cancelled": str(found.reversal.voucher) if found.reversal else "",
        "sides": [_side(side) for side in found.sides],
        "receiver": "Penyetor" if journal.voucher.kind is VoucherKind.CASH_IN else "Penerima",
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "side": "Debit" if side.is_debit else "Kredit",
        "account": f"{side.account.code} {side.account.name}",
        "amount": side.amount,
    }
