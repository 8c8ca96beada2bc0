"""The ministry's figures beside ours. A 0 of the ministry may mean that nothing was reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from app.supervision import city
from tenants.queries import standing_by_itself


class Verdict(StrEnum):
    """How the two figures stand to each other."""

    SAME = "sama"
    DIFFERS = "beda"
    UNREPORTED = "nol"  # 0 at the ministry, something with us
    UNKNOWN = "tidak-diketahui"  # one of the two is not known


@dataclass(frozen=True)
class Compared:
    """What is compared: a column of theirs, and what we hold against it."""

    column: str
    label: Any
    kind: str  # count, rupiah, held
    ours: str  # SQL
    further: bool = False  # theirs stands among the columns kept as sent, by this name

    @property
    def of_savings(self) -> bool:
        """Whether it is about savings and those who paid them."""
        return self.kind != "held" and not self.further

    @property
    def theirs(self) -> str:
        """SQL: the ministry's figure; nothing where it is no number."""
        if not self.further:
            return f"m.{self.column}"
        sent = f"m.others->>'{self.column}'"
        return f"CASE WHEN {sent} ~ '^[0-9]{{1,15}}$' THEN ({sent})::bigint END"


def _held(column: str, item: str) -> str:
    """SQL: 1 when the number is known, or the document stands in the register."""
    return f"""(t.{column} <> '' OR EXISTS (SELECT FROM readiness r WHERE r.tenant_id = t.id
               AND r.item = '{item}' AND r.state = 'ada'))::int"""


# Their transactions are those of the shops since the first; ours are sales, fees and commission
# of the books, of all months up to that of the statistics. How many sales there were, the books
# do not say.
_SOLD = """(SELECT sum(coalesce(s.sales_members, 0) + coalesce(s.sales_others, 0)
                       + coalesce(s.fees, 0) + coalesce(s.commission, 0))
                   FILTER (WHERE num_nonnulls(s.sales_members, s.sales_others, s.fees,
                                              s.commission) > 0)::bigint
            FROM indicator_months s WHERE s.tenant_id = t.id AND s.period <= :on)"""
COMPARED = (
    Compared("principal_members", _l("Paid principal"), "count", "principal_payers"),
    Compared("principal_amount", _l("Principal savings"), "rupiah", "savings_principal"),
    Compared("mandatory_members", _l("Paid mandatory"), "count", "mandatory_payers"),
    Compared("mandatory_amount", _l("Mandatory savings"), "rupiah", "savings_mandatory"),
    Compared(
        "savings_total",
        _l("All savings"),
        "rupiah",
        "savings_principal + savings_mandatory + savings_voluntary",
    ),
    Compared("transaction_value", _l("Transactions"), "rupiah", _SOLD, further=True),
    Compared(
        "transaction_volume", _l("Number of transactions"), "count", "NULL::bigint", further=True
    ),
    Compared("tax_number", _l("NPWP"), "held", _held("tax_number", "npwp")),
    Compared("business_number", _l("NIB"), "held", _held("business_number", "nib")),
)
_COMPARED_FURTHER = frozenset(compared.column for compared in COMPARED if compared.further)


@dataclass(frozen=True)
class Pair:
    """One figure twice: the ministry's and ours."""

    what: Compared
    theirs: int | None
    ours: int | None

    @property
    def verdict(self) -> Verdict:
        if self.theirs is None or self.ours is None:
            return Verdict.UNKNOWN
        if self.theirs == self.ours:
            return Verdict.SAME
        return Verdict.UNREPORTED if self.theirs == 0 else Verdict.DIFFERS

    @property
    def difference(self) -> int | None:
        """Ours less theirs."""
        known = self.theirs is not None and self.ours is not None
        return self.ours - self.theirs if known else None  # type: ignore[operator]


@dataclass(frozen=True)
class Line:
    """A cooperative with both sets of figures."""

    slug: str
    ward: str
    district: str
    ours_on: date | None  # the day that our figures speak of
    in_file: bool
    pairs: Sequence[Pair]
    others: dict[str, str]

    def count(self, *verdicts: Verdict) -> int:
        return sum(pair.verdict in verdicts for pair in self.pairs)

    @property
    def departs(self) -> bool:
        """Whether anything differs."""
        return self.count(Verdict.DIFFERS, Verdict.UNREPORTED) > 0

    @property
    def has_ours(self) -> bool:
        """Whether its books say anything of the savings; that it has papers is nothing of books."""
        return any(pair.ours is not None for pair in self.pairs if pair.what.of_savings)


# Ours of the latest day up to the ministry's; where there is none, of the first day after it.
_LINES = text(f"""
    WITH reported AS (
        SELECT tenant_id, "on" AS day, principal_payers, mandatory_payers, savings_principal,
               savings_mandatory, savings_voluntary
        FROM indicator_days
        UNION ALL
        SELECT tenant_id, least((period + interval '1 month')::date - 1,
                                (reported_at AT TIME ZONE 'Asia/Jakarta')::date),
               principal_payers, mandatory_payers, savings_principal, savings_mandatory,
               savings_voluntary
        FROM indicator_months
    ), nearest AS (
        SELECT DISTINCT ON (tenant_id) * FROM reported
        ORDER BY tenant_id, (day <= :on) DESC, abs(day - :on)
    )
    SELECT t.slug, t.ward, t.district, o.day, m.tenant_id IS NOT NULL AS in_file, m.others,
           {", ".join(f"{c.theirs} AS their_{c.column}" for c in COMPARED)},
           {", ".join(f"{c.ours} AS our_{c.column}" for c in COMPARED)}
    FROM tenants t
    LEFT JOIN ministry_figures m ON m.tenant_id = t.id AND m."on" = :on
    LEFT JOIN nearest o ON o.tenant_id = t.id
    WHERE (:district = '' OR t.district = :district)
      AND CASE WHEN :slug = '' THEN {standing_by_itself("t.id", ":on")}
               ELSE t.slug = :slug END
    ORDER BY t.district, t.ward
""")  # noqa: S608 (constants)
_DAYS = text('SELECT DISTINCT "on" FROM ministry_figures ORDER BY "on" DESC')


def days() -> list[date]:
    """The days of statistics that were taken over, the latest first."""
    return [row.on for row in city.ask(_DAYS)]


def lines(on: date, *, district: str = "", slug: str = "") -> list[Line]:
    """Every cooperative (of a district, or one) with the ministry's figures of a day and ours."""
    found = city.ask(_LINES, on=on, district=district, slug=slug)
    return [
        Line(
            row.slug,
            row.ward,
            row.district,
            ours_on=row.day,
            in_file=row.in_file,
            pairs=[
                Pair(c, getattr(row, f"their_{c.column}"), getattr(row, f"our_{c.column}"))
                for c in COMPARED
            ],
            others={k: v for k, v in (row.others or {}).items() if k not in _COMPARED_FURTHER},
        )
        for row in found
    ]
