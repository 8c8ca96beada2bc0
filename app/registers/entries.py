"""Writing in the books that are kept by hand: a line once, an answer when there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import g
from sqlalchemy import func, select

from app.extensions import db
from app.ledger import services as ledger
from app.registers.models import Register, RegisterEntry

PAGE = 50


@dataclass(frozen=True)
class Written:
    """What somebody writes down: who it was, from where, and what about."""

    on: date
    who: str
    office: str
    text: str
    answer: str = ""


def write(register: Register, what: Written, *, key: UUID) -> RegisterEntry:
    """Write a line under the next number; again with the same key, it stays the first.

    The caller commits.
    """
    series = f"buku-{register}"
    ledger.next_number(series, count=0)  # whoever writes meanwhile waits
    known = db.session.scalar(select(RegisterEntry).where(RegisterEntry.key == key))
    if known is not None:
        return known
    entry = RegisterEntry(
        register=register,
        number=ledger.next_number(series),
        on=what.on,
        who=what.who,
        office=what.office,
        text=what.text,
        answer=what.answer,
        key=key,
        written_by=g.get("actor_id"),
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def answer(entry: RegisterEntry, text: str) -> None:
    """Write down what was answered or done; what stood there is in the trail of changes."""
    entry.answer = text
    db.session.flush()


def find(register: Register, number: int) -> RegisterEntry | None:
    return db.session.scalar(
        select(RegisterEntry).where(
            RegisterEntry.register == register, RegisterEntry.number == number
        )
    )


def latest(register: Register, *, skip: int = 0) -> Sequence[RegisterEntry]:
    """A page of a book, the newest line first."""
    query = select(RegisterEntry).where(RegisterEntry.register == register)
    ordered = query.order_by(RegisterEntry.number.desc()).offset(skip).limit(PAGE)
    return db.session.scalars(ordered).all()


def between(register: Register, first: date, last: date) -> Sequence[RegisterEntry]:
    """The lines of some days, as the book is read: the oldest first."""
    query = select(RegisterEntry).where(
        RegisterEntry.register == register, RegisterEntry.on.between(first, last)
    )
    return db.session.scalars(query.order_by(RegisterEntry.on, RegisterEntry.number)).all()


def counts() -> dict[Register, int]:
    """How many lines stand in each book."""
    query = select(RegisterEntry.register, func.count()).group_by(RegisterEntry.register)
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return {register: found.get(register, 0) for register in Register}
