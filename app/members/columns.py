"""Which column of a list holds what: guessed from the headers, corrected by hand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.core.errors import DomainError
from app.members import cells
from app.members.spreadsheet import Rows

SEARCHED = 30  # rows from the top among which the headers stand

Headers = Sequence[tuple[str, re.Pattern[str]]]

# What a column holds, by the letters of its header, the first that fits.
_HEADERS = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("heir_relation", r"hubungan"),
        ("heir_phone", r"(hp|telp|telepon|wa).*waris"),
        ("heir_name", r"waris"),
        ("nik", r"^(no|nomor)?nik|ktp|nomorinduk"),
        ("neighbourhood", r"^rt(dan)?rw"),
        ("rt", r"^(no)?rt$"),
        ("rw", r"^(no)?rw$"),
        ("birth", r"^ttl$|tempat.*(tgl|tanggal)"),
        ("birth_place", r"(tempat|kota)lahir|^tempat$"),
        ("born_on", r"lahir"),
        ("joined_on", r"(tgl|tanggal|tgg).*(masuk|gabung|daftar|anggota)|^masuk$"),
        ("principal", r"pokok"),
        ("mandatory", r"wajib"),
        ("voluntary", r"sukarela"),
        ("name", r"^nama"),
        ("sex", r"^lp$|^jk$|kelamin"),
        ("address", r"alamat"),
        ("phone", r"hp|telp|telepon|handphone|whatsapp|^(no|nomor)?wa$"),
        ("occupation", r"pekerjaan|profesi"),
        ("group", r"kelompok"),
        ("business", r"usaha|umkm|produk"),
        ("note", r"^ket|catatan"),
    )
)
FIELDS = frozenset(field for field, _pattern in _HEADERS)


@dataclass(frozen=True)
class Columns:
    """Where the list begins, and which column holds what."""

    header: int  # counted from 0; -1: the list has none
    of: Mapping[str, int]

    def cell(self, row: Sequence[str], field: str) -> str:
        return cells.written(self.as_typed(row, field))

    def as_typed(self, row: Sequence[str], field: str) -> str:
        """The cell with the sign that it is a formula."""
        place = self.of.get(field)
        return row[place] if place is not None and place < len(row) else ""

    def as_json(self) -> dict[str, Any]:
        return {"header": self.header, "of": dict(self.of)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Columns":
        return cls(kept["header"], kept["of"])

    @property
    def are_enough(self) -> bool:
        """Without a name and a NIK nobody can be registered."""
        return "nik" in self.of and "name" in self.of


def guess(rows: Rows) -> Columns:
    """Find the header below the titles, and what its columns hold, as far as can be told."""
    best = max(
        (Columns(number, recognized(row, _HEADERS)) for number, row in enumerate(rows[:SEARCHED])),
        key=lambda columns: (columns.are_enough, len(columns.of), _filled(rows, columns.header)),
        default=None,
    )
    if best is None or _filled(rows, best.header) < 2:
        raise DomainError(_("This list is empty: it needs at least a name and a NIK in each row."))
    return best


def recognized(row: Sequence[str], headers: Headers) -> dict[str, int]:
    """What each column holds, by words that its header may contain; the first one counts."""
    found: dict[str, int] = {}
    for place, text in enumerate(row):
        letters = re.sub(r"[^a-z]", "", text.lower())
        field = next((field for field, pattern in headers if pattern.search(letters)), None)
        if field:
            found.setdefault(field, place)
    return found


def _filled(rows: Rows, number: int) -> int:
    return sum(bool(cell) for cell in rows[number])
