"""One row of a list while it is read: what it says of somebody, and what is wrong in it."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any, TypeVar

from flask_babel import gettext as _

from app.core import clock
from app.core.errors import Invalid
from app.core.identity import Sex, age_on
from app.core.money import Rupiah
from app.members import cells
from app.members.columns import SAVED, Columns
from app.members.listed import Listed
from app.members.names import read_name
from app.members.services import Particulars
from tenants.scope import current_tenant

T = TypeVar("T")

_LENGTHS = {
    "address": 200,
    "occupation": 60,
    "group": 60,
    "business": 60,
    "heir_name": 120,
    "heir_relation": 40,
}
_LONGEST_NOTE = 200
_GONE = re.compile(
    r"\b(keluar|meninggal|wafat|alm|almh|almarhum|almarhumah|mengundurkan diri|mundur)\b",
    re.IGNORECASE,
)
SELDOM, _OLDEST = 100, 120  # years
_ALIKE = 0.7  # of two spellings of a name


class Reading:
    """`reasons` gathers what is wrong; whoever has none can be taken over."""

    def __init__(self, listed: Listed, columns: Columns, labels: Sequence[str]) -> None:
        self.number, self._row, self._above = listed
        self.reasons: list[str] = []
        self._columns, self._labels = columns, labels
        self._check_width()
        self._broken = self._errors()
        self.nik = self._try("nik", cells.nik)
        self.name = self._try("name", _name, columns.as_typed(self._row, "name")) or ""
        self.joined_on = self._try("joined_on", self._joining)
        self.saved: list[Rupiah] = [self._savings(kind) for kind in SAVED]
        self._particulars = self._read_particulars()
        self._check_whether_gone()

    @property
    def shown_name(self) -> str:
        return self._cell("name")[:120]

    @property
    def place(self) -> str:
        return self._columns.place(self.number)

    def particulars(self) -> Particulars:
        assert self.nik is not None
        return Particulars(nik=self.nik, name=self.name, **self._particulars)

    def is_called_like(self, other: "Reading") -> bool:
        """Whether both are one person: "Siti Aminah" and "SITI AMINAH, S.Pd"."""
        ours, theirs = _words(self.shown_name), _words(other.shown_name)
        if ours <= theirs or theirs <= ours:
            return True
        one, another = " ".join(sorted(ours)), " ".join(sorted(theirs))
        return SequenceMatcher(None, one, another).ratio() >= _ALIKE

    def _read_particulars(self) -> dict[str, Any]:
        place, born_on = self._try("birth", cells.birth) or ("", None)
        born_on = born_on or self._try("born_on", cells.day)
        self._try("sex", self._check_sex)
        phone, *more = self._try("phone", cells.phones) or [""]
        return {
            "birth_place": place or self._short("birth_place", 60),
            **self._birth(born_on),
            **self._neighbourhood(),
            "phone": phone,
            "heir_phone": self._try("heir_phone", cells.phone) or "",
            **{field: self._short(field, length) for field, length in _LENGTHS.items()},
            "note": self._note(more),
        }

    def _birth(self, born_on: date | None) -> dict[str, Any]:
        """A day of birth only where it differs from the NIK, and then with a note."""
        if self.nik is None or born_on == self.nik.born_on:
            return {}
        if born_on is None:
            self._doubt_age(self.nik.born_on)
            return {}
        if _turned(born_on) == self.nik.born_on:
            self._doubt_joining()
            return {}
        if not 0 <= age_on(born_on, clock.today()) <= _OLDEST:
            words = _("Nobody was born on %(day)s. The NIK says %(nik)s: check the KTP.")
            days = {"day": f"{born_on:%d-%m-%Y}", "nik": f"{self.nik.born_on:%d-%m-%Y}"}
            self.reasons.append(words % days)
        return {"born_on": born_on, "birth_note": "Menurut daftar anggota yang dimasukkan"}

    def _doubt_age(self, born_on: date) -> None:
        """A NIK has two digits of the year: a child's says that they are over a hundred."""
        age = age_on(born_on, clock.today())
        if age > SELDOM:
            words = _("%(age)s years old by the NIK. Write the date of birth beside it.")
            self.reasons.append(words % {"age": age})

    def _doubt_joining(self) -> None:
        """A row whose day of birth is in the American order has others that may be, too."""
        if self.joined_on is not None and _turned(self.joined_on) not in (None, self.joined_on):
            words = _("The month stands before the day in this row. Write %(label)s as 24-11-2026.")
            self.reasons.append(words % {"label": self._label("joined_on")})

    def _neighbourhood(self) -> dict[str, str]:
        """RT and RW from one column, or from two; in that of the RT both may stand.

        What a row does not say, the heading above it says for all below.
        """
        both, rt, rw = (
            self._try(field, cells.neighbourhood) or ("", "")
            for field in ("neighbourhood", "rt", "rw")
        )
        own = both[0] or rt[0], both[1] or rw[0] or rw[1] or rt[1]
        return {"rt": own[0] or self._above[0], "rw": own[1] or self._above[1]}

    def _note(self, phones: Sequence[str]) -> str:
        """The note, and the telephone numbers for which there is no place of their own."""
        note = self._short("note", _LONGEST_NOTE)
        parts = [note, *(f"HP lain 0{number.removeprefix('+62')}" for number in phones)]
        return "; ".join(filter(None, parts))[:_LONGEST_NOTE]

    def _savings(self, kind: str) -> Rupiah:
        texts = self._columns.amounts(self._row, kind)
        return sum(self._try(kind, cells.amount, text) or 0 for text in texts)

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

    def _check_whether_gone(self) -> None:
        """Who has died or left still stands in many lists; as members they would be billed."""
        said = [self._cell(field) for field in ("name", "note", "status")]
        left_on = self._cell("left_on")
        gone = next((text for text in said if _GONE.search(text)), "")
        if gone or (left_on and left_on.lower() not in ("0", "tidak", "belum")):
            words = _("The list says “%(text)s”: no longer a member. Delete that if they are one.")
            self.reasons.append(words % {"text": (gone or left_on)[:40]})

    def _short(self, field: str, length: int) -> str:
        text = self._cell(field)
        if len(text) > length:
            words = _("“%(text)s…” is too long: at most %(most)s letters.")
            self.reasons.append(words % {"text": text[:20], "most": length})
        return text

    def _check_width(self) -> None:
        """In text, an amount "50,000" falls into two cells, and fifty rupiah would be left.

        All rows of a workbook are as wide as its widest; a row wider than the header is of text.
        """
        wide = len(self._labels) if self._labels and not self._columns.sheets else len(self._row)
        if any(self._row[wide:]):
            words = _(
                "This row has more cells than the header. Put a cell that has a comma in it between"
                " quotation marks, or save the list as .xlsx."
            )
            self.reasons.append(str(words))

    def _errors(self) -> set[str]:
        """The columns in which a formula came to nothing; they are told once."""
        places = self._columns.of.items()
        found = {f: text for f, p in places if cells.is_error(text := _at(self._row, p))}
        for field, text in found.items():
            words = _("The formula under %(label)s came to %(text)s. Type what it should say.")
            told = {"label": self._label(field), "text": text.removeprefix("=")}
            self.reasons.append(words % told)
        return set(found)

    def _cell(self, field: str) -> str:
        return "" if field in self._broken else self._columns.cell(self._row, field)

    def _try(self, field: str, read: Callable[[str], T], text: str | None = None) -> T | None:
        if field in self._broken:
            return None
        try:
            return read(self._cell(field) if text is None else text)
        except Invalid as error:
            reason = str(error)
            self.reasons.append(f"{self._label(field)}: {reason}" if field in _SEVERAL else reason)
            return None

    def _label(self, field: str) -> str:
        return _at(self._labels, self._columns.of.get(field, -1)) or field


# Of these a row has more than one, so that a reason names the column.
_SEVERAL = {*SAVED, "born_on", "joined_on", "phone", "heir_phone"}


def _name(typed: str) -> str:
    if typed.startswith("="):
        raise Invalid(_("The name is a formula. Type the name itself."))
    return read_name(cells.written(typed))


def _words(name: str) -> set[str]:
    return set(re.sub(r"[^\w\s]", " ", name.casefold()).split())


def _turned(day: date) -> date | None:
    """Day and month the other way round, where that is a day."""
    return date(day.year, day.day, day.month) if day.day <= 12 else None


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if 0 <= place < len(row) else ""
