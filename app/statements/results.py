"""The statement of results (laporan perhitungan hasil usaha, PHU)."""

from app.core.money import Rupiah
from app.ledger import reports
from app.ledger.models import AccountType
from app.ledger.reports import TrialLine
from app.statements.asked import Asked, Span
from app.statements.layout import layout
from app.statements.statement import Check, Item, Statement, arrange, group_total

_RESULTS = (AccountType.REVENUE, AccountType.EXPENSE)
GROUPS = tuple(group.key for group in layout("results").groups)


def results(asked: Asked) -> Statement:
    """What was earned and spent in the days asked for, with members and with others."""
    plan = layout("results")
    spans = asked.spans()
    columns = [items_of(span, asked) for span in spans]
    shown = -group_total(plan, GROUPS, columns[0])
    moved = -sum(item.net for item in columns[0])
    return Statement(
        "hasil-usaha",
        plan.title,
        [span.unit.name if span.unit and asked.every_unit else span.label for span in spans],
        arrange(plan, columns),
        [Check("SHU = pendapatan dikurangi beban menurut neraca saldo", shown, moved)],
        columns,
    )


def surplus(span: Span, asked: Asked) -> Rupiah:
    """The surplus (SHU) of some days, after tax."""
    return -group_total(layout("results"), GROUPS, items_of(span, asked))


def items_of(span: Span, asked: Asked) -> list[Item]:
    """What each account of revenue and expense moved in some days."""
    lines = reports.trial_balance(
        span.first, span.last, unit_id=span.unit_id, known_at=asked.known_at
    ).lines
    return [
        Item(line.code, line.name, line.type, line.debit - line.credit)
        for line in lines
        if is_result(line)
    ]


def is_result(line: TrialLine) -> bool:
    return line.type in _RESULTS
