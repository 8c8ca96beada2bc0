"""The measures that the city compares cooperatives by, each from what they reported.

A ratio keeps its parts, so that a group's is the sum of parts over the sum of wholes and never
the mean of percentages (case G18). Where nothing was reported, or there is nothing to divide
by, a measure is None.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.period import Period

Row = Any  # a row of indicator_months


@dataclass(frozen=True)
class Measure:
    """What is measured: parts to add up, and for a ratio the whole to divide by."""

    key: str
    label: Any
    kind: str  # count, rupiah, percent, days
    part: Callable[[Row], int | None]
    whole: Callable[[Row], int | None] | None = None
    limits: tuple[int, ...] = ()  # where the five classes of the map begin
    low_is_good: bool = False

    def of(self, row: Row | None) -> int | None:
        """The value of one cooperative; a percentage in tenths of a percent."""
        return self.over([row] if row is not None else [])

    def over(self, rows: Iterable[Row]) -> int | None:
        """The value of several together; days are those of the worst."""
        known = [row for row in rows if row is not None and self.part(row) is not None]
        if not known:
            return None
        parts = [self.part(row) or 0 for row in known]
        if self.kind == "days":
            return max(parts)
        if self.whole is None:
            return sum(parts)
        wholes = sum(self.whole(row) or 0 for row in known)
        return (2000 * sum(parts) + wholes) // (2 * wholes) if wholes else None

    def each(self, rows: Iterable[Row | None]) -> list[int | None]:
        """The value of each of several months."""
        return [self.of(row) for row in rows]

    def class_of(self, value: int | None) -> int | None:
        """The class of the map, 1 to 5, where 5 is best; None for what is not known."""
        if value is None:
            return None
        passed = sum(value >= limit for limit in self.limits)
        return 5 - passed if self.low_is_good else 1 + passed


def _plus(*names: str) -> Callable[[Row], int | None]:
    def add(row: Row) -> int | None:
        values = [getattr(row, name) for name in names]
        known = [value for value in values if value is not None]
        return sum(known) if known else None

    return add


def _silent(row: Row) -> int | None:
    if row.last_activity_on is None:
        return None
    return int((_as_of(row) - row.last_activity_on).days)


def _as_of(row: Row) -> date:
    """The day a month's figures speak of: its last, or while it runs that of the report."""
    return min(Period.of(row.period).last_day, clock.day_of(row.reported_at))


def _result(row: Row) -> int | None:
    return None if row.revenue is None else row.revenue - (row.expenses or 0)


MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure(
            "tertagih",
            _l("Dues collected"),
            "percent",
            _plus("dues_settled"),
            _plus("dues_billed"),
            limits=(250, 500, 750, 900),
        ),
        Measure(
            "anggota",
            _l("Active members"),
            "count",
            _plus("members_active"),
            limits=(1, 20, 50, 200),
        ),
        Measure(
            "simpanan",
            _l("Savings"),
            "rupiah",
            _plus("savings_principal", "savings_mandatory", "savings_voluntary"),
            limits=(1, 1_000_000, 5_000_000, 25_000_000),
        ),
        Measure(
            "tunggakan",
            _l("Arrears over 90 days"),
            "rupiah",
            _plus("arrears_over"),
            limits=(1, 500_000, 2_000_000, 10_000_000),
            low_is_good=True,
        ),
        Measure(
            "usaha",
            _l("Revenue this year"),
            "rupiah",
            _plus("revenue"),
            limits=(1, 1_000_000, 10_000_000, 50_000_000),
        ),
        Measure(
            "hasil",
            _l("Result this year"),
            "rupiah",
            _result,
            limits=(-1_000_000, 0, 1_000_000, 10_000_000),
        ),
        Measure(
            "diam",
            _l("Days since the last entry"),
            "days",
            _silent,
            limits=(7, 14, 30, 60),
            low_is_good=True,
        ),
        Measure(
            "berkas",
            _l("Legal documents"),
            "count",
            _plus("documents"),
            limits=(1, 2, 4, 5),
        ),
    )
}
