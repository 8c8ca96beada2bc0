"""The measures that the city compares cooperatives by, each from what they reported.

What is measured is said once, in SQL over a row of `indicator_months`. A ratio keeps its parts,
so that a group's is the sum of parts over the sum of wholes and never the mean of percentages
(case G18). Where nothing was reported, or there is nothing to divide by, a measure is None.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core.money import rupiah

_UNITS = (
    (1_000_000_000, _l("bn")),
    (1_000_000, _l("m")),
    (1_000, _l("k")),
)

Row = Any  # a row that holds `columns` of the measures asked of it


@dataclass(frozen=True)
class Measure:
    """What is measured: a part to add up, and for a ratio the whole to divide by."""

    key: str
    label: Any
    kind: str  # count, rupiah, percent, days
    part: str  # SQL
    whole: str = "NULL::bigint"  # SQL
    limits: tuple[int, ...] = ()  # where the five classes of the map begin
    low_is_good: bool = False
    personal: tuple[str, ...] = ()  # figures in it that are left out where they tell of few people

    @property
    def few(self) -> str:
        """SQL: whether something of it was left out, as it tells of fewer than five people."""
        names = ", ".join(f"'{name}'" for name in self.personal)
        return f"coalesce(withheld && ARRAY[{names}]::varchar[], false)" if names else "false"

    @property
    def columns(self) -> str:
        """Part and whole of one cooperative, and whether it is few people's, for a query."""
        return (
            f"{self.part} AS {self.key}_part, {self.whole} AS {self.key}_whole,"
            f" {self.few}::int AS {self.key}_few"
        )

    @property
    def sums(self) -> str:
        """Part and whole of several together; days are those of the worst, if all are known.

        And of how many of them something was left out.
        """
        whole = f"sum({self.whole}) FILTER (WHERE {self.part} IS NOT NULL)::bigint"
        part = f"sum({self.part})::bigint"
        if self.kind == "days":
            part = f"CASE WHEN bool_and({self.part} IS NOT NULL) THEN max({self.part}) END"
        few = f"count(*) FILTER (WHERE {self.few})" if self.personal else "0"
        return f"{part} AS {self.key}_part, {whole} AS {self.key}_whole, {few} AS {self.key}_few"

    @property
    def value(self) -> str:
        """What cooperatives are ranked by."""
        return f"{self.part}::numeric / nullif({self.whole}, 0)" if self.is_ratio else self.part

    @property
    def shown(self) -> str:
        """The same as it is shown: a percentage in tenths, rounded as in `over`."""
        if not self.is_ratio:
            return self.part
        return f"(2000 * {self.part} + {self.whole}) / nullif(2 * {self.whole}, 0)"

    @property
    def is_ratio(self) -> bool:
        return self.kind == "percent"

    def of(self, row: Row | None) -> int | None:
        """The value of one cooperative; a percentage in tenths of a percent."""
        return self.over([row] if row is not None else [])

    def over(self, rows: Iterable[Row | None]) -> int | None:
        """The value of several together; days are those of the worst, if all are known.

        Where all but nothing was left out, the sum is not known, and no 0.
        """
        told = list(rows)
        pairs: list[tuple[Any, Any]] = [
            (None, None) if row is None else self._pair(row) for row in told
        ]
        known = [pair for pair in pairs if pair[0] is not None]
        if not known or (self.kind == "days" and len(known) < len(pairs)):
            return None
        parts: list[int] = [part for part, _whole in known]
        if not self.is_ratio:
            value = max(parts) if self.kind == "days" else sum(parts)
            return None if value == 0 and self.left_out(told) else value
        whole: int = sum(whole or 0 for _part, whole in known)
        return (2000 * sum(parts) + whole) // (2 * whole) if whole else None

    def left_out(self, rows: Iterable[Row | None]) -> int:
        """Of how many cooperatives something was left out, as it tells of few people."""
        return sum(getattr(row, f"{self.key}_few") for row in rows if row is not None)

    def each(self, rows: Iterable[Row | None]) -> list[int | None]:
        """The value of each of several months."""
        return [self.of(row) for row in rows]

    def class_of(self, value: int | None) -> int | None:
        """The class of the map, 1 to 5, where 5 is best; None for what is not known."""
        if value is None:
            return None
        passed = sum(value >= limit for limit in self.limits)
        return 5 - passed if self.low_is_good else 1 + passed

    def classes(self) -> list[tuple[int, str]]:
        """The classes of the map, 1 to 5, each with the values that it holds, for the legend."""
        begins = [f"< {self.brief_of(self.limits[0])}"]
        begins += [f"≥ {self.brief_of(limit)}" for limit in self.limits]
        return list(enumerate(reversed(begins) if self.low_is_good else begins, start=1))

    def text_of(self, value: int | None) -> str:
        """How a value is written for people: 71,9 %, Rp1.250.000, 3 days, 1.204."""
        if value is None:
            return "–"
        if self.kind == "percent":
            return f"{value // 10},{value % 10} %"
        if self.kind == "rupiah":
            return rupiah(value)
        if self.kind == "days":
            return str(ngettext("%(num)s day", "%(num)s days", value))
        return f"{value:,}".replace(",", ".")

    def brief_of(self, value: int | None) -> str:
        """The same where there is little room: Rp7,7 m; cut off, so that no class is overstated."""
        if self.kind != "rupiah" or value is None or abs(value) < 1_000:
            return self.text_of(value)
        size, unit = next(step for step in _UNITS if abs(value) >= step[0])
        tenths = abs(value) * 10 // size
        number = f"{tenths // 10},{tenths % 10}".removesuffix(",0")
        return f"{'-' if value < 0 else ''}Rp{number} {unit}"

    def _pair(self, row: Row) -> tuple[Any, Any]:
        return getattr(row, f"{self.key}_part"), getattr(row, f"{self.key}_whole")


