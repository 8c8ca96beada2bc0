"""The collection sheet on paper: taken along from door to door, with a line to sign."""

from collections.abc import Sequence
from typing import Any

from app.core import clock
from app.core.period import Period
from app.dues.accrual import rate_of
from app.dues.collection import Row
from app.dues.payments import describe
from app.printing.days import in_short
from app.printing.pdf import pdf
from tenants.scope import current_tenant


def printed(place: str, rows: Sequence[Row]) -> bytes:
    """The sheet of a place as it stands today."""
    coop = current_tenant()
    data = {
        "coop": coop.legal_name,
        "address": coop.address,
        "place": place,
        "day": in_short(clock.today()),
        "rate": rate_of(Period.current()),
        "owed": sum(row.position.owed for row in rows),
        "rows": [_row(row) for row in rows],
    }
    return pdf("dues/print/sheet.typ", data, at=clock.now())


def _row(row: Row) -> dict[str, Any]:
    position = row.position
    return {
        "name": row.member.name,
        "code": row.member.code,
        "where": row.member.neighbourhood,
        "months": describe(position.covers(position.owed)) if position.owed else "",
        "owed": position.owed,
    }
