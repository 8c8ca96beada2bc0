"""The notes (catatan atas laporan keuangan, CALK): text that is kept, figures that fill in.

The text belongs to a cooperative and a year. It begins as `notes.toml` has it, or as the year
before ended; each change is a new version, so that a book printed earlier can be had again.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import g
from sqlalchemy import select

from app.auth.models import User
from app.core import clock
from app.core.money import Rupiah
from app.extensions import db
from app.ledger import services as ledger
from app.statements import words
from app.statements.kinds import LAYOUTS
from app.statements.lines import Behind, detail
from app.statements.models import NoteText
from app.statements.statement import Kind, Row, Statement
from tenants.scope import current_tenant

_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Section:
    """A note as it begins: its text, and the lines whose accounts it lists."""

    key: str
    title: str
    text: str = ""
    statement: str = ""
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class Note:
    """A note of one year, ready to be read: paragraphs, then figures in columns."""

    section: Section
    text: str
    paragraphs: Sequence[str]
    heads: Sequence[str]
    figures: Sequence[Row]


@cache
def sections() -> Sequence[Section]:
    """The notes in their order."""
    known = tomllib.loads(_FILE.read_text())["sections"]
    return [Section(**section | {"text": section.get("text", "").strip()}) for section in known]


def find_section(key: str) -> Section | None:
    return next((section for section in sections() if section.key == key), None)


def notes(
    year: int, statements: Mapping[str, Statement], *, known_at: datetime | None = None
) -> list[Note]:
    """Every note of a year, its figures from the statements of the same year."""
    texts = _texts(year, known_at)
    return [_note(section, texts, statements) for section in sections()]


def text_of(year: int, section: Section) -> str:
    """The text that stands in a note now."""
    return words.modern(_texts(year, None).get(section.key, section.text))


def write(year: int, section: Section, text: str) -> None:
    """Keep a new version of a note's text; the same text again is no version. Caller commits."""
    if text == text_of(year, section):
        return
    number = ledger.next_number(f"note {section.key}", year)
    db.session.add(
        NoteText(
            year=year,
            section=section.key,
            version=number,
            text=text,
            written_at=clock.now(),
            written_by=g.get("actor_id"),
        )
    )
    db.session.flush()


def versions(year: int, section: Section) -> Sequence[tuple[NoteText, str]]:
    """Every version of a year's note with its writer, the latest first."""
    query = (
        select(NoteText, User.name)
        .outerjoin(User, User.id == NoteText.written_by)
        .where(NoteText.year == year, NoteText.section == section.key)
        .order_by(NoteText.version.desc())
    )
    return [(version, name or "") for version, name in db.session.execute(query)]


def _texts(year: int, known_at: datetime | None) -> dict[str, str]:
    """The latest text of each section of the year, or of the last year before that wrote one."""
    query = (
        select(NoteText.section, NoteText.text)
        .where(NoteText.year <= year)
        .order_by(NoteText.year, NoteText.version)  # so that the last one stays
    )
    if known_at is not None:
        query = query.where(NoteText.written_at <= known_at)
    return {row.section: row.text for row in db.session.execute(query)}


def _note(section: Section, texts: Mapping[str, str], statements: Mapping[str, Statement]) -> Note:
    text = texts.get(section.key, section.text)
    statement = statements.get(section.statement)
    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    return Note(
        section,
        text,
        [words.filled(part, current_tenant(), statements) for part in parts],
        statement.heads if statement else [],
        _figures(section, statement) if statement else [],
    )


def _figures(section: Section, statement: Statement) -> list[Row]:
    """The accounts of each line under its name, with their sum."""
    rows: list[Row] = []
    plan = LAYOUTS[section.statement]
    for key in section.lines:
        line = plan.find(key)
        assert line is not None
        behind = detail(plan, line, statement)
        if not behind:
            continue
        names = [f"{b.code} {b.name}" if b.is_account else b.name for b in behind]
        rows += [
            Row(Kind.HEAD, line.name),
            *(Row(Kind.LINE, n, b.amounts) for n, b in zip(names, behind, strict=True)),
            Row(Kind.TOTAL, f"Jumlah {_within(line.name)}", _sum(behind)),
        ]
    return rows


def _within(name: str) -> str:
    """A name inside of a line: its first letter is small, unless that is an abbreviation."""
    return name if name.split()[0].isupper() else name[0].lower() + name[1:]


def _sum(behind: Sequence[Behind]) -> list[Rupiah]:
    return [sum(column) for column in zip(*(b.amounts for b in behind), strict=True)]
