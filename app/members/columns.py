"""Which column of a list holds what: guessed from the headers, corrected by hand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from flask_babel import gettext as _

from app.members import cells
from app.members.errors import empty_list, no_headers
from app.members.headers import HEADERS, MONTHS, TOTAL
from app.members.spreadsheet import Rows

SEARCHED = 30  # rows from the top among which the headers stand
SAVED = ("principal", "mandatory", "voluntary")

Headers = Sequence[tuple[str, re.Pattern[str]]]


@dataclass(frozen=True)
class Columns:
    """Where the list begins, and which column holds what."""

    header: int  # counted from 0; -1: the list has none
    of: Mapping[str, int]
    over: int = 0  # rows of headers above that one: "Simpanan" over "Pokok" and "Wajib"
    also: Mapping[str, Sequence[int]] = field(default_factory=dict)  # more columns of an amount
    sheets: Sequence[tuple[str, int]] = ()  # of several: their names, and the row each begins in

    def cell(self, row: Sequence[str], field: str) -> str:
        return cells.written(self.as_typed(row, field))

    def as_typed(self, row: Sequence[str], field: str) -> str:
        """The cell with the sign that it is a formula."""
        place = self.of.get(field)
        return _at(row, place) if place is not None else ""

    def amounts(self, row: Sequence[str], field: str) -> list[str]:
        """What stands in all the columns of an amount: the months of the mandatory savings."""
        more = (cells.written(_at(row, place)) for place in self.also.get(field, ()))
        return [self.cell(row, field), *more]

    def labels(self, rows: Rows) -> list[str]:
        """The headers as they are read, one for each column."""
        if self.header < 0:
            return []
        found: Sequence[str] = rows[self.header]
        return _joined(rows[self.header - 1], found) if self.over else list(found)

    def parts(self, end: int) -> list[tuple[int, int]]:
        """Where the people of each sheet stand, of rows counted from 0: from, and to before."""
        starts = [self.header + 1, *(start for _name, start in self.sheets[1:])]
        return list(zip(starts, [*starts[1:], end], strict=True))

    def place(self, number: int) -> str:
        """A row as whoever made the list counts it, with the sheet where there are several."""
        name, start = max((s for s in self.sheets if s[1] < number), key=_start, default=("", 0))
        if not name:
            return str(number)
        return str(_("%(row)s of the sheet %(sheet)s", row=number - start, sheet=name))

    def as_json(self) -> dict[str, Any]:
        return {
            "header": self.header,
            "of": dict(self.of),
            "over": self.over,
            "also": {field: list(places) for field, places in self.also.items()},
            "sheets": [list(sheet) for sheet in self.sheets],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Columns":
        sheets = tuple((name, start) for name, start in kept.get("sheets", ()))
        over, also = kept.get("over", 0), kept.get("also", {})
        return cls(kept["header"], kept["of"], over, also, sheets)

    @property
    def are_enough(self) -> bool:
        """Without a name and a NIK nobody can be registered."""
        return "nik" in self.of and "name" in self.of


def guess(rows: Rows) -> Columns:
    """Find the header below the titles, and what its columns hold, as far as can be told."""
    found = guess_if_any(rows)
    if found is None:
        raise no_headers() if any(map(any, rows)) else empty_list()
    return found


def guess_if_any(rows: Rows) -> Columns | None:
    """The same; None where no row has two cells that could be headers."""
    best = max(
        _candidates(rows[:SEARCHED]),
        key=lambda columns: (columns.are_enough, len(columns.of), _filled(rows, columns)),
        default=None,
    )
    if best is None or _filled(rows, best) < 2:
        return None
    return replace(best, also=_months(best.labels(rows), best.of))


def recognized(row: Sequence[str], headers: Headers) -> dict[str, int]:
    """What each column holds, by words that its header may contain.

    Of columns that hold the same, the one counts that fits the earlier line of `headers`, and
    of those the first.
    """
    found: dict[str, tuple[int, int]] = {}
    for place, text in enumerate(row):
        letters = _letters(text)
        for rank, (known, pattern) in enumerate(headers):
            if pattern.search(letters):
                if known:
                    found[known] = min(found.get(known, (rank, place)), (rank, place))
                break
    return {known: place for known, (_rank, place) in found.items()}


def _candidates(top: Rows) -> Iterator[Columns]:
    """Each row as a header, and each two rows as one of which the upper spans the lower."""
    for number, row in enumerate(top):
        yield Columns(number, recognized(row, HEADERS))
    for number, (upper, lower) in enumerate(pairwise(top)):
        above = recognized(upper, HEADERS)
        if (
            above.keys() >= {"nik", "name"}
            and sum(map(bool, lower)) > 1  # alone it is a heading: "RT 01 / RW 05"
            and not any(_at(lower, above[known]) for known in ("nik", "name"))
        ):
            yield Columns(number + 1, recognized(_joined(upper, lower), HEADERS), over=1)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Headers of two rows as one: what stands above several columns belongs to each of them."""
    found, spanning = [], ""
    for place in range(max(len(upper), len(lower))):
        own, below = _at(upper, place), _at(lower, place)
        spanning = own or spanning
        found.append(f"{spanning} {below}".strip() if below else own)
    return found


def _months(labels: Sequence[str], of: Mapping[str, int]) -> dict[str, list[int]]:
    """Savings with a column for each month, where none holds their sum."""
    found = {}
    for kind in SAVED:
        one = of.get(kind)
        if one is None or not _is_of_a_month(labels[one]):
            continue
        places = [p for p, label in enumerate(labels) if kind in recognized([label], HEADERS)]
        more = [p for p in places if p != one and _is_of_a_month(labels[p])]
        if more:
            found[kind] = more
    return found


def _is_of_a_month(label: str) -> bool:
    """ "Wajib Juli", but not "Jumlah Wajib 2025" nor "Wajib s/d Juli", which hold the months."""
    return bool(MONTHS.search(label.lower())) and not TOTAL.search(_letters(label))


def _start(sheet: tuple[str, int]) -> int:
    return sheet[1]


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _filled(rows: Rows, columns: Columns) -> int:
    return sum(bool(cell) for cell in columns.labels(rows))
