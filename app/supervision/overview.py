"""The city at a glance: every cooperative beside the others, and how far each has come."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from app.core.period import Period
from app.supervision import city
from app.supervision.measures import Measure, Row

_MAP = tomllib.loads(Path(__file__).with_name("map.toml").read_text())["rows"]
MONTHS = 12


@dataclass(frozen=True)
class Standing:
    """A cooperative in a month: its row (None: nothing reported) and the months before."""

    id: int
    slug: str
    ward: str
    legal_name: str
    district: str
    now: Row | None
    before: Row | None
    history: Sequence[Row | None]  # twelve months, the month itself last


@dataclass(frozen=True)
class Stage:
    """A step on the way of a cooperative, and who stands there."""

    label: Any
    reached: Sequence[Standing]
    stuck: Sequence[Standing]  # reached this step and not the next


_TENANTS = text("SELECT id, slug, ward, legal_name, district FROM tenants ORDER BY ward")
_REPORTED = text("""
    SELECT * FROM indicator_months WHERE period BETWEEN :first AND :last ORDER BY period
""")


def standings(period: Period, district: str = "") -> list[Standing]:
    """Every cooperative (of a district) in a month, by name of the ward. Two questions."""
    first = period.plus(1 - MONTHS)
    reported: dict[tuple[int, date], Row] = {
        (row.tenant_id, row.period): row
        for row in city.ask(_REPORTED, first=first.first_day, last=period.first_day)
    }
    months = [month.first_day for month in first.through(period)]
    return [
        Standing(
            tenant.id,
            tenant.slug,
            tenant.ward,
            tenant.legal_name,
            tenant.district,
            now=reported.get((tenant.id, months[-1])),
            before=reported.get((tenant.id, months[-2])),
            history=[reported.get((tenant.id, month)) for month in months],
        )
        for tenant in city.ask(_TENANTS)
        if district in ("", tenant.district)
    ]


def tiles(found: Sequence[Standing]) -> list[list[Standing | None]]:
    """The map: rows of squares, None where there is a gap; what is not drawn comes last."""
    known = {standing.slug: standing for standing in found}
    rows = [[known.get(slug) for slug in row] for row in _MAP]
    drawn = {slug for row in _MAP for slug in row}
    return rows + [[standing] for slug, standing in known.items() if slug not in drawn]


def ranked(found: Sequence[Standing], measure: Measure) -> list[Standing]:
    """The best first; those of whom nothing is known come last."""

    def place(standing: Standing) -> tuple[bool, int, str]:
        value = measure.of(standing.now)
        signed = 0 if value is None else value if measure.low_is_good else -value
        return (value is None, signed, standing.ward)

    return sorted(found, key=place)


def funnel(found: Sequence[Standing]) -> list[Stage]:
    """From being listed to closing the books: who has reached which step."""
    steps: list[tuple[Any, Callable[[Standing], bool]]] = [
        (_l("Listed"), lambda s: True),
        (_l("Has members"), lambda s: bool(s.now and s.now.members_active)),
        (_l("Has begun the books"), lambda s: bool(s.now and s.now.opening_entered)),
        (_l("Bills dues"), lambda s: bool(s.now and s.now.dues_billed)),
        (_l("Collects for three months"), _collects),
        (_l("Closes its months"), lambda s: bool(s.now and s.now.closed_through)),
    ]
    stages, here = [], list(found)
    for number, (label, reaches) in enumerate(steps):
        here = [standing for standing in here if reaches(standing)]
        after = steps[number + 1][1] if number + 1 < len(steps) else None
        stuck = [standing for standing in here if after and not after(standing)]
        stages.append(Stage(label, here, stuck))
    return stages


def districts() -> list[str]:
    return [row.district for row in city.ask(_DISTRICTS)]


_DISTRICTS = text("SELECT DISTINCT district FROM tenants ORDER BY district")


def _collects(standing: Standing) -> bool:
    """Somebody paid dues in each of the last three months."""
    last = standing.history[-3:]
    return all(row is not None and bool(row.dues_settled) for row in last)


_SEALS = text("""
    SELECT number, sealed_at, encode(head, 'hex') AS head FROM seal_heads
    WHERE tenant_id = :tenant ORDER BY number DESC LIMIT 5
""")


def seals_of(standing: Standing) -> Sequence[Row]:
    """The city's copy of the last seals over a cooperative's journals."""
    return city.ask(_SEALS, tenant=standing.id)