# Days from the last entry to the day a month's figures speak of: its last, or while it runs
# that of the report.
_SILENT = """(least((period + interval '1 month')::date - 1,
    (reported_at AT TIME ZONE 'Asia/Jakarta')::date) - last_activity_on)"""
# The same from the last day of the last closed month.
_UNCLOSED = _SILENT.replace("last_activity_on", "closed_through")
_KINDS = ("savings_principal", "savings_mandatory", "savings_voluntary")
# What is left out may be all there is; the rest is no 0 then.
_SAVINGS = f"""(CASE WHEN num_nonnulls({", ".join(_KINDS)}) > 0
    THEN nullif({" + ".join(f"coalesce({kind}, 0)" for kind in _KINDS)},
                CASE WHEN withheld && ARRAY['{"', '".join(_KINDS)}']::varchar[] THEN 0 END) END)"""

MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure(
            "tertagih",
            _l("Dues collected"),
            "percent",
            "dues_settled",
            "dues_billed",
            limits=(250, 500, 750, 900),
            personal=("dues_settled",),
        ),
        Measure(
            "membayar",
            _l("Members who have paid this month"),
            "percent",
            "dues_members_settled",
            "dues_members_billed",
            limits=(250, 500, 750, 900),
        ),
        Measure(
            "anggota",
            _l("Active members"),
            "count",
            "members_active",
            limits=(1, 20, 50, 200),
        ),
        Measure(
            "simpanan",
            _l("Savings"),
            "rupiah",
            _SAVINGS,
            limits=(1, 1_000_000, 5_000_000, 25_000_000),
            personal=_KINDS,
        ),
        Measure(
            "tunggakan",
            _l("Arrears over 90 days"),
            "rupiah",
            "arrears_over",
            limits=(1, 500_000, 2_000_000, 10_000_000),
            low_is_good=True,
            personal=("arrears_over",),
        ),
        Measure(
            "usaha",
            _l("Revenue this year"),
            "rupiah",
            "revenue",
            limits=(1, 1_000_000, 10_000_000, 50_000_000),
        ),
        Measure(
            "hasil",
            _l("Result this year"),
            "rupiah",
            "(revenue - coalesce(expenses, 0))",
            limits=(-1_000_000, 0, 1_000_000, 10_000_000),
        ),
        Measure(
            "diam",
            _l("Days since the last entry"),
            "days",
            _SILENT,
            limits=(7, 14, 30, 60),
            low_is_good=True,
        ),
        Measure(
            "tutup",
            _l("Days since the last closed month"),
            "days",
            _UNCLOSED,
            limits=(41, 71, 102, 132),
            low_is_good=True,
        ),
        Measure(
            "berkas",
            _l("Legal documents"),
            "count",
            "documents",
            limits=(1, 2, 4, 5),
        ),
    )
}

COLUMNS = ", ".join(measure.columns for measure in MEASURES.values())
SUMS = ", ".join(measure.sums for measure in MEASURES.values())
