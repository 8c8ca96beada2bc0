"""What the file of a workbook says and its reader does not pass on.

Which cells are formulas, since only their results are read; which hold an error instead of a
result, or no result at all, since those are read as empty; which are merged over several rows, of
which only the first is read; which rows are hidden; and how far the cells reach, since the reader
makes room for every cell up to the last: one that was typed by mistake at the far end of a sheet
would take all the memory there is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import ZipFile

_UNCOUNTED = "=?"  # of a formula that no program has reckoned yet
Place = tuple[int, int]  # row and column, counted from 0

_TAG = r"<(?:\w+:)?{}\b[^>]*"
_XLSX_SHEET = re.compile(_TAG.format("sheet") + ">")
_XLSX_PART = re.compile(_TAG.format("Relationship") + ">")
_XLSX_CELL = re.compile(_TAG.format("c") + r"\br=\"([A-Z]+)(\d+)\"[^>/]*>\s*<(?!/)")
_XLSX_FORMULA = re.compile(_TAG.format("c") + r"\br=\"([A-Z]+)(\d+)\"[^>]*>\s*<(?:\w+:)?f[\s/>]")
_XLSX_ERROR = re.compile(
    r"<(?:\w+:)?c\b(?=[^>]*\bt=\"e\")[^>]*\br=\"([A-Z]+)(\d+)\"[^>]*>"
    r"(?:(?!<(?:\w+:)?c\b).)*?<(?:\w+:)?v>([^<]*)",
    re.DOTALL,
)
_XLSX_UNCOUNTED = re.compile(
    r"<(?:\w+:)?c\b[^>]*\br=\"([A-Z]+)(\d+)\"[^>]*>\s*<(?:\w+:)?f\b"
    r"(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*</(?:\w+:)?c>"
)
_XLSX_SPAN = re.compile(_TAG.format("mergeCell") + r"\bref=\"([A-Z]+)(\d+):[A-Z]+(\d+)\"")
_XLSX_ROW = re.compile(_TAG.format("row") + r"\bhidden=\"(?:1|true)\"[^>]*>")
_MANY = 10_000  # rows that are alike are below the list
_ODS_SHEET = re.compile(r"<table:table\b.*?</table:table>", re.DOTALL)
_ODS_CELL = re.compile(r"<table:(table-row|(?:covered-)?table-cell)\b([^>]*)>")
_ODS_SPAN = re.compile(r"table:number-rows-spanned=\"(\d+)\"")
_ODS_HIDDEN = re.compile(r"table:visibility=\"(?:collapse|filter)\"")
_ODS_TIMES = re.compile(r"table:number-(?:rows|columns)-repeated=\"(\d+)\"")


@dataclass
class Markup:
    """Of one sheet."""

    formulas: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)  # "#REF!"
    spans: list[tuple[int, int, int]] = field(default_factory=list)  # first row, column, last row
    hidden: set[int] = field(default_factory=set)  # rows as they are numbered, from 1
    height: int = 0
    width: int = 0


def markup(archive: ZipFile) -> list[Markup]:
    """Of every sheet, in the order of the workbook."""
    if "content.xml" in archive.namelist():
        return [_of_ods(sheet) for sheet in _ODS_SHEET.findall(_text(archive, "content.xml"))]
    return [of_xlsx(_text(archive, path)) for path in _xlsx_paths(archive)]


def _xlsx_paths(archive: ZipFile) -> Iterator[str]:
    parts = {
        _attribute(part, "Id"): _attribute(part, "Target")
        for part in _XLSX_PART.findall(_text(archive, "xl/_rels/workbook.xml.rels"))
    }
    for sheet in _XLSX_SHEET.findall(_text(archive, "xl/workbook.xml")):
        target = parts.get(_attribute(sheet, r"\w+:id"), "")
        yield target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def of_xlsx(content: str) -> Markup:
    cells = _XLSX_CELL.findall(content)
    uncounted = {_place(*where): _UNCOUNTED for where in _XLSX_UNCOUNTED.findall(content)}
    wrong = {_place(letters, row): text for letters, row, text in _XLSX_ERROR.findall(content)}
    rows = (_attribute(row, "r") for row in _XLSX_ROW.findall(content))
    return Markup(
        {_place(*where) for where in _XLSX_FORMULA.findall(content)},
        uncounted | wrong,
        [
            (int(first) - 1, _column(letters), int(last) - 1)
            for letters, first, last in _XLSX_SPAN.findall(content)
        ],
        {int(row) for row in rows if row},
        max((int(row) for _letters, row in cells), default=0),
        max((_column(letters) + 1 for letters in {letters for letters, _row in cells}), default=0),
    )


def _of_ods(content: str) -> Markup:
    """Rows and cells that repeat are written once, with how many times they stand there."""
    found = Markup()
    row, column, row_times = -1, 0, 1
    for kind, attributes in _ODS_CELL.findall(content):
        times = int(next(iter(_ODS_TIMES.findall(attributes)), 1))
        if kind == "table-row":
            row, column, row_times = row + row_times, 0, times
            if _ODS_HIDDEN.search(attributes) and times < _MANY:
                found.hidden |= set(range(row + 1, row + times + 1))
            continue
        if span := _ODS_SPAN.search(attributes):
            found.spans.append((row, column, row + int(span[1]) - 1))
        if "table:formula=" in attributes:
            found.formulas.add((row, column))
        column += times
        if "office:value-type=" in attributes:
            found.height = max(found.height, row + row_times)
            found.width = max(found.width, column)
    return found


def _text(archive: ZipFile, path: str) -> str:
    return archive.read(path).decode("utf-8", "replace") if path in archive.namelist() else ""


def _attribute(tag: str, name: str) -> str:
    return next(iter(re.findall(rf'\b{name}="([^"]*)"', tag)), "")


def _place(letters: str, row: str) -> Place:
    return int(row) - 1, _column(letters)


def _column(letters: str) -> int:
    """A is 0, Z 25, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
