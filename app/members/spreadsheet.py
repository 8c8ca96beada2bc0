"""Reading lists that people keep in a spreadsheet: every cell as the text it shows.

A row keeps its place, so that whoever made the list finds it again by its number.
"""

import io
import unicodedata
import zipfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from app.core import clock
from app.core.errors import DomainError
from app.members import delimited
from app.members.errors import locked_or_old, no_bytes, not_a_list, too_far
from app.members.markup import Markup, markup
from tenants.definitions import Key
from tenants.settings import setting

Rows = list[list[str]]

# A list of members has kilobytes; more than this unpacked is an attack or a mistake.
_LARGEST_UNPACKED = 100_000_000
_MOST_CELLS = 5_000_000  # up to the last row and column of a sheet
_DEEPEST = 200_000
_TITLE_ROWS = 30  # titles, blank rows and a sum do not count as members
_OLD_FORM = b"\xd0\xcf\x11\xe0"
_EXACT = 10**15  # Excel keeps fifteen digits of a number
_NIK = 16
_PROOF = 4  # so many NIKs that all end in 0 are no chance


@dataclass(frozen=True)
class Sheet:
    """`spans` are cells merged over rows: first row, column, last row, counted from 0; `hidden`
    are the numbers of rows that Excel does not show."""

    name: str
    rows: Rows
    is_shown: bool = True
    spans: Sequence[tuple[int, int, int]] = ()
    hidden: Collection[int] = ()


def read(content: bytes, filename: str) -> Rows:
    """The rows of the longest sheet; `DomainError` for what is no list, or is too long a one."""
    found = sheets(content, filename)
    longest = max(found, key=lambda sheet: (sheet.is_shown, len(sheet.rows)), default=None)
    return within_limit(longest.rows if longest else [])


def sheets(content: bytes, filename: str) -> list[Sheet]:
    """All sheets of a workbook in their order; text is one sheet."""
    if not content:
        raise no_bytes()
    match PurePath(filename).suffix.lower():
        case ".xlsx" | ".xlsm" | ".ods":
            found = _workbook(content)
        case ".csv" | ".tsv" | ".txt":
            found = [Sheet("", _as_typed(delimited.rows_of(content)))]
        case ".xls" | ".xlsb" | ".numbers":
            raise DomainError(_("Open this file in Excel and save it as .xlsx, then send that."))
        case _:
            raise DomainError(_("Send the list as .xlsx, .ods or .csv."))
    for sheet in found:
        while sheet.rows and not any(sheet.rows[-1]):
            sheet.rows.pop()  # a sheet may be formatted far below its last row
    return found


def within_limit(rows: Rows) -> Rows:
    """The rows, unless they are more than a list may have."""
    most = most_rows()
    if sum(any(row) for row in rows) > most + _TITLE_ROWS:
        raise DomainError(
            _(
                "This list is too long: at most %(most)s rows. Send it in parts.",
                most=format_decimal(most),
            )
        )
    return rows


def most_rows() -> int:
    """How many rows a list may have."""
    return int(setting(Key.IMPORT_ROWS, clock.today()))


def _as_typed(rows: Rows) -> Rows:
    """The cells of text, in which numbers went through Excel if all the long ones end in 0."""
    rows = [[_cleaned(cell) for cell in row] for row in rows]
    long = {cell for row in rows for cell in row if len(cell) == _NIK and cell.isdecimal()}
    if len(long) < _PROOF or not all(cell.endswith("0") for cell in long):
        return rows
    return [[f"{int(cell):.5E}" if cell in long else cell for cell in row] for row in rows]


def _workbook(content: bytes) -> list[Sheet]:
    if content.startswith(_OLD_FORM):
        raise locked_or_old()
    try:
        return _opened(content, _marked(content))
    except PasswordError as error:
        raise locked_or_old() from error
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise not_a_list() from error


def _marked(content: bytes) -> list[Markup]:
    """What is known of the sheets before room is made for their cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _LARGEST_UNPACKED:
            raise not_a_list()
        found = markup(archive)
    if any(s.height > _DEEPEST or s.height * s.width > _MOST_CELLS for s in found):
        raise too_far()
    return found


def _opened(content: bytes, marked: Sequence[Markup]) -> list[Sheet]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = []
    for number, known in enumerate(book.sheets_metadata):
        cells = book.get_sheet_by_index(number).to_python(skip_empty_area=False)
        marks = marked[number] if number < len(marked) else Markup()
        is_shown = known.visible is SheetVisibleEnum.Visible
        rows = _shown(cells, marks)
        found.append(Sheet(known.name, rows, is_shown, marks.spans, marks.hidden))
    return found


def _shown(cells: list[list[Any]], marks: Markup) -> Rows:
    """The text of the cells. A formula is marked by the sign it begins with."""
    rounded = _are_rounded(cell for row in cells for cell in row)
    rows = [[_text_of(cell, rounded) for cell in row] for row in cells]
    for row, column in marks.formulas:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = f"={rows[row][column]}"
    for (row, column), text in marks.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    return rows


def _are_rounded(cells: Iterable[Any]) -> bool:
    """Whether the long numbers of a sheet went through Excel, which made their last digits 0.

    Other programs keep sixteen digits; one that does not end in 0 proves that they are whole.
    """
    long = [cell for cell in cells if isinstance(cell, float) and cell >= _EXACT]
    return bool(long) and all(cell % 10 == 0 for cell in long)


def _text_of(cell: Any, rounded: bool = False) -> str:
    if isinstance(cell, float) and cell.is_integer():
        # As Excel shows it: what is lost must not look like a digit.
        return f"{cell:.5E}" if rounded and cell >= _EXACT else str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.strftime("%d-%m-%Y")
    return _cleaned(str(cell))


def _cleaned(text: str) -> str:
    """Without the signs that nobody sees: marks of direction, of no width, of control."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", text)
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
        text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Co") else c for c in text)
    return " ".join(text.split())
