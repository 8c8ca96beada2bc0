"""The month's figures on paper and in a workbook. Always Indonesian."""

from collections.abc import Sequence
from datetime import datetime

from app.core import clock
from app.core.period import Period
from app.printing.days import month, written
from app.printing.pdf import pdf
from app.printing.workbooks import Cell, Sheet, workbook
from app.supervision.measures import MEASURES, Measure
from app.supervision.overview import Standing

_HEADS = {
    "tertagih": "Simpanan wajib tertagih %",
    "membayar": "Anggota yang sudah membayar %",
    "anggota": "Anggota aktif",
    "simpanan": "Simpanan Rp",
    "tunggakan": "Tunggakan > 90 hari Rp",
    "usaha": "Pendapatan tahun ini Rp",
    "hasil": "Hasil usaha tahun ini Rp",
    "diam": "Hari tanpa catatan",
    "tutup": "Hari sejak tutup buku",
    "berkas": "Dokumen (dari 5)",
}
_FEW = "Tidak termasuk jumlah yang menyangkut kurang dari lima orang:"
_PARTS = ["Simpanan wajib ditagih Rp", "Simpanan wajib diterima Rp"]


def workbook_of(found: Sequence[Standing], period: Period) -> bytes:
    """One row a cooperative and one for all together; what is not known is empty.

    What the percentage is made of stands at the end: a group's is a sum over a sum.
    """
    head = ["Kelurahan", "Kecamatan", *(_HEADS[key] for key in MEASURES), *_PARTS]
    rows: list[list[Cell]] = [[s.ward, s.district, *_values([s]), *_parts([s])] for s in found]
    rows.append(["Semua", "", *_values(found), *_parts(found)])
    above = ["Laporan bulanan KKMP Kota Pekalongan", f"Bulan {month(period.first_day)}"]
    above += [few] if (few := _left_out(found)) else []
    sums = frozenset({len(rows) - 1})
    widths = [24, 20, *[16] * (len(head) - 2)]
    return workbook([Sheet("Laporan", above, head, rows, widths, sums)])


def report(found: Sequence[Standing], period: Period, *, at: datetime) -> bytes:
    """Laporan bulanan KKMP Kota Pekalongan, with room for the signature."""
    data = {
        "period": month(period.first_day),
        "today": written(clock.day_of(at)),
        "head": ["Kelurahan", *(_HEADS[key] for key in MEASURES)],
        "rows": [[s.ward, *_texts([s])] for s in found],
        "sums": ["Semua", *_texts(found)],
        "reported": sum(s.now is not None for s in found),
        "total": len(found),
        "few": _left_out(found),
    }
    return pdf("supervision/print/report.typ", data, at=at)


def _values(found: Sequence[Standing]) -> list[Cell]:
    return [_cell(measure, measure.over([s.now for s in found])) for measure in MEASURES.values()]


def _parts(found: Sequence[Standing]) -> list[Cell]:
    """What was billed, and what of that was received."""
    told = [s.now for s in found if s.now is not None and s.now.tertagih_part is not None]
    if not told:
        return [None, None]
    return [sum(row.tertagih_whole or 0 for row in told), sum(row.tertagih_part for row in told)]


def _left_out(found: Sequence[Standing]) -> str:
    """What is not in the sums because it would tell of fewer than five people; or nothing."""
    counts = {key: m.left_out(s.now for s in found) for key, m in MEASURES.items()}
    named = [f"{_HEADS[key]} ({count} koperasi)" for key, count in counts.items() if count]
    return f"{_FEW} {'; '.join(named)}." if named else ""


def _cell(measure: Measure, value: int | None) -> Cell:
    return _percent(value) if measure.kind == "percent" and value is not None else value


def _texts(found: Sequence[Standing]) -> list[str]:
    cells = _values(found)
    return ["–" if c is None else c if isinstance(c, str) else _number(int(str(c))) for c in cells]


def _percent(tenths: int) -> str:
    return f"{tenths // 10},{tenths % 10}"


def _number(value: int) -> str:
    text = f"{abs(value):,}".replace(",", ".")
    return f"({text})" if value < 0 else text
