"""What can be taken over of a list, and why the rest cannot: a verdict on every row.

A row is read whole, so that it is told with everything that is wrong in it, not only with
what came first.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from flask_babel import gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.errors import Invalid
from app.core.identity import Nik, Sex, read_nik
from app.core.money import Rupiah
from app.extensions import db
from app.members import cells
from app.members.columns import Columns
from app.members.models import Member
from app.members.services import AlreadyMember, Particulars
from app.members.spreadsheet import Rows
from tenants.scope import current_tenant

T = TypeVar("T")

_SUMS = re.compile(r"(grand|sub)?\s*(jumlah|total)\b.*", re.IGNORECASE)
SAVED = ("principal", "mandatory", "voluntary")
_SAYS_WHO = ("nik", "name", "birth", "address", "phone")
_AT_ONCE = 5_000  # NIKs asked for in one question


@dataclass(frozen=True)
class Good:
    """A row that can be taken over."""

    row: int  # as the spreadsheet counts, from 1
    who: Particulars
    joined_on: date | None
    principal: Rupiah
    mandatory: Rupiah
    voluntary: Rupiah

    @property
    def name(self) -> str:
        return self.who.name


@dataclass(frozen=True)
class Bad:
    """A row that cannot, and everything that is wrong in it."""

    row: int
    name: str
    reasons: Sequence[str]

    @property
    def reason(self) -> str:
        return " ".join(self.reasons)


@dataclass(frozen=True)
class Examined:
    good: Sequence[Good]
    bad: Sequence[Bad]


def examine(rows: Rows, columns: Columns) -> Examined:
    """Say of each row below the header whether it can be taken over, and why not."""
    read = [_Reading(number, row, columns) for number, row in _people(rows, columns)]
    known = _known(one.nik.digits for one in read if one.nik)
    first: dict[str, int] = {}
    for one in read:
        one.compare(first, known)
    return Examined(
        [one.as_good() for one in read if not one.reasons],
        [one.as_bad() for one in read if one.reasons],
    )


class _Reading:
    """One row while it is read; `reasons` gathers what is wrong."""

    def __init__(self, number: int, row: Sequence[str], columns: Columns) -> None:
        self.number = number
        self.reasons: list[str] = []
        self._row, self._columns = row, columns
        self.nik = self._try(read_nik, self._cell("nik"))
        self.name = self._try(_name, columns.as_typed(row, "name")) or ""
        self._joined_on = self._try(self._joining, self._cell("joined_on"))
        self._saved = [self._try(cells.amount, self._cell(kind)) or 0 for kind in SAVED]
        self._particulars = self._read_particulars()

    def compare(self, first: dict[str, int], known: dict[str, Member]) -> None:
        """Hold the row against those above it and against the register."""
        if self.nik is None:
            return
        digits = self.nik.digits
        if digits in first:
            words = _("This person stands in the list twice, first in row %(row)s.")
            self.reasons.append(words % {"row": first[digits]})
        elif digits in known:
            self.reasons.append(str(AlreadyMember(known[digits])))
        if not self.reasons:
            first[digits] = self.number

    def as_good(self) -> Good:
        assert self.nik is not None
        who = Particulars(nik=self.nik, name=self.name, **self._particulars)
        return Good(self.number, who, self._joined_on, *self._saved)

    def as_bad(self) -> Bad:
        return Bad(self.number, self._cell("name")[:120], self.reasons)

    def _read_particulars(self) -> dict[str, Any]:
        place, born_on = self._try(cells.birth, self._cell("birth")) or ("", None)
        born_on = born_on or self._try(cells.day, self._cell("born_on"))
        self._try(self._check_sex, self._cell("sex"))
        return {
            "birth_place": place or self._short("birth_place", 60),
            **_birth(self.nik, born_on),
            **self._neighbourhood(),
            "phone": self._try(cells.phone, self._cell("phone")) or "",
            "heir_phone": self._try(cells.phone, self._cell("heir_phone")) or "",
            **{field: self._short(field, length) for field, length in _LENGTHS.items()},
        }

    def _neighbourhood(self) -> dict[str, str]:
        """RT and RW from one column, or from two."""
        both, rt, rw = (
            self._try(cells.neighbourhood, self._cell(field)) or ("", "")
            for field in ("neighbourhood", "rt", "rw")
        )
        return {"rt": both[0] or rt[0], "rw": both[1] or rw[0]}

    def _joining(self, text: str) -> date | None:
        """The day somebody joined: every month since then is billed, so a slip would be dear."""
        day, founded_on = cells.day(text), current_tenant().founded_on
        if day is None:
            return None
        if day > clock.today():
            raise Invalid(_("The day of joining is still to come."))
        if founded_on is not None and day < founded_on:
            raise Invalid(_("The day of joining lies before the founding of the cooperative."))
        if self.nik is not None and day < self.nik.born_on:
            raise Invalid(_("The day of joining lies before the day of birth."))
        return day

    def _check_sex(self, text: str) -> None:
        said = cells.sex(text)
        if self.nik is None or said in (None, self.nik.sex):
            return
        raise Invalid(
            _("The list says a woman, but the NIK is a man's. Check the KTP.")
            if said is Sex.FEMALE
            else _("The list says a man, but the NIK is a woman's. Check the KTP.")
        )

    def _short(self, field: str, length: int) -> str:
        text = self._cell(field)
        if len(text) > length:
            words = _("“%(text)s…” is too long: at most %(most)s letters.")
            self.reasons.append(words % {"text": text[:20], "most": length})
        return text

    def _cell(self, field: str) -> str:
        return self._columns.cell(self._row, field)

    def _try(self, read: Callable[[str], T], text: str) -> T | None:
        try:
            return read(text)
        except Invalid as error:
            self.reasons.append(str(error))
            return None


_LENGTHS = {
    "address": 200,
    "occupation": 60,
    "group": 60,
    "business": 60,
    "heir_name": 120,
    "heir_relation": 40,
    "note": 200,
}


def _people(rows: Rows, columns: Columns) -> Iterable[tuple[int, Sequence[str]]]:
    """The rows below the header that are about somebody, with their numbers."""
    header = rows[columns.header] if columns.header >= 0 else None
    for number, row in enumerate(rows[columns.header + 1 :], start=columns.header + 2):
        if not _says_nothing(row, columns, header):
            yield number, row


def _says_nothing(row: Sequence[str], columns: Columns, header: Sequence[str] | None) -> bool:
    """Blank and merely numbered rows, sums, and the header repeated on each printed page."""
    if not any(columns.cell(row, field) for field in _SAYS_WHO):
        return True
    if columns.cell(row, "nik"):
        return row == header
    return any(_SUMS.fullmatch(cell) for cell in row)


def _name(typed: str) -> str:
    text = cells.written(typed)
    if not text:
        raise Invalid(_("The name is missing."))
    if typed.startswith("="):
        raise Invalid(_("The name is a formula. Type the name itself."))
    if len(text) > 120:
        raise Invalid(_("The name is too long: at most 120 letters."))
    if not any(c.isalpha() for c in text):
        raise Invalid(_("The name “%(text)s” has no letters.", text=text))
    return text


def _birth(nik: Nik | None, born_on: date | None) -> dict[str, Any]:
    """A day of birth only where it differs from the NIK, and then with a note."""
    if nik is None or born_on is None or born_on == nik.born_on:
        return {}
    return {"born_on": born_on, "birth_note": "Menurut daftar anggota yang dimasukkan"}


def _known(digits: Iterable[str]) -> dict[str, Member]:
    """Who of the list is registered already: a question for thousands of rows at once."""
    asked = list(dict.fromkeys(digits))
    found: dict[str, Member] = {}
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        query = select(Member).where(Member.nik.in_(some), Member.left_on.is_(None))
        found |= {member.nik: member for member in db.session.scalars(query)}
    return found
