"""The statement of changes in equity (laporan perubahan ekuitas)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.money import Rupiah
from app.ledger import reports
from app.ledger.models import AccountType
from app.ledger.reports import TrialLine
from app.statements import position
from app.statements.asked import Asked, Span
from app.statements.layout import Line, layout
from app.statements.results import is_result
from app.statements.statement import Check, Item, Kind, Row, Statement, group_total

HEADS = ("Saldo awal", "SHU periode ini", "Penambahan", "Pengurangan", "Saldo akhir")
_SURPLUS = ("undivided", "surplus")
_SURPLUS_NAME = "SHU belum dibagikan dan tahun berjalan"


@dataclass(frozen=True)
class _Change:
    """How one part of equity went from its opening to its closing; credit is positive."""

    opening: Rupiah = 0
    earned: Rupiah = 0
    added: Rupiah = 0
    taken: Rupiah = 0

    @property
    def amounts(self) -> Sequence[Rupiah]:
        closing = self.opening + self.earned + self.added - self.taken
        return [self.opening, self.earned, self.added, -self.taken, closing]

    def __add__(self, other: "_Change") -> "_Change":
        return _Change(
            self.opening + other.opening,
            self.earned + other.earned,
            self.added + other.added,
            self.taken + other.taken,
        )


def equity(asked: Asked) -> Statement:
    """How each part of equity changed in the days asked for, and in those compared with."""
    spans = asked.spans()
    rows: list[Row] = []
    for span in spans:
        heading = span.unit.name if span.unit and asked.every_unit else span.label
        rows += [Row(Kind.HEAD, heading), *_block(_trial(span, asked))]
    return Statement(
        "perubahan-ekuitas", layout("equity").title, HEADS, rows, [_check(spans[0], asked, rows)]
    )


def _trial(span: Span, asked: Asked) -> Sequence[TrialLine]:
    return reports.trial_balance(
        span.first, span.last, unit_id=span.unit_id, known_at=asked.known_at
    ).lines


def _block(lines: Sequence[TrialLine]) -> list[Row]:
    changes = _changes(lines)
    rows = [
        Row(Kind.LINE, name, change.amounts)
        for name, change in changes.items()
        if any(change.amounts)
    ]
    total = sum(changes.values(), _Change())
    return [*rows, Row(Kind.SUM, "Jumlah ekuitas", total.amounts)]


def _changes(lines: Iterable[TrialLine]) -> dict[str, _Change]:
    plan = layout("position")
    parts = next(group.lines for group in plan.groups if group.key == "equity")
    changes = {_name(part): _Change() for part in parts}
    for line in lines:
        if is_result(line):
            earned = line.credit - line.debit
            changes[_SURPLUS_NAME] += _Change(-line.opening, earned=earned)
        elif line.type is AccountType.EQUITY:
            part = _name(plan.place(line.code, line.type))
            changes[part] += _Change(-line.opening, added=line.credit, taken=line.debit)
    return changes


def _name(part: Line) -> str:
    """Last year's surplus and this year's are one part: the turn of the year moves nothing."""
    return _SURPLUS_NAME if part.key in _SURPLUS else part.name


def _check(span: Span, asked: Asked, rows: Sequence[Row]) -> Check:
    items: list[Item] = position.items_of(span, asked)
    closing = next(row.amounts[-1] for row in rows if row.kind is Kind.SUM)
    stands = -group_total(layout("position"), ("equity",), items)
    return Check("Saldo akhir = jumlah ekuitas di posisi keuangan", closing, stands)
