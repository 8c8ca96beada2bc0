"""Workbooks for Excel: figures stay figures, so that they can be added up again."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | date | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: a few lines above, a head, the rows, and how wide each column is."""

    name: str
    above: Sequence[str]
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()
    bold: frozenset[int] = frozenset()  # rows that are sums


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx file; text that looks like a formula stays text."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    styles = _styles(book)
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name[:31]), sheet, styles)
    book.close()
    return buffer.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    plain = {"font_name": "Arial", "font_size": 10}
    figure = plain | {"num_format": "#,##0;(#,##0)"}
    return {
        "title": book.add_format(plain | {"bold": True, "font_size": 12}),
        "head": book.add_format(plain | {"bold": True, "bottom": 1, "text_wrap": True}),
        "text": book.add_format(plain),
        "figure": book.add_format(figure),
        "day": book.add_format(plain | {"num_format": "dd-mm-yyyy"}),
        "text-sum": book.add_format(plain | {"bold": True, "top": 1}),
        "figure-sum": book.add_format(figure | {"bold": True, "top": 1}),
        "day-sum": book.add_format(plain | {"bold": True, "top": 1, "num_format": "dd-mm-yyyy"}),
    }


def _write(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for number, line in enumerate(sheet.above):
        page.write_string(number, 0, line, styles["text" if number else "title"])
    top = len(sheet.above) + 1 if sheet.above else 0
    for column, label in enumerate(sheet.head):
        page.write_string(top, column, str(label), styles["head"])
    page.freeze_panes(top + 1, 0)
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            _write_cell(page, top + 1 + number, column, cell, styles, number in sheet.bold)


def _write_cell(
    page: Any, row: int, column: int, cell: Cell, styles: dict[str, Any], is_sum: bool
) -> None:
    ending = "-sum" if is_sum else ""
    match cell:
        case None:
            page.write_blank(row, column, None, styles[f"text{ending}"])
        case date():
            page.write_datetime(row, column, cell, styles[f"day{ending}"])
        case int():
            page.write_number(row, column, cell, styles[f"figure{ending}"])
        case _:
            page.write_string(row, column, str(cell), styles[f"text{ending}"])
