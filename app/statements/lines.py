"""What stands behind a line of a statement: its accounts, each with its figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.money import Rupiah
from app.ledger.models import Side
from app.statements.layout import BETWEEN_UNITS, PAST_RESULTS, RESULTS, Layout, Line
from app.statements.statement import Statement, on_line, side_of

_COMPUTED = (RESULTS, PAST_RESULTS, BETWEEN_UNITS)


@dataclass(frozen=True)
class Behind:
    """An account behind a line, in every column; or what is computed and has no ledger."""

    code: str
    name: str
    amounts: Sequence[Rupiah]

    @property
    def is_account(self) -> bool:
        return self.code not in _COMPUTED


def detail(plan: Layout, line: Line, statement: Statement) -> list[Behind]:
    """The accounts of a line by code, and what each brings to it."""
    sign = 1 if side_of(plan, line) is Side.DEBIT else -1
    columns = [on_line(plan, line, items) for items in statement.columns]
    names = {item.code: item.name for items in columns for item in items}
    found = [
        Behind(
            code,
            names[code],
            [sum(sign * item.net for item in items if item.code == code) for items in columns],
        )
        for code in sorted(names)
    ]
    return [behind for behind in found if any(behind.amounts)]
