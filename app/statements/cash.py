"""The statement of cash flows (laporan arus kas), by the direct method."""

from collections.abc import Sequence

from app.core.money import Rupiah
from app.ledger import reports
from app.ledger.cash_flows import cash_flows
from app.ledger.models import AccountType
from app.statements.asked import Asked, Span
from app.statements.layout import BETWEEN_UNITS, is_cash, layout
from app.statements.statement import Check, Item, Kind, Row, Statement, arrange


def cash(asked: Asked) -> Statement:
    """Where cash came from and where it went in the days asked for."""
    plan = layout("cash")
    spans = asked.spans()
    cash_ids = [account.id for account in reports.chart() if is_cash(account.code)]
    held = [_held(span, asked) for span in spans]
    columns = [_items(s, asked, cash_ids, h) for s, h in zip(spans, held, strict=True)]
    moved = [-sum(item.net for item in items) for items in columns]
    return Statement(
        "arus-kas",
        plan.title,
        [span.unit.name if span.unit and asked.every_unit else span.label for span in spans],
        [*arrange(plan, columns), *_foot(moved, held)],
        [Check("Kas awal + arus kas = kas di posisi keuangan", held[0][0] + moved[0], held[0][1])],
        columns,
    )


def _foot(moved: Sequence[Rupiah], held: Sequence[tuple[Rupiah, Rupiah]]) -> list[Row]:
    opening = [before for before, _after in held]
    return [
        Row(Kind.SUM, "Kenaikan (penurunan) bersih kas", moved),
        Row(Kind.LINE, "Kas dan setara kas pada awal periode", opening),
        Row(
            Kind.SUM,
            "Kas dan setara kas pada akhir periode",
            [before + change for before, change in zip(opening, moved, strict=True)],
        ),
    ]


def _held(span: Span, asked: Asked) -> tuple[Rupiah, Rupiah]:
    """Cash before the first day and after the last, by the summaries."""
    lines = [
        line
        for line in reports.trial_balance(
            span.first, span.last, unit_id=span.unit_id, known_at=asked.known_at
        ).lines
        if is_cash(line.code)
    ]
    return sum(line.opening for line in lines), sum(line.closing for line in lines)


def _items(
    span: Span, asked: Asked, cash_ids: Sequence[int], held: tuple[Rupiah, Rupiah]
) -> list[Item]:
    flows = cash_flows(
        span.first, span.last, cash=cash_ids, unit_id=span.unit_id, known_at=asked.known_at
    )
    items = [Item(f.code, f.name, f.type, -f.received, "in") for f in flows]
    items += [Item(f.code, f.name, f.type, f.paid, "out") for f in flows]
    if span.unit is not None:
        # What one line of business received into, or paid out of, another's cash.
        between = held[0] - held[1] - sum(item.net for item in items)
        items.append(Item(BETWEEN_UNITS, "Antargerai", AccountType.ASSET, between))
    return [item for item in items if item.net]
