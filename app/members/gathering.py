"""Which sheets of a workbook are the list.

People keep a sheet for each RW, one of those who left, one of the officers, an old copy that is
hidden. Those that are laid out alike are one list; of the others it is said that they were not
read, so that nobody is lost without a word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.members.columns import Columns, guess_if_any
from app.members.errors import empty_list
from app.members.listed import people
from app.members.spreadsheet import Rows, Sheet, within_limit

_ASIDE = re.compile(
    r"keluar|mundur|meninggal|non.?aktif|\blama\b|arsip|backup|contoh|format|template|pengurus"
    r"|pengawas|rekap|salin|copy|hapus|batal",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Gathered:
    rows: Rows
    columns: Columns
    unread: Sequence[str]  # sheets that hold people, too


@dataclass(frozen=True)
class _Guessed:
    sheet: Sheet
    columns: Columns
    people: int

    @property
    def is_meant(self) -> bool:
        return self.sheet.is_shown and not _ASIDE.search(self.sheet.name)


def gather(sheets: Sequence[Sheet]) -> Gathered:
    """The list of a workbook, with its columns guessed; `DomainError` for an empty one."""
    found = list(_guessed(sheets))
    if not found:
        raise empty_list()
    main = max(found, key=lambda one: (one.columns.are_enough, one.is_meant, one.people))
    alike = [one for one in found if one is main or _belongs(one, main)]
    others = [one for one in found if one not in alike and one.columns.are_enough and one.people]
    rows, columns = _joined([main] if not main.is_meant else alike)
    return Gathered(within_limit(rows), columns, [one.sheet.name for one in others])


def _guessed(sheets: Sequence[Sheet]) -> Iterator[_Guessed]:
    for sheet in sheets:
        columns = guess_if_any(sheet.rows)
        if columns is not None:
            yield _Guessed(sheet, columns, sum(1 for _one in people(sheet.rows, columns)))


def _belongs(one: _Guessed, main: _Guessed) -> bool:
    """Whether a sheet continues the list: shown, and with the same columns."""
    same = one.columns.of == main.columns.of and one.columns.also == main.columns.also
    return same and one.columns.are_enough and one.is_meant and main.is_meant


def _joined(parts: Sequence[_Guessed]) -> tuple[Rows, Columns]:
    """One list of sheets in their order; what stands above the people of the later ones goes."""
    first = parts[0]
    if len(parts) == 1:
        return first.sheet.rows, first.columns
    rows, sheets = list(first.sheet.rows), [(first.sheet.name, 0)]
    for part in parts[1:]:
        sheets.append((part.sheet.name, len(rows)))
        top = part.columns.header + 1
        rows += [[] for _row in range(top)] + part.sheet.rows[top:]
    return rows, replace(first.columns, sheets=tuple(sheets))
