"""Reading the list of a bank: finding its columns, its days and its amounts.

BRI and Bank Jateng write days as 24/11/2026 or 24/11/26, amounts as 1,250,000.00 or
1.250.000,00, in two columns (debet, kredit) or in one with D/K behind it. From the bank's
side a credit is money that comes in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.errors import DomainError, Invalid
from app.core.money import LARGEST, Rupiah
from app.members import cells
from app.members.spreadsheet import Rows

FIELDS = ("day", "text", "debit", "credit", "amount", "side", "balance")
_WORDS = {
    "day": ("tanggal", "tgl", "date", "tgl tran", "tanggal transaksi", "posting date"),
    "text": ("uraian", "keterangan", "deskripsi", "description", "remark", "desk tran", "berita"),
    "debit": ("debet", "debit", "mutasi debet", "mutasi debit", "keluar", "withdrawal"),
    "credit": ("kredit", "credit", "mutasi kredit", "masuk", "deposit"),
    "amount": ("jumlah", "nominal", "mutasi", "amount", "nilai"),
    "side": ("d/k", "db/cr", "dk", "jenis", "tipe", "type", "debet/kredit"),
    "balance": ("saldo", "balance", "saldo akhir", "saldo akhir mutasi", "running balance"),
}


@dataclass(frozen=True)
class Columns:
    """Where the header is, and which column is what."""

    header: int
    of: dict[str, int]


@dataclass(frozen=True)
class Read:
    """A line of a bank's list: what came in is positive."""

    row: int
    on: date
    text: str
    amount: Rupiah
    balance: Rupiah | None


def words_of(rows: Rows, header: int) -> list[str]:
    """The header of each column, as people see it."""
    return rows[header] if header < len(rows) else []


def guess(rows: Rows, known: dict[str, str] | None = None) -> Columns:
    """The columns by the words of the header; by those mapped before, where they fit."""
    best = Columns(0, {})
    for number, row in enumerate(rows[:40]):
        found = _named(row, known) if known else _guessed(row)
        if len(found) > len(best.of):
            best = Columns(number, found)
    return best if best.of or not known else guess(rows)


def is_complete(columns: Columns) -> bool:
    """Whether a day, a text and an amount can be read."""
    has_amount = "amount" in columns.of or {"debit", "credit"} <= columns.of.keys()
    return {"day", "text"} <= columns.of.keys() and has_amount


def lines(rows: Rows, columns: Columns) -> list[Read]:
    """The lines of a list; `DomainError` naming the row that cannot be read.

    Rows without a day are titles, sums and continued texts, and are passed over.
    """
    found = []
    for number, row in enumerate(rows[columns.header + 1 :], columns.header + 2):
        try:
            line = _line(number, row, columns)
        except Invalid as error:
            raise DomainError(_("Row %(row)s: %(why)s", row=number, why=str(error))) from error
        if line is not None and line.amount:
            found.append(line)
    if not found:
        raise DomainError(_("No line with a day and an amount was found in this file."))
    return found if found[0].on <= found[-1].on else found[::-1]


def amount(text: str) -> Rupiah:
    """An amount as banks write it; sen are rounded to the nearest rupiah."""
    text = text.strip().replace(" ", "").removeprefix("Rp").removeprefix("IDR")
    if text in ("", "-", "0"):
        return 0
    negative = text.startswith(("-", "(")) or text.endswith("-")
    match = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?", text.strip("-()"))
    if match is None:
        raise Invalid(_("The amount “%(text)s” cannot be read.", text=text))
    whole = int(re.sub(r"[.,]", "", match[1]))
    whole += int((match[2] or "0").ljust(2, "0")) >= 50
    if whole > LARGEST:
        raise Invalid(_("The amount “%(text)s” cannot be read.", text=text))
    return -whole if negative else whole


def _line(number: int, row: Sequence[str], columns: Columns) -> Read | None:
    cell = {field: row[at].strip() if at < len(row) else "" for field, at in columns.of.items()}
    day_text = (
        cell.get("day", "").split(" ")[0] if ":" in cell.get("day", "") else cell.get("day", "")
    )
    if not re.match(r"\d", day_text):
        return None
    day = cells.day(day_text)
    if day is None:
        return None
    balance = amount(cell["balance"]) if cell.get("balance") else None
    return Read(number, day, cell.get("text", "")[:300], _signed(cell), balance)


def _signed(cell: dict[str, str]) -> Rupiah:
    if "amount" not in cell:
        return abs(amount(cell.get("credit", ""))) - abs(amount(cell.get("debit", "")))
    text = cell["amount"]
    letters = (cell.get("side") or "".join(c for c in text if c.isalpha())).upper()
    found = amount(re.sub(r"[A-Za-z]", "", text))
    return -abs(found) if letters.startswith("D") else found


def _guessed(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        word = _plain(cell)
        for field, words in _WORDS.items():
            if field not in found and word in words:
                found[field] = at
    return found


def _named(row: Sequence[str], known: dict[str, str]) -> dict[str, int]:
    headers = [_plain(cell) for cell in row]
    return {f: headers.index(_plain(w)) for f, w in known.items() if _plain(w) in headers}


def _plain(text: str) -> str:
    text = re.sub(r"\(.*?\)", "", text.lower().replace("_", " ").replace(".", " "))
    return " ".join(text.split())
