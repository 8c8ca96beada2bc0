"""Words in braces that a note fills by itself: {kelurahan}, {aset_lancar}.

They are Indonesian, as the notes are: particulars of the cooperative, and every line, group and
sum of the position and of the results by its own name. Notes kept before then have the
particulars by the names that the code gives them; those still fill in.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from flask_babel import gettext as _

from app.core.errors import Invalid
from app.core.money import rupiah
from app.statements.asked import long
from app.statements.kinds import LAYOUTS, OF_A_DAY
from app.statements.statement import Row, Statement
from tenants.models import Tenant

_UNKNOWN = "(belum diisi)"
_BRACED = re.compile(r"\{([^{}]*)\}")
_PARTICULARS = {
    "nama_koperasi": "legal_name",
    "kelurahan": "ward",
    "kecamatan": "district",
    "alamat": "address",
    "tanggal_berdiri": "founded_on",
    "akta": "deed",
    "pengesahan": "legal_decree",
    "nomor_induk": "cooperative_number",
    "nib": "business_number",
    "npwp": "tax_number",
}
_BY_OLD_NAME = {name: word for word, name in _PARTICULARS.items()}
_FROM = (OF_A_DAY, "hasil-usaha")


@dataclass(frozen=True)
class Figure:
    """A row of a statement that a word stands for, by its key or, of a sum, by its label."""

    word: str
    name: str
    statement: str
    key: str = ""

    def amount(self, statements: Mapping[str, Statement]) -> str:
        rows = statements[self.statement].rows
        return rupiah(next((row.amounts[0] for row in rows if self._is(row)), 0))

    def _is(self, row: Row) -> bool:
        fits = row.key == self.key if self.key else row.label == self.name
        return bool(row.amounts) and fits


@dataclass(frozen=True)
class Filled:
    """A word with what it says now."""

    word: str
    name: str
    value: str


def particulars(tenant: Tenant) -> list[Filled]:
    return [Filled(word, "", _particular(tenant, word)) for word in _PARTICULARS]


def figures(statements: Mapping[str, Statement]) -> list[Filled]:
    return [Filled(f.word, f.name, f.amount(statements)) for f in _figures().values()]


def filled(text: str, tenant: Tenant, statements: Mapping[str, Statement]) -> str:
    """The words in their places; what nobody knows yet says so."""

    def value(found: re.Match[str]) -> str:
        word = _BY_OLD_NAME.get(found[1], found[1])
        if word in _PARTICULARS:
            return _particular(tenant, word)
        known = _figures().get(word)
        return known.amount(statements) if known else found[0]

    return _BRACED.sub(value, text)


def modern(text: str) -> str:
    """The same text with the words as they are written now."""
    return _BRACED.sub(lambda f: f"{{{_BY_OLD_NAME.get(f[1], f[1])}}}", text)


def check(text: str) -> None:
    """`Invalid` for a word that nothing fills, with the one that was probably meant."""
    known = [*_PARTICULARS, *_figures()]
    for word in _BRACED.findall(modern(text)):
        if word in known:
            continue
        meant = get_close_matches(word.strip().lower().replace(" ", "_"), known, 1)
        said = _("“%(word)s” is not a word that fills itself.", word=f"{{{word}}}")
        if meant:
            said += " " + _("Did you mean %(meant)s?", meant=f"{{{meant[0]}}}")
        raise Invalid(said)


def _particular(tenant: Tenant, word: str) -> str:
    value = getattr(tenant, _PARTICULARS[word])
    return (long(value) if value and word == "tanggal_berdiri" else value) or _UNKNOWN


@cache
def _figures() -> dict[str, Figure]:
    """By their words; a name that both statements have is told apart by the second's."""
    found: dict[str, Figure] = {}
    for statement in _FROM:
        for name, label, key in _rows(statement):
            word = "_".join(re.findall(r"[a-z]+", name.lower()))
            if word in found:
                word += "_" + statement.replace("-", "_")
            found[word] = Figure(word, label, statement, key)
    return found


def _rows(statement: str) -> Sequence[tuple[str, str, str]]:
    """What a row is called, its label, and its key: lines, then their group, then the sums."""
    plan = LAYOUTS[statement]
    lines = [
        row
        for group in plan.groups
        for row in (
            *((line.name, line.name, line.key) for line in group.lines),
            (group.name, group.total, ""),
        )
    ]
    return [*lines, *((s.name, s.name, "") for s in plan.sums)]
