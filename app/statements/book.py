"""The book of a year (laporan keuangan): the four statements and the notes in one document."""

from dataclasses import replace
from datetime import date, datetime

from app.core import clock
from app.statements import notes, paper
from app.statements.asked import Asked, Comparison
from app.statements.kinds import EQUITY, LAYOUTS, OF_A_DAY, build
from app.statements.notes import Note
from app.statements.statement import Statement


def asked_of(year: int, known_at: datetime | None = None) -> Asked:
    """A whole year, or this one so far."""
    last = min(date(year, 12, 31), clock.today())
    return Asked(date(year, 1, 1), last, Comparison.LAST_YEAR, known_at=known_at)


def statements_of(asked: Asked) -> dict[str, Statement]:
    """The statements of a year beside the year before; a position beside the year's beginning."""
    alone = {
        OF_A_DAY: replace(asked, comparison=Comparison.YEAR_START),
        EQUITY: replace(asked, comparison=Comparison.NONE),
    }
    return {name: build(name, alone.get(name, asked)) for name in LAYOUTS}


def notes_of(year: int, known_at: datetime | None = None) -> list[Note]:
    asked = asked_of(year, known_at)
    return notes.notes(year, statements_of(asked), known_at=known_at)


def book_pdf(year: int, known_at: datetime) -> bytes:
    """Everything that the annual meeting is given, as one document."""
    asked = asked_of(year, known_at)
    statements = statements_of(asked)
    found = notes.notes(year, statements, known_at=known_at)
    return paper.book_pdf(
        list(statements.values()), asked, f"Laporan Keuangan {year}", [_data(n) for n in found]
    )


def book_workbook(year: int, known_at: datetime) -> bytes:
    """The four statements of a year, each on a sheet."""
    asked = asked_of(year, known_at)
    return paper.statement_workbook(list(statements_of(asked).values()), asked)


def _data(note: Note) -> dict[str, object]:
    return {
        "title": note.section.title,
        "paragraphs": list(note.paragraphs) or ([] if note.figures else ["Tidak ada."]),
        "heads": list(note.heads),
        "figures": [
            {"kind": row.kind.value, "label": row.label, "amounts": list(row.amounts)}
            for row in note.figures
        ],
    }
