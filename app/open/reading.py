"""The months that everybody may see, read as the city and added up by the database.

Of each area and month come the sums and what they would tell: how many cooperatives and how
many of their members are in them that are not public anyway. A province's worth costs little
more than a city's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from app.core import clock
from app.core.period import Period
from app.open.models import Subject
from app.supervision import city, glance
from app.supervision.figures import SMALLEST_GROUP
from app.supervision.measures import Row
from tenants.queries import standing_by_itself

MONTHS = 24


@dataclass(frozen=True)
class Quantity:
    """A figure that is added up: its column, the group it is published with, and its SQL."""

    column: str
    subject: Subject
    value: str
    people: str = "coalesce(m.members_active, 0)"  # how many members stand behind it
    withheld: str = "false"  # whether the cooperative itself has left something of it out

    @property
    def is_public(self) -> str:
        few = f"({self.people} BETWEEN 1 AND {SMALLEST_GROUP - 1} OR {self.withheld})"
        return f"(c.{self.subject} AND NOT {few})"

    @property
    def sums(self) -> str:
        """The sum of an area, and what in it is not public, of those that add something."""
        secret = f"FILTER (WHERE coalesce({self.value}, 0) <> 0 AND NOT {self.is_public})"
        return (
            f"sum({self.value})::bigint AS {self.column},"
            f" count(*) {secret} AS {self.column}_secret,"
            f" coalesce(sum({self.people}) {secret}, 0)::bigint AS {self.column}_people"
        )

    @property
    def own(self) -> str:
        """The figure of one cooperative if it is public, and whether few people hide it."""
        return (
            f"CASE WHEN {self.is_public} THEN {self.value} END AS {self.column},"
            f" c.{self.subject} AND NOT {self.is_public} AS {self.column}_hidden"
        )


def _plus(*columns: str) -> str:
    """The sum of what is known of these."""
    added = " + ".join(f"coalesce(m.{column}, 0)" for column in columns)
    known = ", ".join(f"m.{column}" for column in columns)
    return f"(CASE WHEN num_nonnulls({known}) > 0 THEN {added} END)"


def _withheld(*columns: str) -> str:
    """That one of these was left out by the cooperative, as it tells of too few."""
    names = ", ".join(f"'{column}'" for column in columns)
    return f"coalesce(m.withheld && ARRAY[{names}]::varchar[], false)"


_KINDS = ("savings_principal", "savings_mandatory", "savings_voluntary")
QUANTITIES = (
    Quantity("anggota_aktif", Subject.MEMBERS, "m.members_active"),
    Quantity("simpanan", Subject.SAVINGS, _plus(*_KINDS), withheld=_withheld(*_KINDS)),
    Quantity("iuran_ditagih", Subject.SAVINGS, "m.dues_billed", withheld=_withheld("dues_billed")),
    Quantity(
        "iuran_diterima", Subject.SAVINGS, "m.dues_settled", withheld=_withheld("dues_settled")
    ),
    Quantity(
        "penjualan",
        Subject.BUSINESS,
        _plus("sales_members", "sales_others", "fees", "commission"),
        people="0",
    ),
)

_CHOICES = ", ".join(
    f"coalesce(bool_or(published) FILTER (WHERE subject = '{subject}'), false) AS {subject}"
    for subject in Subject
)
_REACHED = ", ".join(
    f"count(*) FILTER (WHERE reached.step >= {step}) AS step_{step}"
    for step in range(len(glance.STEPS))
)
# Each cooperative with what it publishes; each month with whether dues came in three running.
_GIVEN = f"""
    WITH decided AS (
        SELECT DISTINCT ON (tenant_id, subject) tenant_id, subject, published
        FROM publications ORDER BY tenant_id, subject, id DESC
    ), c AS (
        SELECT t.id, t.ward, t.ward_code, t.district,
               {_CHOICES}
        FROM tenants t LEFT JOIN decided ON decided.tenant_id = t.id
        GROUP BY t.id
    ), m AS (
        SELECT *, count(*) FILTER (WHERE {glance.DUES_CAME}) OVER (
                   PARTITION BY tenant_id ORDER BY period
                   RANGE BETWEEN '2 months' PRECEDING AND CURRENT ROW) = 3 AS collects
        FROM indicator_months
        WHERE period BETWEEN :first - interval '2 months' AND :last
    ), month AS (
        SELECT generate_series(:first, :last, interval '1 month')::date AS period
    )
