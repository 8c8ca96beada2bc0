"""A statement: rows of figures in columns, arranged by a layout, and checked against itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.core.money import Rupiah
from app.ledger.models import AccountType, Side
from app.statements.layout import Group, Layout, Line


class Kind(StrEnum):
    """What a row is, so that screen and paper can show it so."""

    HEAD = "head"
    LINE = "line"
    TOTAL = "total"
    SUM = "sum"


@dataclass(frozen=True)
class Item:
    """An account (or what is computed like one) in one column: debit less credit."""

    code: str
    name: str
    type: AccountType
    net: Rupiah
    way: str = "both"


@dataclass(frozen=True)
class Row:
    """A row of a statement; a line carries the key under which its accounts are found."""

    kind: Kind
    label: str
    amounts: Sequence[Rupiah] = ()
    key: str = ""


@dataclass(frozen=True)
class Check:
    """Two ways to one figure, and whether they agree."""

    sentence: str
    left: Rupiah
    right: Rupiah

    @property
    def holds(self) -> bool:
        return self.left == self.right


@dataclass(frozen=True)
class Statement:
    """A statement, ready for the screen and for paper."""

    name: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Row]
    checks: Sequence[Check] = ()
    # The accounts of each line and column, to go down to.
    columns: Sequence[Sequence[Item]] = field(default=(), repr=False)

    @property
    def is_empty(self) -> bool:
        return not any(any(row.amounts) for row in self.rows)

    def amount(self, label: str, column: int = 0) -> Rupiah:
        """The figure of a row by its label; nothing when the row is not there."""
        found = next((row for row in self.rows if row.label == label and row.amounts), None)
        return found.amounts[column] if found else 0


def arrange(plan: Layout, columns: Sequence[Sequence[Item]]) -> list[Row]:
    """The rows of a statement: groups of lines that hold something, and the sums between."""
    figures = [_by_line(plan, items) for items in columns]
    rows = []
    for group in plan.groups:
        rows += _group_rows(group, figures)
        for sum_ in plan.sums:
            if sum_.after == group.key:
                groups = [g for g in plan.groups if g.key in sum_.of]
                amounts = [_shown(_total(groups, column), sum_.side) for column in figures]
                rows.append(Row(Kind.SUM, sum_.name, amounts))
    return rows


def without_idle(statement: Statement) -> Statement:
    """A statement without the columns in which nothing stands, but for the first."""
    rows = [row for row in statement.rows if row.amounts]
    kept = [n for n in range(len(statement.heads)) if n == 0 or any(row.amounts[n] for row in rows)]
    return replace(
        statement,
        heads=[statement.heads[n] for n in kept],
        rows=[
            replace(row, amounts=[row.amounts[n] for n in kept]) if row.amounts else row
            for row in statement.rows
        ],
        columns=[statement.columns[n] for n in kept] if statement.columns else (),
    )


def group_total(plan: Layout, keys: Iterable[str], items: Sequence[Item]) -> Rupiah:
    """What some groups come to, debit less credit."""
    figures = _by_line(plan, items)
    return _total([group for group in plan.groups if group.key in set(keys)], figures)


def on_line(plan: Layout, line: Line, items: Iterable[Item]) -> list[Item]:
    """The accounts that stand on a line."""
    return [item for item in items if plan.place(item.code, item.type, item.way) == line]


def side_of(plan: Layout, line: Line) -> Side:
    """The side on which a line is shown positive."""
    return next(group.side for group in plan.groups if line in group.lines)


def _by_line(plan: Layout, items: Iterable[Item]) -> dict[str, Rupiah]:
    found: dict[str, Rupiah] = defaultdict(int)
    for item in items:
        found[plan.place(item.code, item.type, item.way).key] += item.net
    return found


def _group_rows(group: Group, figures: Sequence[Mapping[str, Rupiah]]) -> list[Row]:
    lines = [
        Row(
            Kind.LINE,
            line.name,
            [_shown(column.get(line.key, 0), group.side) for column in figures],
            line.key,
        )
        for line in group.lines
    ]
    held = [row for row in lines if any(row.amounts)]
    if not held:
        return []
    total = [_shown(_total([group], column), group.side) for column in figures]
    return [Row(Kind.HEAD, group.name), *held, Row(Kind.TOTAL, group.total, total)]


def _total(groups: Iterable[Group], column: Mapping[str, Rupiah]) -> Rupiah:
    return sum(column.get(line.key, 0) for group in groups for line in group.lines)


def _shown(net: Rupiah, side: Side) -> Rupiah:
    return net if side is Side.DEBIT else -net
