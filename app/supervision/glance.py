"""The city at a glance: sums, the map, a page of the ranking, how far each has come.

The database adds up, ranks and counts, so a province's thousands of cooperatives cost hardly
more than the 27 of a city: only what is shown comes out of it.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from app.core.period import Period
from app.supervision import city
from app.supervision.measures import SUMS, Measure, Row

MONTHS = 12
PAGE = 50  # a map is drawn where all are on one page
STUCK = 30  # so many are named at each step

_MAP = tomllib.loads(Path(__file__).with_name("map.toml").read_text())["rows"]
# The way of a cooperative. The keys are columns of the open data: they do not change.
STEPS: tuple[tuple[str, Any], ...] = (
    ("terdaftar", _l("Listed")),
    ("punya_anggota", _l("Has members")),
    ("mulai_buku", _l("Has begun the books")),
    ("menagih_iuran", _l("Bills dues")),
    ("rutin_tiga_bulan", _l("Collects for three months")),
    ("tutup_buku", _l("Closes its months")),
)
ORDERS = {"terbaik": _l("Best first"), "terburuk": _l("Worst first"), "nama": _l("By name")}


@dataclass(frozen=True)
class Place:
    """A cooperative in the ranking, with its months of the measure, the asked one last."""

    slug: str
    ward: str
    now: int | None
    before: int | None
    history: Sequence[int | None]


@dataclass(frozen=True)
class Stage:
    """A step on the way of a cooperative: how many reached it, how many got no further."""

    label: Any
    reached: int
    stuck: int
    named: Sequence[tuple[str, str]]  # slug and ward of the first of those


_MONTH = """
    tenants t LEFT JOIN indicator_months m ON m.tenant_id = t.id AND m.period = :month
    WHERE (:district = '' OR t.district = :district)
"""


@dataclass(frozen=True)
class Sums:
    """How many cooperatives there are, how many reported, and the row of their sums."""

    total: int
    reported: int
    row: Row


_SUMS = text(f"SELECT count(*) AS total, count(m.tenant_id) AS reported, {SUMS} FROM {_MONTH}")  # noqa: S608 (constants)


def sums(period: Period, district: str = "") -> Sums:
    """All cooperatives (of a district) together in a month."""
    (row,) = city.ask(_SUMS, month=period.first_day, district=district)
    return Sums(row.total, row.reported, row)


def ranking(
    measure: Measure, period: Period, district: str = "", *, order: str = "terbaik", first: int = 0
) -> list[Place]:
    """A page of cooperatives; those of whom nothing is known come last. Two questions."""
    asked = {"month": period.first_day, "district": district, "first": first, "size": PAGE}
    page = city.ask(_ranked(measure, order), **asked)
    since = period.plus(1 - MONTHS)
    values = _values(measure, [row.id for row in page], since, period)
    days = [month.first_day for month in since.through(period)]
    return [
        Place(row.slug, row.ward, line[-1], line[-2], line)
        for row in page
        for line in [[values.get((row.id, day)) for day in days]]
    ]


def tiles(places: Sequence[Place]) -> list[list[Place | None]]:
    """The map: rows of squares, None where there is a gap; what is not drawn comes last."""
    known = {place.slug: place for place in places}
    rows = [[known.get(slug) for slug in row] for row in _MAP]
    drawn = {slug for row in _MAP for slug in row}
    return rows + [[place] for slug, place in known.items() if slug not in drawn]


def step_reached(collects: str) -> str:
    """SQL: the last step reached with all those before it; `collects` says dues came in."""
    return f"""
        CASE WHEN NOT coalesce(m.members_active > 0, false) THEN 0
             WHEN NOT coalesce(m.opening_entered > 0, false) THEN 1
             WHEN NOT coalesce(m.dues_billed > 0, false) THEN 2
             WHEN NOT coalesce({collects}, false) THEN 3
             WHEN m.closed_through IS NULL THEN 4 ELSE 5 END
    """


_FUNNEL = text(f"""
    WITH collected AS (
        SELECT tenant_id FROM indicator_months
        WHERE period BETWEEN :since AND :month AND dues_settled > 0
        GROUP BY tenant_id HAVING count(*) = 3
    ), reached AS (
        SELECT t.slug, t.ward,
               {step_reached("t.id IN (SELECT tenant_id FROM collected)")} AS step
        FROM {_MONTH}
    ), placed AS (
        SELECT *, count(*) OVER (PARTITION BY step) AS here,
               row_number() OVER (PARTITION BY step ORDER BY ward) AS place
        FROM reached
    )
    SELECT step, here, slug, ward FROM placed WHERE place <= :named ORDER BY step, ward
""")  # noqa: S608 (constants)


def funnel(period: Period, district: str = "") -> list[Stage]:
    """From being listed to closing the books: who has come how far."""
    asked = {"month": period.first_day, "since": period.plus(-2).first_day, "district": district}
    rows = city.ask(_FUNNEL, **asked, named=STUCK)
    here = {row.step: row.here for row in rows}
    last = len(STEPS) - 1
    return [
        Stage(
            label,
            reached=sum(count for reached, count in here.items() if reached >= step),
            stuck=here.get(step, 0) if step < last else 0,
            named=[(row.slug, row.ward) for row in rows if row.step == step < last],
        )
        for step, (_key, label) in enumerate(STEPS)
    ]


def _ranked(measure: Measure, order: str) -> Any:
    falls = measure.low_is_good == (order == "terburuk")
    by = f"{measure.value} {'DESC' if falls else 'ASC'} NULLS LAST, " if order != "nama" else ""
    return text(
        f"SELECT t.id, t.slug, t.ward FROM {_MONTH} ORDER BY {by} t.ward"  # noqa: S608 (constants)
        " LIMIT :size OFFSET :first"
    )


def _values(
    measure: Measure, tenants: Sequence[int], since: Period, through: Period
) -> dict[tuple[int, date], int | None]:
    """The measure of some cooperatives, month by month."""
    asked = {"first": since.first_day, "last": through.first_day, "tenants": list(tenants)}
    rows = city.ask(_history(measure), **asked)
    return {(row.tenant_id, row.period): measure.of(row) for row in rows}


def _history(measure: Measure) -> Any:
    return text(
        f"SELECT tenant_id, period, {measure.columns} FROM indicator_months"  # noqa: S608 (constants)
        " WHERE tenant_id = ANY(:tenants) AND period BETWEEN :first AND :last"
    )
