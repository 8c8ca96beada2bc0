"""A list of what members had saved before they were entered here: read, judged row by row.

A member is known by number or NIK, and the name must fit, so that nobody gets what is another's.
Whoever has opening savings in the books already is left alone: the same list again changes
nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from app.core.errors import DomainError, Invalid
from app.core.money import Rupiah, rupiah
from app.ledger import opening
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members import cells
from app.members import services as members
from app.members.columns import SEARCHED, Columns, recognized
from app.members.models import Member
from app.members.spreadsheet import Rows

KINDS: Mapping[str, AccountRole] = {
    "principal": AccountRole.PRINCIPAL_SAVINGS,
    "mandatory": AccountRole.MANDATORY_SAVINGS,
    "voluntary": AccountRole.VOLUNTARY_SAVINGS,
}
_HEADERS = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("nik", r"^(no|nomor)?nik|ktp|nomorinduk"),
        ("number", r"^(no|nomor|kode|id)(urut)?anggota$|^(no|nomor)agt$|^kode$"),
        ("principal", r"pokok"),
        ("mandatory", r"wajib"),
        ("voluntary", r"sukarela"),
        ("name", r"^nama"),
    )
)
_SUMS = re.compile(r"(grand|sub)?\s*(jumlah|total)\b.*", re.IGNORECASE)


class Verdict(StrEnum):
    GOOD = "good"
    KNOWN = "known"  # in the books already, with the same amounts
    BAD = "bad"


@dataclass(frozen=True)
class Row:
    """A row with what is to be done with it, and why not."""

    row: int  # as the spreadsheet counts, from 1
    name: str
    verdict: Verdict
    reason: str = ""
    number: int = 0
    saved: tuple[Rupiah, ...] = (0, 0, 0)  # in the order of KINDS

    @property
    def total(self) -> Rupiah:
        return sum(self.saved)


def examine(rows: Rows) -> list[Row]:
    """A verdict on every row below the header; `DomainError` where there is none."""
    columns, known = _columns(rows), _Known()
    return [_judged(number, row, columns, known) for number, row in _people(rows, columns)]


class _Known:
    """The register and the books, read once for the whole list."""

    def __init__(self) -> None:
        self.by_number = members.by_number()
        everybody = self.by_number.values()
        self.by_nik = {m.nik: m for m in everybody if m.left_on is None}
        self.booked = opening.booked([m.id for m in everybody])
        roles = {ledger.account(role).id for role in KINDS.values()}
        drafted = opening.written([m.id for m in everybody])
        self.drafted = {party for account, party in drafted if account in roles}
        self.taken: set[int] = set()  # numbers that stood in the list above


def _columns(rows: Rows) -> Columns:
    found = [
        Columns(number, recognized(row, _HEADERS)) for number, row in enumerate(rows[:SEARCHED])
    ]
    best = max(found, key=lambda columns: len(columns.of), default=Columns(-1, {}))
    knows_who = "nik" in best.of or "number" in best.of
    if not knows_who or "name" not in best.of or not any(kind in best.of for kind in KINDS):
        raise DomainError(
            _(
                "No row with headers was found: Nomor anggota or NIK, Nama, and Pokok, Wajib or"
                " Sukarela."
            )
        )
    return best


def _people(rows: Rows, columns: Columns) -> Iterable[tuple[int, Sequence[str]]]:
    """The rows that are about somebody: not blank, no sum, not the header once more."""
    header = rows[columns.header]
    for number, row in enumerate(rows[columns.header + 1 :], start=columns.header + 2):
        who = [columns.cell(row, field) for field in ("nik", "number", "name")]
        if any(who) and row != header and not any(_SUMS.fullmatch(cell) for cell in row):
            yield number, row


def _judged(number: int, row: Sequence[str], columns: Columns, known: _Known) -> Row:
    name = columns.cell(row, "name")[:120]
    try:
        member = _member(columns.cell(row, "number"), columns.cell(row, "nik"), known)
        _check_name(member, name)
        saved = tuple(cells.amount(columns.cell(row, kind)) for kind in KINDS)
        if member.number in known.taken:
            raise Invalid(_("This member stands in the list twice."))
        known.taken.add(member.number)
        verdict = _verdict(member, saved, known)
    except Invalid as error:
        return Row(number, name, Verdict.BAD, str(error))
    return Row(number, member.name, verdict, "", member.number, saved)


def _verdict(member: Member, saved: tuple[Rupiah, ...], known: _Known) -> Verdict:
    """Hold what the list says against what the books say already."""
    if held := known.booked.get(member.id):
        if saved != tuple(held.get(role, 0) for role in KINDS.values()):
            raise Invalid(_different(held))
        return Verdict.KNOWN
    if not sum(saved):
        raise Invalid(_("No amount stands in this row."))
    if member.id in known.drafted:
        raise Invalid(_("It is written down by hand on the page of opening balances already."))
    return Verdict.GOOD


def _different(held: Mapping[AccountRole, Rupiah]) -> str:
    return str(
        _(
            "The books hold other opening savings of this member (%(sum)s together). Correct them"
            " by a journal.",
            sum=rupiah(sum(held.values())),
        )
    )


def _member(number: str, nik: str, known: _Known) -> Member:
    """Who the row is about; `Invalid` for nobody, or where number and NIK disagree."""
    by_number = known.by_number.get(int(_digits(number) or 0))
    by_nik = known.by_nik.get(_digits(nik))
    if not _digits(number) and not _digits(nik):
        raise Invalid(_("Number and NIK are missing."))
    if by_number and by_nik and by_number.id != by_nik.id:
        raise Invalid(_("Number and NIK belong to different members."))
    found = by_number or by_nik
    if found is None:
        raise Invalid(_("No member has this number or NIK. Enter the member first."))
    if found.left_on is not None:
        raise Invalid(_("This member has left."))
    return found


def _digits(text: str) -> str:
    """The digits; none where they are too many for a number of ours."""
    digits = "".join(c for c in text if c.isdecimal())
    return digits if len(digits) <= 9 or len(digits) == 16 else ""


def _check_name(member: Member, name: str) -> None:
    if not name:
        raise Invalid(_("The name is missing."))
    said, ours = ({*re.findall(r"\w+", text.lower())} for text in (name, member.name))
    if not said & ours:
        raise Invalid(
            _("The list says %(said)s, but the member is %(ours)s.", said=name, ours=member.name)
        )
