"""The city at a glance: sums, the map, a page of the ranking, how far each has come.

The database adds up, ranks and counts, so a province's thousands of cooperatives cost hardly
more than the 27 of a city: only what is shown comes out of it.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from app.core import clock
from app.core.period import Period
from app.supervision import city
from app.supervision.measures import SUMS, Measure, Row
from tenants.definitions import Key
from tenants.queries import standing_by_itself
from tenants.settings import setting

MONTHS = 12
PAGE = 50  # a map is drawn where all are on one page
STUCK = 30  # so many are named at each step

_CITY = tomllib.loads(Path(__file__).with_name("map.toml").read_text())
_MAP, _SYLLABLES = _CITY["rows"], _CITY["syllables"]
# The way of a cooperative. The keys are columns of the open data: they do not change.
STEPS: tuple[tuple[str, Any], ...] = (
    ("terdaftar", _l("Listed")),
    ("punya_anggota", _l("Has members")),
    ("mulai_buku", _l("Has begun the books")),
    ("menagih_iuran", _l("Bills dues")),
    ("rutin_tiga_bulan", _l("Collects for three months")),
    ("tutup_buku", _l("Closes its months")),
    ("rat", _l("Members have met (RAT)")),
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
    few: bool  # something of it was left out, as it tells of fewer than five people

    @property
    def key(self) -> str:
        """By which the map knows its ward, whatever the address of its pages has become."""
        return self.ward.lower().replace(" ", "-")

    @property
    def hyphened(self) -> str:
        """The ward as it may be broken in a narrow square."""
        parts = _SYLLABLES.get(self.key, [])
        return "\u00ad".join(parts) if "".join(parts) == self.ward else self.ward

    @property
    def is_known(self) -> bool:
        return any(value is not None for value in self.history)


@dataclass(frozen=True)
class Stage:
    """A step on the way of a cooperative: how many reached it, how many got no further."""

    label: Any
    reached: int
    stuck: int
    named: Sequence[tuple[str, str]]  # slug and ward of the first of those
    waiting: int = 0  # got no further because the next step is not due yet


# Those merged into another by the end of the month, or by today, are part of that one.
_MONTH = f"""
    tenants t LEFT JOIN indicator_months m ON m.tenant_id = t.id AND m.period = :month
    WHERE (:district = '' OR t.district = :district) AND {standing_by_itself("t.id", ":by")}
"""


@dataclass(frozen=True)
class Sums:
    """How many cooperatives there are, and of those that reported their sums.

    How many reported, how many have closed the month before, when the last of them reported.
    """

    total: int
    reported: int
    closed: int
    reported_at: datetime | None
    row: Row


_COUNTED = f"""
    count(*) AS total, count(m.tenant_id) AS reported, max(m.reported_at) AS reported_at,
    count(*) FILTER (WHERE m.closed_through >= CAST(:month AS date) - 1) AS closed, {SUMS}
"""
_SUMS = text(f"SELECT {_COUNTED} FROM {_MONTH}")  # noqa: S608 (constants)


def sums(period: Period, district: str = "") -> Sums:
    """All cooperatives (of a district) together in a month."""
    (row,) = city.ask(_SUMS, **_of(period, district))
    return _summed(row)


def ranking(
    measure: Measure, period: Period, district: str = "", *, order: str = "terbaik", first: int = 0
) -> list[Place]:
    """A page of cooperatives; those of whom nothing is known come last."""
    since = period.plus(1 - MONTHS).first_day
    asked = {**_of(period, district), "since": since, "first": first, "size": PAGE}
    return [
        Place(row.slug, row.ward, row.history[-1], row.history[-2], row.history, row.few)
        for row in city.ask(_ranked(measure, order), **asked)
    ]


def tiles(places: Sequence[Place]) -> list[list[Place | None]]:
    """The map: rows of squares, None where there is a gap; what is not drawn comes last."""
    known = {place.key: place for place in places}
    rows = [[known.get(key) for key in row] for row in _MAP]
    drawn = {key for row in _MAP for key in row}
    return rows + [[place] for place in places if place.key not in drawn]


def step_reached(collects: str, met: str) -> str:
    """SQL: the last step reached with all those before it.

    `collects` says that dues came in, `met` that the members met over the year before.
    """
    return f"""
        CASE WHEN NOT coalesce(m.members_active > 0, false) THEN 0
             WHEN NOT coalesce(m.opening_entered > 0, false) THEN 1
             WHEN NOT coalesce(coalesce(m.dues_billed, m.dues_members_billed) > 0, false) THEN 2
             WHEN NOT coalesce({collects}, false) THEN 3
             WHEN m.closed_through IS NULL THEN 4
             WHEN NOT {met} THEN 5 ELSE 6 END
    """


def members_met(tenant: str, month: str) -> str:
    """SQL: that a meeting over the year before was held by the end of a month."""
    return f"""
        EXISTS (SELECT FROM member_meetings met
                WHERE met.tenant_id = {tenant} AND met.year = extract(year FROM {month}) - 1
                  AND met.held_on < {month} + interval '1 month')
    """  # noqa: S608 (names of columns and parameters)


# No meeting is due before the agency's deadline, nor over a year in which there was none.
_NOT_DUE = """
    (extract(month FROM CAST(:month AS date)) <= :meeting_months OR NOT EXISTS (
        SELECT FROM tenant_statuses s WHERE s.tenant_id = t.id AND s.status = 'legal'
        AND s.from_date < date_trunc('year', CAST(:month AS date))))
