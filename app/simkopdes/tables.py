"""The comparison in a workbook. Always Indonesian."""

from collections.abc import Sequence
from datetime import date

from app.printing.days import written
from app.printing.workbooks import Cell, Sheet, workbook
from app.simkopdes.comparison import Line, Pair, Verdict

_HEADS = {
    "principal_members": "Anggota bayar pokok",
    "principal_amount": "Simpanan pokok Rp",
    "mandatory_members": "Anggota bayar wajib",
    "mandatory_amount": "Simpanan wajib Rp",
    "savings_total": "Seluruh simpanan Rp",
    "transaction_value": "Nilai transaksi Rp",
    "transaction_volume": "Jumlah transaksi",
    "tax_number": "NPWP",
    "business_number": "NIB",
}
_REMARKS = {
    Verdict.SAME: "sama",
    Verdict.DIFFERS: "berbeda",
    Verdict.UNREPORTED: "nol di SIMKOPDES: mungkin belum dilaporkan",
    Verdict.UNKNOWN: "tidak diketahui",
}


def workbook_of(found: Sequence[Line], on: date) -> bytes:
    """One row a cooperative and figure, to be filtered in Excel; what is not known is empty."""
    head = ["Kecamatan", "Kelurahan", "Angka", "SIMKOPDES", "Koperasi", "Selisih", "Keterangan"]
    head.append("Angka koperasi per")
    rows = [_row(line, pair) for line in found for pair in line.pairs]
    above = ["Pembandingan dengan statistik SIMKOPDES", f"Statistik per {written(on)}"]
    widths = [20, 24, 24, 16, 16, 16, 44, 18]
    return workbook([Sheet("Perbandingan", above, head, rows, widths), _others(found)])


def _row(line: Line, pair: Pair) -> list[Cell]:
    what = _HEADS[pair.what.column]
    figures: list[Cell] = [pair.theirs, pair.ours, pair.difference]
    return [line.district, line.ward, what, *figures, _REMARKS[pair.verdict], line.ours_on]


def _others(found: Sequence[Line]) -> Sheet:
    """The columns that we do not compare, as the ministry gives them."""
    names = list(dict.fromkeys(name for line in found for name in line.others))
    rows: list[list[Cell]] = [
        [line.ward, *(_figure(line.others.get(name)) for name in names)] for line in found
    ]
    widths = [24, *[18] * len(names)]
    return Sheet("Kolom lain", [], ["Kelurahan", *names], rows, widths)


def _figure(text: str | None) -> Cell:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else text
