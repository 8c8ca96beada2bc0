"""Which cells of a workbook are formulas: the reader of lists gives only their results."""

import re
from collections.abc import Iterator
from zipfile import ZipFile

Place = tuple[int, int]  # row and column, counted from 0

_TAG = r"<(?:\w+:)?{}\b[^>]*"
_XLSX_SHEET = re.compile(_TAG.format("sheet") + r"\bname=\"([^\"]*)\"[^>]*\br:id=\"([^\"]*)\"")
_XLSX_PART = re.compile(_TAG.format("Relationship") + ">")
_XLSX_FORMULA = re.compile(_TAG.format("c") + r"\br=\"([A-Z]+)(\d+)\"[^>]*>\s*<(?:\w+:)?f[\s/>]")
_ODS_SHEET = re.compile(r"<table:table\b.*?</table:table>", re.DOTALL)
_ODS_CELL = re.compile(r"<table:(table-row|(?:covered-)?table-cell)\b([^>]*)>")
_ODS_TIMES = re.compile(r"table:number-(?:rows|columns)-repeated=\"(\d+)\"")


def formulas(archive: ZipFile, sheet: int) -> set[Place]:
    """The cells of a sheet (counted from 0, in the order of the workbook) that compute."""
    if "content.xml" in archive.namelist():
        return set(_of_ods(_text(archive, "content.xml"), sheet))
    return set(_of_xlsx(archive, sheet))


def _of_xlsx(archive: ZipFile, sheet: int) -> Iterator[Place]:
    listed = _XLSX_SHEET.findall(_text(archive, "xl/workbook.xml"))
    if sheet >= len(listed):
        return
    parts = _XLSX_PART.findall(_text(archive, "xl/_rels/workbook.xml.rels"))
    target = next(
        (_attribute(p, "Target") for p in parts if _attribute(p, "Id") == listed[sheet][1]), ""
    )
    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    for letters, number in _XLSX_FORMULA.findall(_text(archive, path)):
        yield int(number) - 1, _column(letters)


def _of_ods(content: str, sheet: int) -> Iterator[Place]:
    """Rows and cells that repeat are written once, with how many times they stand there."""
    found = _ODS_SHEET.findall(content)
    row, column, row_times = -1, 0, 1
    for kind, attributes in _ODS_CELL.findall(found[sheet] if sheet < len(found) else ""):
        times = int(next(iter(_ODS_TIMES.findall(attributes)), 1))
        if kind == "table-row":
            row, column, row_times = row + row_times, 0, times
            continue
        if "table:formula=" in attributes:
            yield row, column
        column += times


def _text(archive: ZipFile, path: str) -> str:
    return archive.read(path).decode("utf-8", "replace") if path in archive.namelist() else ""


def _attribute(tag: str, name: str) -> str:
    return next(iter(re.findall(rf'\b{name}="([^"]*)"', tag)), "")


def _column(letters: str) -> int:
    """A is 0, Z 25, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