"""


# Of fewer than five people it is not said how much came, but how many have paid.
DUES_CAME = "coalesce(dues_settled, dues_members_settled) > 0"
_MET = members_met("t.id", "CAST(:month AS date)")
_CLOSES = len(STEPS) - 2  # the step before the meeting
_REACHED = f"""
    WITH collected AS (
        SELECT tenant_id FROM indicator_months
        WHERE period BETWEEN :since AND :month AND {DUES_CAME}
        GROUP BY tenant_id HAVING count(*) = 3
    ), reached AS (
        SELECT t.slug, t.ward,
               {step_reached("t.id IN (SELECT tenant_id FROM collected)", _MET)} AS step,
               {_NOT_DUE} AS not_due
        FROM {_MONTH}
    ), placed AS (
        SELECT step, slug, ward, here.waits, count(*) OVER same AS here,
               row_number() OVER (same ORDER BY ward) AS place
        FROM reached CROSS JOIN LATERAL (SELECT step = {_CLOSES} AND not_due AS waits) AS here
        WINDOW same AS (PARTITION BY step, here.waits)
    )
"""  # noqa: S608 (constants)
_FIRST_OF_EACH = "SELECT step, waits, here, slug, ward FROM placed WHERE place <= :named"
_TOGETHER = text(f"""
    {_REACHED}
    SELECT {_COUNTED},
           (SELECT json_agg(stuck ORDER BY step, ward) FROM ({_FIRST_OF_EACH}) AS stuck) AS stuck
    FROM {_MONTH}
""")  # noqa: S608 (constants)


def together(period: Period, district: str = "") -> tuple[Sums, list[Stage]]:
    """The sums of a month, and from being listed to the meeting of members who has come how far."""
    asked = {
        "since": period.plus(-2).first_day,
        "named": STUCK,
        "meeting_months": int(setting(Key.MEETING_AGENCY_MONTHS, clock.today())),
    }
    (row,) = city.ask(_TOGETHER, **_of(period, district), **asked)
    return _summed(row), _stages(row.stuck or [])


def funnel(period: Period, district: str = "") -> list[Stage]:
    """Who has come how far."""
    return together(period, district)[1]


def _stages(rows: Sequence[dict[str, Any]]) -> list[Stage]:
    here = {(row["step"], row["waits"]): row["here"] for row in rows}
    last = len(STEPS) - 1
    return [
        Stage(
            label,
            reached=sum(count for (reached, _waits), count in here.items() if reached >= step),
            stuck=here.get((step, False), 0) if step < last else 0,
            named=[
                (row["slug"], row["ward"])
                for row in rows
                if row["step"] == step < last and not row["waits"]
            ],
            waiting=here.get((step, True), 0),
        )
        for step, (_key, label) in enumerate(STEPS)
    ]


def _summed(row: Row) -> Sums:
    return Sums(row.total, row.reported, row.closed, row.reported_at, row)


def _of(period: Period, district: str) -> dict[str, Any]:
    by = min(period.last_day, clock.today())
    return {"month": period.first_day, "by": by, "district": district}


def _ranked(measure: Measure, order: str) -> Any:
    """SQL: a page of the ranking, each with its months of the measure."""
    falls = measure.low_is_good == (order == "terburuk")
    by = f"{measure.value} {'DESC' if falls else 'ASC'} NULLS LAST, " if order != "nama" else ""
    return text(f"""
        WITH page AS (
            SELECT t.id, t.slug, t.ward, {measure.few} AS few,
                   row_number() OVER (ORDER BY {by} t.ward) AS place
            FROM {_MONTH} ORDER BY place LIMIT :size OFFSET :first
        )
        SELECT slug, ward, few, array_agg(told.value ORDER BY day) AS history
        FROM page
        CROSS JOIN generate_series(CAST(:since AS date), :month, interval '1 month') AS day
        LEFT JOIN LATERAL (
            SELECT {measure.shown} AS value FROM indicator_months
            WHERE tenant_id = page.id AND period = day::date
        ) AS told ON true
        GROUP BY place, slug, ward, few ORDER BY place
    """)  # noqa: S608 (constants)
