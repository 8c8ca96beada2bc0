"""Reading lists that people keep in a spreadsheet: every cell as the text it shows.

A row keeps its place, so that whoever made the list finds it again by its number.
"""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from flask_babel import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from app.core import clock
from app.core.errors import DomainError
from app.members.formulas import formulas
from tenants.definitions import Key
from tenants.settings import setting

Rows = list[list[str]]

# A list of members has kilobytes; more than this unpacked is an attack or a mistake.
_LARGEST_UNPACKED = 100_000_000
_TITLE_ROWS = 30  # titles, blank rows and a sum do not count as members


def read(content: bytes, filename: str) -> Rows:
    """The rows of a list; `DomainError` for what is no list, or is too long a one."""
    match PurePath(filename).suffix.lower():
        case ".xlsx" | ".ods":
            rows = _workbook(content)
        case ".csv":
            rows = _text(content)
        case _:
            raise DomainError(_("Send the list as .xlsx, .ods or .csv."))
    while rows and not any(rows[-1]):
        rows.pop()  # a sheet may be formatted far below its last row
    most = most_rows()
    if sum(any(row) for row in rows) > most + _TITLE_ROWS:
        raise DomainError(
            _("This list is too long: at most %(most)s rows. Send it in parts.", most=most)
        )
    return rows


def most_rows() -> int:
    """How many rows a list may have."""
    return int(setting(Key.IMPORT_ROWS, clock.today()))


def _workbook(content: bytes) -> Rows:
    """The longest sheet: lists come with a sheet of notes, and the order varies."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST_UNPACKED:
                raise _not_a_list()
            number, sheet = _longest_sheet(content)
            computed = formulas(archive, number)
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise _not_a_list() from error
    return [
        [_shown(cell, (r, c) in computed) for c, cell in enumerate(row)]
        for r, row in enumerate(sheet)
    ]


def _longest_sheet(content: bytes) -> tuple[int, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [
        (number, book.get_sheet_by_index(number).to_python(skip_empty_area=False))
        for number in range(len(book.sheet_names))
    ]
    return max(sheets, key=lambda numbered: len(numbered[1]), default=(0, []))


def _shown(cell: Any, computed: bool) -> str:
    """A formula is marked by the sign it begins with, before what it comes to."""
    return f"={_text_of(cell)}" if computed else _text_of(cell)


def _text_of(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.strftime("%d-%m-%Y")
    return " ".join(str(cell).split())


def _text(content: bytes) -> Rows:
    text = _decoded(content)
    delimiter = max(";,\t", key=lambda sign: _widest(text, sign))
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _not_a_list() from error
    return [[" ".join(cell.split()) for cell in row] for row in found]


def _decoded(content: bytes) -> str:
    """UTF-8, else what Excel writes on an Indonesian Windows."""
    if b"\0" in content or content.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8")):
        raise _not_a_list()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _widest(text: str, sign: str) -> int:
    """How many signs the header has: titles have few, whatever separates the cells."""
    return max((line.count(sign) for line in text.splitlines()[:_TITLE_ROWS]), default=0)


def _not_a_list() -> DomainError:
    return DomainError(
        _("This file is not what its name says. Open it in Excel and save it as .xlsx.")
    )
