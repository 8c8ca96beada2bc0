"""A book as a table: a title, a head, and rows of text and figures; as PDF and as a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.printing.days import written
from app.printing.pdf import pdf
from app.printing.workbooks import Sheet, workbook
from tenants.scope import current_tenant

Cell = str | int


@dataclass(frozen=True)
class Book:
    """One book of paper: widths are typst's, figures stand to the right."""

    title: str
    subtitle: str
    head: Sequence[str]
    widths: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    sums: Sequence[Cell] = ()


def as_pdf(book: Book, *, at: datetime) -> bytes:
    coop = current_tenant()
    data = {
        "coop": coop.legal_name,
        "address": coop.address,
        "ward": coop.ward,
        "today": written(at.date()),
        "title": book.title,
        "subtitle": book.subtitle,
        "head": list(book.head),
        "widths": list(book.widths),
        "rows": [list(row) for row in book.rows],
        "sums": list(book.sums),
        "figures": [i for i, cell in enumerate(book.sums) if isinstance(cell, int)],
    }
    return pdf("registers/print/book.typ", data, at=at)


def as_workbook(book: Book) -> bytes:
    rows = [*book.rows, *([book.sums] if book.sums else [])]
    above = [f"{book.title} – {current_tenant().legal_name}", book.subtitle]
    widths = [max(len(label) + 2, 12) for label in book.head]
    bold = frozenset({len(book.rows)} if book.sums else ())
    return workbook([Sheet(book.title[5:], above, book.head, rows, widths, bold)])


def short(day: date) -> str:
    return day.strftime("%d-%m-%Y")
