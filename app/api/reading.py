"""The rows of each list, asked as the city: in a fixed order, from a position on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import text

from app.api.fields import Position
from app.core import clock
from app.supervision import city
from app.supervision.measures import Row
from tenants.queries import standing_by_itself

_PRESENT = """(
    SELECT status, merged_into FROM tenant_statuses s
    WHERE s.tenant_id = t.id AND s.from_date <= (now() AT TIME ZONE 'Asia/Jakarta')::date
    ORDER BY from_date DESC, created_at DESC LIMIT 1)"""
_COOPERATIVES = text(f"""
    SELECT t.id AS tenant_id, t.slug, t.ward, t.ward_code, t.district, t.legal_name,
           t.founded_on, present.status, heir.slug AS merged_into
    FROM tenants t
    LEFT JOIN LATERAL {_PRESENT} AS present ON true
    LEFT JOIN tenants heir ON heir.id = present.merged_into
    WHERE t.id > :after AND (:district = '' OR t.district = :district)
      AND (:slug = '' OR t.slug = :slug)
    ORDER BY t.id LIMIT :limit
""")  # noqa: S608 (constants)
_DOCUMENTS = text(f"""
    SELECT t.id AS tenant_id, t.slug AS cooperative, m.documents, 5 AS of,
           m.documents = 5 AS complete, m.reported_at
    FROM tenants t
    LEFT JOIN LATERAL (
        SELECT documents, reported_at FROM indicator_months
        WHERE tenant_id = t.id ORDER BY period DESC LIMIT 1) m ON true
    WHERE t.id > :after AND {standing_by_itself("t.id", ":today")}
    ORDER BY t.id LIMIT :limit
""")  # noqa: S608 (constants)
# From the day of a merger, and for its month as a whole, the other cooperative reports for both.
_INDICATORS = """
    SELECT t.slug AS cooperative, t.ward_code, to_char(m.{key}, 'YYYY-MM') AS month, m.*
    FROM indicator_{kind}s m JOIN tenants t ON t.id = m.tenant_id
    WHERE (m.{key}, m.tenant_id) > (:day, :after) AND m.{key} BETWEEN :since AND :until
      AND (:cooperative = '' OR t.slug = :cooperative) AND {standing}
    ORDER BY m.{key}, m.tenant_id LIMIT :limit
"""
_LAST_DAY = "least((m.period + interval '1 month')::date - 1, CAST(:today AS date))"
_MONTHS = text(
    _INDICATORS.format(kind="month", key="period", standing=standing_by_itself("t.id", _LAST_DAY))
)
_DAYS = text(
    _INDICATORS.format(kind="day", key='"on"', standing=standing_by_itself("t.id", 'm."on"'))
)
_EVER = {"since": date.min, "until": date.max, "cooperative": ""}
_BEGIN: Position = (1, 0)


def cooperatives(
    *, limit: int, after: Position = _BEGIN, district: str = "", slug: str = ""
) -> Sequence[Row]:
    return city.ask(_COOPERATIVES, after=after[1], limit=limit, district=district, slug=slug)


def documents(*, limit: int, after: Position = _BEGIN) -> Sequence[Row]:
    return city.ask(_DOCUMENTS, today=clock.today(), after=after[1], limit=limit)


def months(*, after: Position = _BEGIN, **asked: Any) -> Sequence[Row]:
    today = clock.today()
    return city.ask(_MONTHS, today=today, **_from(after), **{**_EVER, **asked})


def days(*, after: Position = _BEGIN, **asked: Any) -> Sequence[Row]:
    return city.ask(_DAYS, **_from(after), **{**_EVER, **asked})


def _from(position: Position) -> dict[str, Any]:
    number, tenant_id = position
    return {"day": date.fromordinal(number), "after": tenant_id}
