"""Which rows of a list are about somebody.

Between and below the people stand sums, headings of an RT, the header once more on every printed
page, and the names of those who sign. What might be a person without a NIK is one: it gets a
verdict, so that nobody is lost without a word.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.members import cells
from app.members.columns import Columns, recognized
from app.members.headers import HEADERS
from app.members.spreadsheet import Rows

_SAYS_WHO = ("nik", "name", "birth", "address", "phone")
_SUMS = re.compile(r"(grand|sub)?[\s-]*(jumlah|jml|total|rekapitulasi)\b.*", re.IGNORECASE)
_HEADING = re.compile(r"(rt|rw|kelompok|dusun|blok|lingkungan|dasawisma)\b[\s.:]*.*", re.IGNORECASE)
_SIGNED = re.compile(
    r"(mengetahui|menyetujui|diketahui|disetujui|dibuat oleh|disusun oleh|hormat kami"
    r"|(ketua|sekretaris|bendahara|pengurus|pengawas|lurah|manajer)\b|nip\b"
    r"|pekalongan,?\s+[\d.…]|[a-z .]+,?\s+[\d.…]+\s+[a-z]+\s+\d{4}$).*",
    re.IGNORECASE,
)
_FEW = 3
_LEAST_DIGITS = 10  # fewer are no NIK, not even one with a slip

Numbered = tuple[int, Sequence[str]]


class Listed(NamedTuple):
    """Somebody's row, with its number, and the RT and RW of the heading above it."""

    number: int
    row: Sequence[str]
    neighbourhood: tuple[str, str]


def people(rows: Rows, columns: Columns) -> Iterator[Listed]:
    """The rows below the header that are about somebody."""
    headers = rows[max(columns.header - columns.over, 0) : columns.header + 1]
    for start, end in columns.parts(len(rows)):
        neighbourhood = "", ""
        below = list(enumerate(rows[start:end], start=start + 1))
        for number, row in below[: _end(below, columns)]:
            if _is_heading(row):
                neighbourhood = cells.heading(_first(row), neighbourhood)
            if row not in headers and not _says_nothing(row, columns):
                yield Listed(number, row, neighbourhood)


def _end(below: Sequence[Numbered], columns: Columns) -> int:
    """Where the list is over: below its last NIK, from where somebody signs it."""
    last = max((i for i, (_number, row) in enumerate(below) if _has_nik(row, columns)), default=-1)
    for place in range(last + 1, len(below)):
        row = below[place][1]
        if _is_signed(row, columns):
            return place
    return len(below)


def _says_nothing(row: Sequence[str], columns: Columns) -> bool:
    if not any(columns.cell(row, field) for field in _SAYS_WHO):
        return True
    if _has_nik(row, columns):
        return False
    return (
        _is_sum(row, columns) or _is_heading(row) or _is_header(row, columns) or _is_counting(row)
    )


def _is_sum(row: Sequence[str], columns: Columns) -> bool:
    return any(_SUMS.fullmatch(cell) for cell in (_first(row), columns.cell(row, "name")))


def _is_heading(row: Sequence[str]) -> bool:
    """ "RT 02", and nothing else in the row."""
    return sum(map(bool, row)) == 1 and _HEADING.fullmatch(_first(row)) is not None


def _is_header(row: Sequence[str], columns: Columns) -> bool:
    """The header once more, as it stands on every printed page."""
    here = recognized(row, HEADERS)
    return all(columns.of.get(field) == here.get(field) for field in ("nik", "name"))


def _is_signed(row: Sequence[str], columns: Columns) -> bool:
    """ "Mengetahui," or "Ketua" with little beside it: a person has a number, an address, …"""
    if sum(map(bool, row)) > _FEW or _first(row).isdigit() or columns.cell(row, "birth"):
        return False
    return any(_SIGNED.fullmatch(cell) for cell in row)


def _is_counting(row: Sequence[str]) -> bool:
    """The columns numbered 1, 2, 3 below the header, as the offices like it."""
    found = [cell.strip("()") for cell in row if cell]
    if len(found) < 3 or not all(cell.isascii() and cell.isdigit() for cell in found):
        return False
    numbers = [int(cell) for cell in found]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _has_nik(row: Sequence[str], columns: Columns) -> bool:
    text = columns.cell(row, "nik")
    return sum(c.isdigit() for c in text) >= _LEAST_DIGITS


def _first(row: Sequence[str]) -> str:
    return next((cell for cell in row if cell), "")
