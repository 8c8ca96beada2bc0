"""The report of a shift on paper: A5, or a strip of 58 mm for the printer of the till."""

from typing import Any

from babel.dates import format_datetime

from app.cash.counting import DENOMINATIONS
from app.cash.shifts import Report
from app.core import clock
from app.printing.pdf import pdf
from tenants.scope import current_tenant


def printed(report: Report, *, narrow: bool) -> bytes:
    shift = report.held.shift
    return pdf("cash/print/shift.typ", _data(report, narrow), at=shift.closed_at or clock.now())


def _data(report: Report, narrow: bool) -> dict[str, Any]:
    held, shift, coop = report.held, report.held.shift, current_tenant()
    counts = shift.counts or {}
    return {
        "narrow": narrow,
        "coop": coop.legal_name,
        "address": coop.address,
        "till": held.till.name,
        "cashier": held.cashier,
        "number": shift.id,
        "opened": _at(shift.opened_at),
        "closed": _at(shift.closed_at),
        "closed_by": held.closed_by,
        "opening_count": shift.opening_count,
        "opening_balance": shift.opening_balance,
        "opening_difference": shift.opening_difference,
        "opening_note": shift.opening_note,
        "taken_in": report.taken_in,
        "paid_out": report.paid_out,
        "expected": report.expected,
        "counted": shift.counted,
        "difference": shift.difference if shift.counted is not None else None,
        "note": shift.note,
        "counts": [
            {"value": value, "pieces": counts.get(str(value), 0)} for value in DENOMINATIONS
        ],
        "movements": [
            {
                "voucher": str(movement.voucher),
                "memo": movement.memo,
                "amount": movement.debit - movement.credit,
            }
            for movement in report.movements
        ],
    }


def _at(instant: Any) -> str:
    if instant is None:
        return ""
    local = instant.astimezone(clock.CITY_TIMEZONE)
    return str(format_datetime(local, "d MMM y HH.mm", locale="id"))
