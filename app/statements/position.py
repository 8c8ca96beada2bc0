"""The statement of financial position (laporan posisi keuangan, neraca)."""

from collections.abc import Sequence

from app.core.money import Rupiah
from app.ledger import reports
from app.ledger.models import AccountType
from app.ledger.reports import TrialLine
from app.statements.asked import Asked, Span
from app.statements.layout import BETWEEN_UNITS, PAST_RESULTS, RESULTS, layout
from app.statements.results import is_result, surplus
from app.statements.statement import Check, Item, Statement, arrange, group_total

ASSETS = ("current", "fixed")
CLAIMS = ("short", "long", "equity")


def position(asked: Asked) -> Statement:
    """What the cooperative has and owes at the end of the last day asked for."""
    plan = layout("position")
    spans = asked.days()
    columns = [items_of(span, asked) for span in spans]
    return Statement(
        "posisi-keuangan",
        plan.title,
        [span.unit.name if span.unit and asked.every_unit else span.label_of_day for span in spans],
        arrange(plan, columns),
        _checks(spans, columns, asked),
        columns,
    )


def items_of(span: Span, asked: Asked) -> list[Item]:
    """What each account holds at the end of the last day, and the surplus that follows."""
    lines = reports.trial_balance(
        span.year_start, span.last, unit_id=span.unit_id, known_at=asked.known_at
    ).lines
    items = [
        Item(line.code, line.name, line.type, line.closing) for line in lines if not is_result(line)
    ]
    items += _computed(lines)
    if span.unit is not None:
        # A line of business has no books of its own: what its journals moved to others is
        # what stands between them.
        between = -sum(item.net for item in items)
        items.append(Item(BETWEEN_UNITS, "Hubungan dengan gerai lain", AccountType.ASSET, between))
    return items


def _computed(lines: Sequence[TrialLine]) -> list[Item]:
    earned = [line for line in lines if is_result(line)]
    this_year = sum(line.debit - line.credit for line in earned)
    before = sum(line.opening for line in earned)
    return [
        Item(RESULTS, "SHU sejak 1 Januari", AccountType.EQUITY, this_year),
        Item(PAST_RESULTS, "SHU tahun-tahun sebelumnya", AccountType.EQUITY, before),
    ]


def _checks(
    spans: Sequence[Span], columns: Sequence[Sequence[Item]], asked: Asked
) -> Sequence[Check]:
    plan = layout("position")
    assets = group_total(plan, ASSETS, columns[0])
    claims = -group_total(plan, CLAIMS, columns[0])
    span = spans[0]
    year = Span(span.year_start, span.last, span.unit)
    return [
        Check("Aset = kewajiban + ekuitas", assets, claims),
        Check(
            "SHU tahun berjalan = perhitungan hasil usaha sejak 1 Januari",
            _surplus_in(columns[0]),
            surplus(year, asked),
        ),
    ]


def _surplus_in(items: Sequence[Item]) -> Rupiah:
    return -next(item.net for item in items if item.code == RESULTS)
