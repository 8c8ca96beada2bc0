"""Journals written as a bookkeeper would: by code, in rupiah, for a line of business."""

from datetime import date
from functools import cache
from itertools import count

from app.ledger import reports
from app.ledger import services as ledger
from app.ledger.journal_entry import PERSONAL
from app.ledger.services import Line, Posted, Source
from app.statements.asked import Asked
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import decide

_serials = count(1)


def journal(on: date, memo: str, *lines: tuple, unit: str = "00") -> Posted:
    """journal(day, "Beli ATK", ("6.1.2.01", 450_000), ("1.1.1.01", -450_000)).

    Debit is positive. A line may name a line of business of its own. What belongs to members
    belongs to one of them.
    """
    accounts, personal, units = _known(current_tenant().id)
    return ledger.post(
        on=on,
        memo=memo,
        source=Source("test", f"{next(_serials)}"),
        lines=[
            Line(
                accounts[code],
                max(amount, 0),
                max(-amount, 0),
                personal.get(code),
                unit_id=units[own[0] if own else unit],
            )
            for code, amount, *own in lines
        ],
    )


def sell(amount, on=date(2026, 3, 2), account="4.2.1.01"):
    """Sales for cash of the first line of business."""
    journal(on, "Penjualan", ("1.1.1.01", amount), (account, -amount), unit="01")


def decide_rate(points, on=date(2026, 1, 1)):
    """The interest on voluntary savings, in basis points of a year."""
    decide(Key.INTEREST_RATE, points, from_date=on, legal_basis="RAT")


@cache
def _known(_tenant_id: int) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Accounts by code, whose page in it for those of members, and lines of business by code."""
    chart = reports.chart()
    somebody = ledger.open_party("Seorang anggota").id
    return (
        {account.code: account.id for account in chart},
        {account.code: somebody for account in chart if account.role in PERSONAL},
        {unit.code: unit.id for unit in ledger.units()},
    )


def year(number: int) -> Asked:
    return Asked(date(number, 1, 1), date(number, 12, 31))
