"""The books that are written in by hand, as they are printed. Always Indonesian."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.printing.days import written
from app.registers import entries
from app.registers.models import Register
from app.registers.tables import Book, short


@dataclass(frozen=True)
class Columns:
    """What the columns of a book are called on paper."""

    title: str
    who: str
    office: str
    text: str
    answer: str


COLUMNS = {
    Register.GUESTS: Columns("TAMU", "Nama", "Instansi", "Maksud", "Kesan dan saran"),
    Register.SUGGESTIONS: Columns(
        "SARAN ANGGOTA", "Nama", "No. anggota", "Saran", "Tanggapan pengurus"
    ),
    Register.ADVICE: Columns(
        "ANJURAN PEJABAT KOPERASI", "Pejabat", "Jabatan", "Anjuran", "Tindak lanjut"
    ),
    Register.OTHER_ADVICE: Columns(
        "ANJURAN PEJABAT INSTANSI LAIN", "Pejabat", "Jabatan", "Anjuran", "Tindak lanjut"
    ),
    Register.SUPERVISOR_MEETINGS: Columns(
        "KEPUTUSAN RAPAT PENGAWAS", "Hadir", "Tempat", "Agenda", "Keputusan"
    ),
    Register.BOARD_MEETINGS: Columns(
        "KEPUTUSAN RAPAT PENGURUS", "Hadir", "Tempat", "Agenda", "Keputusan"
    ),
    Register.MEMBER_MEETINGS: Columns(
        "KEPUTUSAN RAPAT ANGGOTA", "Hadir dan kuorum", "Tempat", "Agenda", "Keputusan dan suara"
    ),
    Register.EVENTS: Columns(
        "CATATAN KEJADIAN PENTING", "Pencatat", "Tempat", "Kejadian", "Tindakan"
    ),
    Register.LETTERS: Columns(
        "AGENDA DAN EKSPEDISI", "Asal/tujuan", "No. dan tgl surat", "Perihal", "Penerima"
    ),
}


def _book(register: Register) -> Callable[[date, date], Book]:
    def make(first: date, last: date) -> Book:
        columns = COLUMNS[register]
        head = ("No.", "Tanggal", columns.who, columns.office, columns.text, columns.answer)
        widths = ("9mm", "19mm", "1fr", "1fr", "2fr", "1.6fr", "24mm")
        rows = [
            (str(one.number), short(one.on), one.who, one.office, one.text, one.answer, "")
            for one in entries.between(register, first, last)
        ]
        subtitle = f"{written(first)} s.d. {written(last)}"
        return Book(f"BUKU {columns.title}", subtitle, (*head, "Tanda tangan"), widths, rows)

    return make


HAND_BOOKS = {register.value: _book(register) for register in Register}
