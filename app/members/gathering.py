"""Which sheets of a workbook are the list.

People keep a sheet for each RW, one of those who left, one of the officers, an old copy that is
hidden. Those that are laid out alike are one list; of the others it is said that they were not
read, so that nobody is lost without a word. Several lists on one sheet (`tables`) are one as well;
where their columns stand in another order, the later are brought into that of the first.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from app.members.columns import Columns, guess_if_any
from app.members.errors import empty_list, no_headers
from app.members.listed import people
from app.members.spreadsheet import Rows, Sheet, within_limit
from app.members.tables import split

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
    hidden: Sequence[str]  # rows of people that the file does not show


@dataclass(frozen=True)
class _Guessed:
    sheet: Sheet
    columns: Columns
    people: int
    of: int  # the number of the sheet it stands on

    @property
    def is_meant(self) -> bool:
        return self.sheet.is_shown and not _ASIDE.search(self.sheet.name)


def gather(sheets: Sequence[Sheet]) -> Gathered:
    """The list of a workbook, with its columns guessed; `DomainError` for an empty one."""
    found = list(_guessed(sheets))
    if not found:
        raise no_headers() if any(sheet.rows for sheet in sheets) else empty_list()
    main = max(found, key=lambda one: (one.columns.are_enough, one.is_meant, one.people))
    alike = [one for one in found if one is main or _belongs(one, main)]
    others = [one for one in found if one not in alike and one.columns.are_enough and one.people]
    rows, columns = _joined(alike)
    hidden = [place for one in alike for place in _hidden(one, several=len(alike) > 1)]
    return Gathered(within_limit(rows), columns, [one.sheet.name for one in others], hidden)


def _guessed(sheets: Sequence[Sheet]) -> Iterator[_Guessed]:
    for number, whole in enumerate(sheets):
        for sheet in split(whole):
            columns = guess_if_any(sheet.rows)
            if columns is not None:
                count = sum(1 for _one in people(sheet.rows, columns))
                yield _Guessed(sheet, columns, count, number)


def _belongs(one: _Guessed, main: _Guessed) -> bool:
    """Whether a sheet continues the list: shown, and with the same columns, or on its sheet."""
    if not (one.columns.are_enough and one.is_meant and main.is_meant):
        return False
    same = one.columns.of == main.columns.of and one.columns.also == main.columns.also
    return same or (one.of == main.of and not one.columns.also and not main.columns.also)


def _joined(parts: Sequence[_Guessed]) -> tuple[Rows, Columns]:
    """One list of sheets in their order; what stands above the people of the later ones goes."""
    first = parts[0]
    if len(parts) == 1:
        return first.sheet.rows, first.columns
    rows, sheets, columns = list(first.sheet.rows), [(first.sheet.name, 0)], first.columns
    for part in parts[1:]:
        sheets.append((part.sheet.name, len(rows)))
        top = part.columns.header + 1
        columns, below = _in_the_order_of(columns, rows, part)
        rows += [[] for _row in range(top)] + below
    return rows, replace(columns, sheets=tuple(sheets))


def _in_the_order_of(columns: Columns, rows: Rows, part: _Guessed) -> tuple[Columns, Rows]:
    """The people of a part in the columns of the list; what the list lacks stands beside it."""
    below = part.sheet.rows[part.columns.header + 1 :]
    if part.columns.of == columns.of:
        return columns, below
    header, of = list(rows[columns.header]), dict(columns.of)
    meant = {place: field for field, place in part.columns.of.items()}
    targets = []
    for place, label in enumerate(part.columns.labels(part.sheet.rows)):
        field = meant.get(place)
        target = of.get(field) if field else _same(header, label, of.values())
        if target is None:
            target = len(header)
            header.append(label)
        if field:
            of[field] = target
        targets.append(target)
    rows[columns.header] = header
    return replace(columns, of=of), [_placed(row, targets, len(header)) for row in below]


def _same(header: Sequence[str], label: str, known: Collection[int]) -> int | None:
    """The column with the same header of which nobody knows what it holds."""
    return next((i for i, text in enumerate(header) if text == label and i not in known), None)


def _placed(row: Sequence[str], targets: Sequence[int], width: int) -> list[str]:
    found = [""] * width
    for cell, target in zip(row, targets, strict=False):
        found[target] = cell
    return found


def _hidden(one: _Guessed, several: bool) -> Iterator[str]:
    """The people whose rows are hidden, as the file counts them."""
    listed = people(one.sheet.rows, one.columns) if one.sheet.hidden else ()
    for row, *_rest in listed:
        if row in one.sheet.hidden:
            sheet = one.sheet.name
            words = _("%(row)s of the sheet %(sheet)s", row=row, sheet=sheet) if several else row
            yield str(words)