"""  # noqa: S608 (constants)
_STEP = glance.step_reached("m.collects", glance.members_met("c.id", "month.period"))
# One that went into another by the end of a month is part of that one.
_STANDS = standing_by_itself(
    "c.id", "least((month.period + interval '1 month')::date - 1, CAST(:today AS date))"
)
_AREAS = text(f"""
    {_GIVEN}
    SELECT month.period, c.district, min(c.ward_code) AS ward_code,
           count(m.tenant_id) AS reported,
           {_REACHED},
           {", ".join(quantity.sums for quantity in QUANTITIES)}
    FROM month CROSS JOIN c
    LEFT JOIN m ON m.tenant_id = c.id AND m.period = month.period
    CROSS JOIN LATERAL (SELECT {_STEP} AS step) AS reached
    WHERE {_STANDS}
    GROUP BY month.period, c.district ORDER BY month.period DESC, c.district
""")  # noqa: S608 (constants)
_COOPERATIVES = text(f"""
    {_GIVEN}
    SELECT month.period, c.ward, c.ward_code, c.district,
           {", ".join(quantity.own for quantity in QUANTITIES)},
           CASE WHEN c.launch THEN m.documents END AS documents,
           CASE WHEN c.launch THEN (
               SELECT status FROM tenant_statuses s
               WHERE s.tenant_id = c.id AND s.from_date < month.period + interval '1 month'
               ORDER BY from_date DESC, created_at DESC LIMIT 1) END AS status
    FROM month CROSS JOIN c
    LEFT JOIN m ON m.tenant_id = c.id AND m.period = month.period
    WHERE ({" OR ".join(f"c.{subject}" for subject in Subject)}) AND {_STANDS}
      AND (:tenant = 0 OR c.id = :tenant)
    ORDER BY month.period DESC, c.district, c.ward
""")  # noqa: S608 (constants)
_SPAN = text("""
    SELECT min(period) AS first, max(period) AS last, max(reported_at) AS reported_at
    FROM indicator_months
""")


@dataclass(frozen=True)
class Month:
    """The rows of a month: of districts, and of cooperatives that publish anything."""

    period: Period
    districts: Sequence[Row]
    cooperatives: Sequence[Row]


@dataclass(frozen=True)
class Read:
    """What the page and the open data are made of; months, the latest first."""

    months: Sequence[Month]
    reported_at: datetime | None


def read() -> Read:
    """The last months of which anything was reported, in three questions."""
    (span,) = city.ask(_SPAN)
    if span.last is None:
        return Read([], None)
    first = max(span.first, Period.of(span.last).plus(1 - MONTHS).first_day)
    asked = {"first": first, "last": span.last, "today": clock.today()}
    areas, own = city.ask(_AREAS, **asked), city.ask(_COOPERATIVES, **asked, tenant=0)
    return Read(list(_by_month(areas, own)), span.reported_at)


def latest_of(tenant_id: int) -> Row | None:
    """What a cooperative publishes of the last month of which anything was reported."""
    (span,) = city.ask(_SPAN)
    if span.last is None:
        return None
    asked = {"first": span.last, "last": span.last, "today": clock.today()}
    return next(iter(city.ask(_COOPERATIVES, **asked, tenant=tenant_id)), None)


def _by_month(areas: Sequence[Row], cooperatives: Sequence[Row]) -> Iterator[Month]:
    own: dict[date, list[Any]] = {}
    for row in cooperatives:
        own.setdefault(row.period, []).append(row)
    districts: dict[date, list[Any]] = {}
    for row in areas:
        districts.setdefault(row.period, []).append(row)
    for period, rows in districts.items():
        yield Month(Period.of(period), rows, own.get(period, []))
