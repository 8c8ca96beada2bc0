"""Taking over a list of members that was kept in a spreadsheet.

`guess` finds the columns, `examine` says of each row whether it can be taken over and why
not, `enter` takes over the good ones. So the bad ones are put right in the list, which is
then sent again: whoever is registered by then is left alone.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.errors import DomainError, Invalid
from app.core.identity import Nik, read_nik
from app.core.money import Rupiah
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Line, Source, credit, debit
from app.members import cells, services
from app.members.models import Member
from app.members.services import AlreadyMember, Particulars
from app.members.spreadsheet import Rows
from tenants.settings import Key, setting

# What a column holds, by the letters of its header, the first that fits.
_HEADERS = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
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
        ("note", r"^ket"),
    )
)
_SUMS = re.compile(r"(grand|sub)?\s*(jumlah|total)\b.*", re.IGNORECASE)
_SAYS_WHO = ("nik", "name", "birth", "address", "phone")


@dataclass(frozen=True)
class Columns:
    """Where the list begins, and which column holds what."""

    header: int  # counted from 0
    of: dict[str, int]

    def cell(self, row: Sequence[str], field: str) -> str:
        place = self.of.get(field)
        return cells.written(row[place]) if place is not None and place < len(row) else ""


@dataclass(frozen=True)
class Good:
    """A row that can be taken over."""

    row: int  # as the spreadsheet counts, from 1
    who: Particulars
    joined_on: date | None
    principal: Rupiah
    mandatory: Rupiah
    voluntary: Rupiah


@dataclass(frozen=True)
class Bad:
    row: int
    reason: str


@dataclass(frozen=True)
class Examined:
    good: Sequence[Good]
    bad: Sequence[Bad]


def digest(content: bytes) -> str:
    """What the file is known by: sent twice, it is the same."""
    return hashlib.sha256(content).hexdigest()


def guess(rows: Rows) -> Columns:
    """Find the header below the titles, and what its columns hold."""
    for number, row in enumerate(rows[:30]):
        found: dict[str, int] = {}
        for place, text in enumerate(row):
            if field := _field_of(text):
                found.setdefault(field, place)
        if "nik" in found and "name" in found:
            return Columns(number, found)
    raise DomainError(_("No row with the headers Nama and NIK was found in this list."))


def examine(rows: Rows, columns: Columns) -> Examined:
    """Say of each row below the header whether it can be taken over, and why not."""
    good: dict[str, Good] = {}
    bad = []
    known = _known(rows, columns)
    for number, row in enumerate(rows[columns.header + 1 :], start=columns.header + 2):
        if _says_nothing(row, columns, rows[columns.header]):
            continue
        try:
            read = _read(number, row, columns)
            _check_new(read, good, known)
            good[read.who.nik.digits] = read
        except (Invalid, DomainError) as error:
            bad.append(Bad(number, str(error)))
    return Examined(list(good.values()), bad)


def enter(good: Sequence[Good], *, on: date, source: str) -> list[Member]:
    """Register the good rows, and post what they had saved as one opening journal.

    `source` is the digest of the file: it is never posted twice. The caller commits.
    """
    entered = []
    lines: list[Line] = []
    for row in good:
        member = services.register(row.who, on=row.joined_on or on, consent=False)
        if row.principal >= int(setting(Key.PRINCIPAL, row.joined_on or on)):
            services.activate(member, on=row.joined_on or on)
        lines += _opening(row, member)
        entered.append(member)
    if lines:
        lines.insert(0, debit(AccountRole.OPENING, sum(line.credit for line in lines)))
        ledger.post(
            on=on,
            memo="Saldo awal simpanan anggota dari daftar",
            source=Source("members.import", source),
            lines=lines,
        )
    return entered


def _field_of(header: str) -> str | None:
    letters = re.sub(r"[^a-z]", "", header.lower())
    return next((field for field, pattern in _HEADERS if pattern.search(letters)), None)


def _says_nothing(row: Sequence[str], columns: Columns, header: Sequence[str]) -> bool:
    """Blank and merely numbered rows, sums, and the header repeated on each printed page."""
    if not any(columns.cell(row, field) for field in _SAYS_WHO):
        return True
    if columns.cell(row, "nik"):
        return list(row) == list(header)
    return any(_SUMS.fullmatch(cell) for cell in row)


def _read(number: int, row: Sequence[str], columns: Columns) -> Good:
    def cell(field: str) -> str:
        return columns.cell(row, field)

    who = _who(cell)
    joined_on = cells.day(cell("joined_on"))
    if joined_on is not None and joined_on > clock.today():
        raise Invalid(_("The day of joining is still to come."))
    saved = [cells.amount(cell(kind)) for kind in ("principal", "mandatory", "voluntary")]
    return Good(number, who, joined_on, *saved)


def _who(cell: Callable[[str], str]) -> Particulars:
    name = _name(cell("name"))
    nik = read_nik(cell("nik"))
    place, born_on = cells.birth(cell("birth"))
    born_on = born_on or cells.day(cell("born_on"))
    rt, rw = cells.neighbourhood(cell("neighbourhood"))
    return Particulars(
        nik=nik,
        name=name,
        birth_place=(place or cell("birth_place"))[:60],
        born_on=born_on if born_on != nik.born_on else None,
        birth_note=_birth_note(nik, born_on),
        address=cell("address")[:200],
        rt=rt or cells.neighbourhood(cell("rt"))[0],
        rw=rw or cells.neighbourhood(cell("rw"))[0],
        phone=cells.phone(cell("phone")),
        occupation=cell("occupation")[:60],
        group=cell("group")[:60],
        business=cell("business")[:60],
        heir_name=cell("heir_name")[:120],
    )


def _name(text: str) -> str:
    if not text:
        raise Invalid(_("The name is missing."))
    if text.startswith("="):
        raise Invalid(_("The name is a formula. Type the name itself."))
    if len(text) > 120:
        raise Invalid(_("The name is too long: at most 120 letters."))
    return text


def _birth_note(nik: Nik, born_on: date | None) -> str:
    differs = born_on is not None and born_on != nik.born_on
    return "Menurut daftar anggota yang dimasukkan" if differs else ""


def _check_new(read: Good, good: dict[str, Good], known: dict[str, Member]) -> None:
    digits = read.who.nik.digits
    if digits in good:
        raise Invalid(
            _("This person stands in the list twice, first in row %(row)s.", row=good[digits].row)
        )
    if digits in known:
        raise AlreadyMember(known[digits])


def _known(rows: Rows, columns: Columns) -> dict[str, Member]:
    """Who of the list is registered already: one question for all rows."""
    asked = []
    for row in rows[columns.header + 1 :]:
        try:
            asked.append(read_nik(columns.cell(row, "nik")).digits)
        except Invalid:
            continue
    query = select(Member).where(Member.nik.in_(asked), Member.left_on.is_(None))
    return {member.nik: member for member in db.session.scalars(query)}


def _opening(row: Good, member: Member) -> list[Line]:
    saved = (
        (AccountRole.PRINCIPAL_SAVINGS, row.principal),
        (AccountRole.MANDATORY_SAVINGS, row.mandatory),
        (AccountRole.VOLUNTARY_SAVINGS, row.voluntary),
    )
    return [credit(role, amount, member.id) for role, amount in saved if amount]
