"""The figures of the books that ratios are made of, by the starts of account codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.money import Rupiah
from app.ledger import reports
from app.ledger.reports import TrialLine
from app.supervision import reporting
from app.supervision.figures import SMALLEST_GROUP

NAMES = {
    "assets": "Total aset",
    "liquid": "Kas dan bank",
    "receivables": "Piutang bersih",
    "productive": "Kas, piutang, dan persediaan",
    "current": "Kewajiban jangka pendek",
    "long": "Kewajiban jangka panjang",
    "equity": "Ekuitas",
    "savings": "Simpanan pokok dan wajib",
    "funds": "Simpanan dan pinjaman yang diterima",
    "result": "SHU tahun berjalan",
    "revenue": "Pendapatan usaha",
    "expenses": "Beban usaha",
}
_HELD = {  # debit less credit at the end of the year, turned to the side that is positive
    "assets": (1, ("1.",)),
    "liquid": (1, ("1.1.1.",)),
    "receivables": (1, ("1.1.2.", "1.1.3.")),
    "productive": (1, ("1.1.1.", "1.1.2.", "1.1.3.", "1.1.4.")),
    "current": (-1, ("2.1.",)),
    "long": (-1, ("2.2.",)),
    "equity": (-1, ("3.", "4.", "5.", "6.", "9.")),  # with results not yet closed
    "savings": (-1, ("3.1.1.", "3.1.2.")),
    "funds": (-1, ("2.1.1.03", "2.2.", "3.1.1.", "3.1.2.")),
}
_MOVED = {
    "result": (-1, ("4.", "5.", "6.", "9.")),
    "revenue": (-1, ("4.",)),
    "expenses": (1, ("5.", "6.")),
}


@dataclass(frozen=True)
class Figures:
    """The figures of a year by key, as of its last day (or today)."""

    last: date
    of: dict[str, Rupiah]


def figures_of(last: date) -> Figures:
    """From 1 January through a day. Closing entries of the year would empty the results, so
    they are read as moved; this product keeps results in their accounts (see app.statements).
    """
    lines = reports.trial_balance(date(last.year, 1, 1), last).lines
    held = {
        key: sign * sum(line.closing for line in _in(lines, starts))
        for key, (sign, starts) in _HELD.items()
    }
    moved = {
        key: sign * sum(line.debit - line.credit for line in _in(lines, starts))
        for key, (sign, starts) in _MOVED.items()
    }
    return Figures(last, held | moved)


def are_of_few(day: date) -> bool:
    """Whether fewer than five people have saved anything here: the figures are theirs then."""
    return 0 < int(reporting.compute(day)["people_saving"]) < SMALLEST_GROUP


def _in(lines: Sequence[TrialLine], starts: tuple[str, ...]) -> list[TrialLine]:
    return [line for line in lines if line.code.startswith(starts)]
