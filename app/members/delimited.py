"""Lists as text (.csv): in which letters they are written, and what separates their cells."""

import csv
import io
import re
from collections import Counter

from app.members.errors import not_a_list

Rows = list[list[str]]

_SIGNS = ";,\t|"
_LOOKED_AT = 200  # rows from the top by which the sign is found
_OTHER_FILES = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"<")
_SIGN_SAID = re.compile(r"sep=(.)\r?\n")
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')


def rows_of(content: bytes) -> Rows:
    """The cells as they were typed."""
    text = _decoded(content)
    if said := _SIGN_SAID.match(text):  # Excel shows no row for it
        rows = _parsed(text[said.end() :], said[1])
    else:
        rows = _guessed(text)
    return [[_KEPT_AS_TEXT.sub(r"\1", cell) for cell in row] for row in rows]


def _guessed(text: str) -> Rows:
    """By the sign that fits best. Where a whole row stands in one pair of quotation marks, as
    when a list was opened and saved by another program, they go first."""
    rows = max((_parsed(text, sign) for sign in _SIGNS), key=_alike)
    if all(len(row) <= 1 for row in rows) and '"' in text:
        inside = "\n".join(row[0] if row else "" for row in rows)
        rows = max((_parsed(inside, sign) for sign in _SIGNS), key=_alike)
    return rows


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 where it says so, else what Excel writes on an Indonesian Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content or content.lstrip().startswith(_OTHER_FILES):
        raise not_a_list()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _parsed(text: str, sign: str) -> Rows:
    """The rows by this sign. A quotation mark that is never closed would swallow the people
    below it: then the marks mean nothing."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error:
        pass
    try:
        lines = csv.reader(io.StringIO(text), delimiter=sign, quoting=csv.QUOTE_NONE)
        return [[cell.strip('"') for cell in row] for row in lines]
    except csv.Error as error:
        raise not_a_list() from error


def _alike(rows: Rows) -> tuple[int, int]:
    """How many rows have the same number of cells, and how many that is.

    What separates cells stands equally often in every row; commas in an address do not.
    """
    widths = Counter(len(row) for row in rows[:_LOOKED_AT] if len(row) > 1)
    return max(((times, width) for width, times in widths.items()), default=(0, 0))
