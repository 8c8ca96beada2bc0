"""The report of a shift on paper: A5, or a strip of 58 mm for the printer of the till."""

from typing import Any

from babel.dates import format_datetime

from app.cash.counting import DENOMINATIONS
from app.cash.models import Shift
from app.cash.shifts import Held, Report
from app.core import clock
from app.ledger.accounts import Movement
from app.printing.pdf import pdf
from tenants.scope import current_tenant


def printed(report: Report, *, narrow: bool) -> bytes:
    shift = report.held.shift
    return pdf("cash/print/shift.typ", _data(report, narrow), at=shift.closed_at or clock.now())


def _data(report: Report, narrow: bool) -> dict[str, Any]:
    coop = current_tenant()
    return {
        "narrow": narrow,
        "coop": coop.legal_name,
        "address": coop.address,
        **_who_and_when(report.held),
        **_opening(report.held.shift),
        **_closing(report),
        "counts": _counts(report.held.shift),
        "movements": [_movement(each) for each in report.movements],
    }


def _who_and_when(held: Held) -> dict[str, Any]:
    return {
        "till": held.till.name,
        "cashier": held.cashier,
        "number": held.shift.id,
        "opened": _at(held.shift.opened_at),
        "closed": _at(held.shift.closed_at),
        "closed_by": held.closed_by,
    }


def _opening(shift: Shift) -> dict[str, Any]:
    return {
        "opening_count": shift.opening_count,
        "opening_balance": shift.opening_balance,
        "opening_difference": shift.opening_difference,
        "opening_note": shift.opening_note,
    }


def _closing(report: Report) -> dict[str, Any]:
    """What should lie in the drawer is told after the count only, on paper as on the screen."""
    shift = report.held.shift
    return {
        "taken_in": report.taken_in,
        "paid_out": report.paid_out,
        "expected": report.expected if shift.closed_at else None,
        "counted": shift.counted,
        "difference": shift.difference if shift.counted is not None else None,
        "note": shift.note,
    }


def _counts(shift: Shift) -> list[dict[str, int]]:
    pieces = shift.counts or {}
    return [{"value": value, "pieces": pieces.get(str(value), 0)} for value in DENOMINATIONS]


def _movement(movement: Movement) -> dict[str, Any]:
    return {
        "voucher": str(movement.voucher),
        "memo": movement.memo,
        "amount": movement.debit - movement.credit,
    }


def _at(instant: Any) -> str:
    if instant is None:
        return ""
    local = instant.astimezone(clock.CITY_TIMEZONE)
    return str(format_datetime(local, "d MMM y HH.mm", locale="id"))
