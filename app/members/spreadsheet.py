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
from tenants.settings import Key, setting

Rows = list[list[str]]

# A list of members has kilobytes; more than this unpacked is an attack or a mistake.
_LARGEST_UNPACKED = 100_000_000
_TITLE_ROWS = 30  # titles, blank rows and a sum do not count as members


def read(content: bytes, filename: str) -> Rows:
    """The rows of a list; `DomainError` for what is no list, or is too long a one."""
    kind = PurePath(filename).suffix.lower()
    if kind in (".xlsx", ".ods"):
        rows = _workbook(content)
    elif kind == ".csv":
        rows = _text(content)
    else:
        raise DomainError(_("Send the list as .xlsx, .ods or .csv."))
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
    _check_archive(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise _not_a_list() from error
    longest = max(sheets, key=len, default=[])
    return [[_shown(cell) for cell in row] for row in longest]


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _not_a_list() from error
    if unpacked > _LARGEST_UNPACKED:
        raise _not_a_list()


def _shown(cell: Any) -> str:
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
