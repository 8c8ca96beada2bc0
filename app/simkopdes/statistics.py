"""Reading the ministry's statistics: a row a ward, whatever other columns there are.

Whatever cannot be used is objected to with its row; the rows themselves are kept elsewhere.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.errors import DomainError
from app.members.spreadsheet import Rows
from tenants.models import Tenant

_WARD = ("kelurahan", "nama_kelurahan", "desa_kelurahan", "ward")
# The columns that we compare, by the names that the ministry gives them.
_FIGURES = {
    "pokok_members": "principal_members",
    "pokok_amount": "principal_amount",
    "wajib_members": "mandatory_members",
    "wajib_amount": "mandatory_amount",
    "savings_total": "savings_total",
    "npwp": "tax_number",
    "nib": "business_number",
}
_MOST_DIGITS = 15
# Points between thousands; 25000.0 is 25000, as programs write it, and no ten times as much.
_FIGURE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:[.,]0{1,2})?")

OBJECTIONS: dict[str, Any] = {
    "missing": _l("%(ward)s is not in the file. What was known of it stays."),
    "doubled": _l("Row %(row)s: %(ward)s stands in row %(first)s already. That one counts."),
    "unknown": _l("Row %(row)s: there is no cooperative of “%(ward)s” in the city."),
    "nameless": _l("Row %(row)s names no ward."),
    "unreadable": _l("Row %(row)s, %(ward)s: “%(text)s” under %(column)s is no number."),
}


@dataclass
class Found:
    """What the file says of one cooperative: the figures we compare, and all the rest."""

    row: int
    figures: dict[str, int | None]
    others: dict[str, str]


@dataclass
class Statistics:
    """What was read: figures by the number of the cooperative, and what was objected to."""

    found: dict[int, Found] = field(default_factory=dict)
    objections: list[dict[str, Any]] = field(default_factory=list)


def examine(rows: Rows, cooperatives: Sequence[Tenant]) -> Statistics:
    """Read the rows of a file; `DomainError` when nothing in it is about a cooperative."""
    top, ward_at = _header(rows)
    header = [_key(cell) for cell in rows[top]]
    known = {_plain(tenant.ward): tenant for tenant in cooperatives}
    read = Statistics()
    for number, row in enumerate(rows[top + 1 :], start=top + 2):
        if any(row):
            _take(read, number, row, header, ward_at, known)
    if not read.found:
        raise DomainError(_("No row of this file is about a cooperative of the city."))
    for tenant in cooperatives:
        if tenant.id not in read.found:
            _object(read, "missing", ward=tenant.ward)
    return read


def in_words(objections: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What was objected to, a sentence each."""
    for objection in objections:
        yield str(OBJECTIONS[objection["kind"]]) % objection["about"]


def _take(
    read: Statistics,
    number: int,
    row: Sequence[str],
    header: Sequence[str],
    ward_at: int,
    known: Mapping[str, Tenant],
) -> None:
    """Keep what a row says of its cooperative, if it is the first of it."""
    ward = row[ward_at] if ward_at < len(row) else ""
    tenant = _whose(read, number, ward, known)
    if tenant is None:
        return
    cells = {name: cell for name, cell in zip(header, row, strict=False) if name}
    figures = {
        ours: _figure(read, number, ward, theirs, cells.pop(theirs, ""))
        for theirs, ours in _FIGURES.items()
    }
    read.found[tenant.id] = Found(number, figures, cells)


def _whose(read: Statistics, number: int, ward: str, known: Mapping[str, Tenant]) -> Tenant | None:
    """The cooperative of a row; None, and an objection, where there is none or it had a row."""
    tenant = known.get(_plain(ward))
    if not ward:
        _object(read, "nameless", row=number)
    elif tenant is None:
        _object(read, "unknown", row=number, ward=ward)
    elif tenant.id in read.found:
        _object(read, "doubled", row=number, ward=ward, first=read.found[tenant.id].row)
    else:
        return tenant
    return None


def _figure(read: Statistics, number: int, ward: str, column: str, text: str) -> int | None:
    bare = re.sub(r"^rp|\s", "", text.lower())
    if bare in ("", "-", "–"):
        return None
    figure = _FIGURE.fullmatch(bare)
    digits = figure[1].replace(".", "") if figure else ""
    if not digits or len(digits) > _MOST_DIGITS:
        _object(read, "unreadable", row=number, ward=ward, column=column, text=text[:40])
        return None
    return int(digits)


def _header(rows: Rows) -> tuple[int, int]:
    """In which row the columns are named, and which of them holds the ward."""
    for top, row in enumerate(rows):
        for at, cell in enumerate(row):
            if _key(cell) in _WARD:
                return top, at
    raise DomainError(_("This file has no column “kelurahan”."))


def _object(read: Statistics, kind: str, **about: Any) -> None:
    read.objections.append({"kind": kind, "about": about})


def _key(cell: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", cell.lower()).strip("_")


def _plain(ward: str) -> str:
    """Spelling that does not matter: capitals, spaces, hyphens."""
    return re.sub(r"[^a-z0-9]", "", ward.lower().removeprefix("kelurahan "))
