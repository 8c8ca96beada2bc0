"""Lists that stand on one sheet, beside each other or one below the other.

A secretary writes the officers above the members, or fills the page in two halves. Each such list
is taken for a sheet of its own, whose rows keep the numbers they have in the file.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from flask_babel import gettext as _
from xlsxwriter.utility import xl_col_to_name

from app.members.columns import SEARCHED, recognized
from app.members.headers import HEADERS
from app.members.spreadsheet import Rows, Sheet

_WHO = {"nik", "name"}
_SHARED = {"address", "neighbourhood", "rt", "rw", "group"}  # what people of a house have alike
_ORDINAL = re.compile(r"no|nomor|nmr|no ?urut|urut", re.IGNORECASE)
_ASIDE = re.compile(
    r"keluar|mundur|meninggal|non.?aktif|\blama\b|contoh"
    r"|^\W*(daftar |susunan )?(pengurus|pengawas)\W*$",
    re.IGNORECASE,
)
_LEAST_DIGITS = 10  # in a cell of somebody's row; a header has none


def split(sheet: Sheet) -> list[Sheet]:
    """The lists of a sheet; one that is not meant for members is not shown."""
    top = next((i for i, row in enumerate(sheet.rows[:SEARCHED]) if _is_header(row)), None)
    if top is None:
        return [sheet]
    whole = replace(sheet, rows=_with_shared(sheet, top))
    return [below for beside in _beside(whole, top) for below in _stacked(beside)]


def _with_shared(sheet: Sheet, top: int) -> Rows:
    """The rows, in which an address or an RT merged over several counts for each of them."""
    rows = sheet.rows
    for first, column, last in sheet.spans:
        labels = [row[column] for row in rows[top : top + 2] if column < len(row)]
        if first > top and any(recognized([label], HEADERS).keys() & _SHARED for label in labels):
            for row in rows[first + 1 : last + 1]:
                row[column] = row[column] or rows[first][column]
    return rows


def _beside(sheet: Sheet, top: int) -> list[Sheet]:
    """Halves that each begin with a number; what else repeats the name and the NIK may be the
    heirs, so it is left where it stands and only named."""
    header = sheet.rows[top]
    starts = [place for place, text in enumerate(header) if _ORDINAL.fullmatch(text.strip(" ."))]
    halves = list(pairwise([*starts, len(header)]))
    if len(halves) > 1 and all(_is_header(header[start:end]) for start, end in halves):
        (_start, end), *others = halves
        return [_half(sheet, 0, end), *(_half(sheet, start, end) for start, end in others)]
    again = _repeated(header)
    return [sheet, replace(_half(sheet, again, len(header)), is_shown=False)] if again else [sheet]


def _repeated(header: Sequence[str]) -> int:
    """Where the name and the NIK begin once more; 0 where they do not."""
    first = max(recognized(header, HEADERS)[field] for field in _WHO) + 1
    again = recognized(header[first:], HEADERS)
    return first + min(again[field] for field in _WHO) if again.keys() >= _WHO else 0


def _half(sheet: Sheet, start: int, end: int) -> Sheet:
    rows = [row[start:end] for row in sheet.rows]
    if not start:
        return replace(sheet, rows=rows)
    words = _("column %(letter)s on", letter=xl_col_to_name(start))
    return replace(sheet, name=_named(sheet, words), rows=rows)


def _stacked(sheet: Sheet) -> Iterator[Sheet]:
    """Each list down to the next header that means other columns."""
    starts = list(_starts(sheet.rows))
    if len(starts) < 2:
        yield sheet
        return
    ends = [*(_top(sheet.rows, start) for start in starts[1:]), len(sheet.rows)]
    for start, end in zip(starts, ends, strict=True):
        top = _top(sheet.rows, start)
        title = " ".join(sheet.rows[top]) if top < start else ""
        yield replace(
            sheet,
            name=_named(sheet, _("row %(row)s on", row=start + 1)),
            rows=[[] for _row in range(top)] + sheet.rows[top:end],
            is_shown=sheet.is_shown and not _ASIDE.search(title),
        )


def _starts(rows: Rows) -> Iterator[int]:
    """The headers, without those that only repeat the one above on a new page."""
    known: dict[str, int] = {}
    for number, row in enumerate(rows):
        if _is_header(row) and (found := recognized(row, HEADERS)) != known:
            known = found
            yield number


def _top(rows: Rows, start: int) -> int:
    """Where a list begins: at its title, a single cell right above the header."""
    has_title = start > 0 and sum(map(bool, rows[start - 1])) == 1
    return start - has_title


def _is_header(row: Sequence[str]) -> bool:
    """Cheap for the many rows that are none."""
    if not any("nama" in cell.lower() for cell in row):
        return False
    if any(sum(c.isdigit() for c in cell) >= _LEAST_DIGITS for cell in row):
        return False
    return recognized(row, HEADERS).keys() >= _WHO


def _named(sheet: Sheet, part: str) -> str:
    return f"{sheet.name} ({part})" if sheet.name else part
