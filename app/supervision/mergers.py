"""Cooperatives that went into another (digabung): where one went, and which came to it.

From the day on it is part of the other one: no sum, ranking or list counts it any more. What
was visited, found and handed in there stays, and is reached from the other one's page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from app.core import clock
from app.supervision import city
from tenants.queries import standing_by_itself


@dataclass(frozen=True)
class Merger:
    """That a cooperative went into another, on a day."""

    slug: str
    ward: str
    into_id: int
    into_slug: str
    into_ward: str
    on: date


_MERGERS = text(f"""
    SELECT t.slug, t.ward, s.merged_into AS into_id, other.slug AS into_slug,
           other.ward AS into_ward, s.from_date AS on
    FROM tenants t
    JOIN LATERAL (
        SELECT from_date, merged_into FROM tenant_statuses
        WHERE tenant_id = t.id AND status = 'merged' AND from_date <= :today
        ORDER BY from_date DESC, created_at DESC LIMIT 1
    ) AS s ON true
    JOIN tenants other ON other.id = s.merged_into
    WHERE (t.id = :tenant OR s.merged_into = :tenant)
      AND NOT ({standing_by_itself("t.id", ":today")})
    ORDER BY s.from_date, t.ward
""")  # noqa: S608 (constants)


def concerning(tenant_id: int) -> tuple[Merger | None, Sequence[Merger]]:
    """Where a cooperative went (None: it stands by itself), and those that came to it."""
    rows = city.ask(_MERGERS, tenant=tenant_id, today=clock.today())
    found = [Merger(**row._mapping) for row in rows]
    gone = [merger for merger in found if merger.into_id != tenant_id]
    return (gone[0] if gone else None), [m for m in found if m.into_id == tenant_id]


def heir_of(tenant_id: int) -> int:
    """The cooperative that a cooperative is part of today; itself where it stands by itself."""
    gone, _came = concerning(tenant_id)
    return heir_of(gone.into_id) if gone else tenant_id
