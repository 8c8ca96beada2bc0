"""Where an account stands in a statement: `layout.toml`, read once."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.ledger.models import AccountType, Side

_FILE = Path(__file__).with_suffix(".toml")

# What stands in a statement and in no account: computed, and placed like an account.
RESULTS = "results"  # the surplus since 1 January
PAST_RESULTS = "past-results"  # what the years before earned
BETWEEN_UNITS = "between-units"  # what one line of business owes the others


@dataclass(frozen=True)
class Line:
    """A line of a statement, and the starts of the codes that stand on it."""

    key: str
    name: str
    codes: Sequence[str]
    types: Sequence[AccountType] = ()  # of which it takes what no line names
    way: str = "both"  # of cash: "in", "out" or both


@dataclass(frozen=True)
class Group:
    """Lines under one head, with their sum."""

    key: str
    name: str
    total: str
    side: Side
    lines: Sequence[Line]


@dataclass(frozen=True)
class Sum:
    """What several groups come to, shown after one of them."""

    after: str
    name: str
    side: Side
    of: Sequence[str]


@dataclass(frozen=True)
class Layout:
    """One statement: its groups in order, and the sums between them."""

    title: str
    groups: Sequence[Group]
    sums: Sequence[Sum]

    def lines(self) -> Iterable[Line]:
        return (line for group in self.groups for line in group.lines)

    def place(self, code: str, type: AccountType, way: str = "both") -> Line:
        """The line of an account: the longest start that fits, else the one for its type."""
        open_here = [line for line in self.lines() if line.way in ("both", way)]
        fitting = [(start, line) for line in open_here for start in line.codes if fits(code, start)]
        if fitting:
            return max(fitting, key=lambda found: len(found[0]))[1]
        return next(line for line in open_here if type in line.types)

    def find(self, key: str) -> Line | None:
        return next((line for line in self.lines() if line.key == key), None)


def fits(code: str, start: str) -> bool:
    """Whether a code begins with whole parts of another: 1.1.1.01 with 1.1.1, 1.1.10 not."""
    return code == start or code.startswith(f"{start}.")


@cache
def layout(name: str) -> Layout:
    """The layout of a statement: "position", "results", "equity" or "cash"."""
    known = _read()[name]
    return Layout(
        known["title"],
        [_group(group) for group in known.get("groups", ())],
        [Sum(s["after"], s["name"], Side(s["side"]), s["of"]) for s in known.get("sums", ())],
    )


def is_cash(code: str) -> bool:
    """Whether an account counts as cash (kas dan setara kas)."""
    return any(fits(code, start) for start in _read()["cash"]["accounts"])


def is_turnover(code: str) -> bool:
    """Whether an account counts as turnover (omzet) for the final tax."""
    return any(fits(code, start) for start in _read()["turnover"]["accounts"])


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text())


def _group(group: dict[str, Any]) -> Group:
    return Group(
        group["key"],
        group["name"],
        group["total"],
        Side(group.get("side", "K")),
        [_line(*line) for line in group["lines"]],
    )


def _line(key: str, name: str, *rest: Any) -> Line:
    """`way` may be left out; what follows the codes are types."""
    way, codes, *types = rest if isinstance(rest[0], str) else ("both", *rest)
    return Line(key, name, codes, [AccountType(type) for type in types], way)
