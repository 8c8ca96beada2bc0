"""The books as tables: a title, a head, and rows of text and figures. Always Indonesian."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.auth.models import Office, User
from app.auth.permissions import Role
from app.core.money import Rupiah
from app.members.models import Member
from app.printing.days import written
from app.printing.pdf import pdf
from app.printing.workbooks import Sheet, workbook
from app.registers import services
from app.registers.services import Saver
from tenants.scope import current_tenant

Cell = str | int

_OFFICES = {
    Role.CHAIR: "Ketua",
    Role.VICE_BUSINESS: "Wakil Ketua Bidang Usaha",
    Role.VICE_MEMBERS: "Wakil Ketua Bidang Anggota",
    Role.SECRETARY: "Sekretaris",
    Role.TREASURER: "Bendahara",
    Role.SUPERVISOR_CHAIR: "Ketua Pengawas",
    Role.SUPERVISOR: "Pengawas",
}


@dataclass(frozen=True)
class Book:
    """One book of paper: widths are typst's, figures stand to the right."""

    title: str
    subtitle: str
    head: Sequence[str]
    widths: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    sums: Sequence[Cell] = ()


def member_book(_first: date, last: date) -> Book:
    """Buku daftar anggota."""
    head = (
        "No.", "Anggota", "Nama", "NIK", "L/P", "Tgl lahir", "Alamat, RT/RW", "Pekerjaan",
        "Masuk", "Keluar dan sebab", "Tanda tangan",
    )  # fmt: skip
    widths = ("7mm", "15mm", "1.3fr", "30mm", "8mm", "18mm", "1.6fr", "1fr", "18mm", "1fr", "24mm")
    rows = [
        _member_row(i, m) for i, m in enumerate(services.members(), 1) if m.registered_on <= last
    ]
    return Book("BUKU DAFTAR ANGGOTA", f"per {written(last)}", head, widths, rows)


def board_book(_first: date, last: date) -> Book:
    """Buku daftar pengurus."""
    return _seat_book("BUKU DAFTAR PENGURUS", services.board(), last)


def supervisor_book(_first: date, last: date) -> Book:
    """Buku daftar pengawas."""
    return _seat_book("BUKU DAFTAR PENGAWAS", services.supervisors(), last)


def savings_book(first: date, last: date) -> Book:
    """Buku simpanan anggota."""
    head = (
        "Anggota", "Nama", "Pokok awal", "Wajib awal", "Sukarela awal",
        "Pokok masuk", "Wajib masuk", "Sukarela masuk", "Keluar", "Saldo akhir",
    )  # fmt: skip
    savers = services.savers(first, last)
    rows: list[tuple[Cell, ...]] = [(s.code, s.name, *_figures(s)) for s in savers]
    figures = [_figures(saver) for saver in savers]
    sums = ("", "Jumlah", *(sum(column) for column in zip(*figures, strict=True)))
    widths = ("15mm", "1.4fr", *(["1fr"] * 8))
    subtitle = f"{written(first)} s.d. {written(last)}"
    return Book("BUKU SIMPANAN ANGGOTA", subtitle, head, widths, rows, sums if savers else ())


# The books by the word that stands in the address.
BOOKS: dict[str, Callable[[date, date], Book]] = {
    "anggota": member_book,
    "pengurus": board_book,
    "pengawas": supervisor_book,
    "simpanan": savings_book,
}


def as_pdf(book: Book, *, at: datetime) -> bytes:
    coop = current_tenant()
    data = {
        "coop": coop.legal_name,
        "address": coop.address,
        "ward": coop.ward,
        "today": written(at.date()),
        "title": book.title,
        "subtitle": book.subtitle,
        "head": list(book.head),
        "widths": list(book.widths),
        "rows": [list(row) for row in book.rows],
        "sums": list(book.sums),
        "figures": [i for i, cell in enumerate(book.sums) if isinstance(cell, int)],
    }
    return pdf("registers/print/book.typ", data, at=at)


def as_workbook(book: Book) -> bytes:
    rows = [*book.rows, *([book.sums] if book.sums else [])]
    above = [f"{book.title} – {current_tenant().legal_name}", book.subtitle]
    widths = [max(len(label) + 2, 12) for label in book.head]
    bold = frozenset({len(book.rows)} if book.sums else ())
    return workbook([Sheet(book.title[5:], above, book.head, rows, widths, bold)])


def _member_row(number: int, member: Member) -> tuple[Cell, ...]:
    left = f"{_short(member.left_on)} {member.left_reason}" if member.left_on else ""
    return (
        str(number),
        member.code,
        member.name,
        member.masked_nik,
        member.sex.value,
        _short(member.born_on),
        ", ".join(part for part in (member.address, member.neighbourhood) if part),
        member.occupation,
        _short(member.joined_on) if member.joined_on else "calon",
        left,
        "",
    )


def _seat_book(title: str, seats: Sequence[tuple[Office, User]], last: date) -> Book:
    head = ("No.", "Nama", "Jabatan", "Diangkat", "BA/SK", "Berhenti", "Tanda tangan")
    widths = ("8mm", "1.4fr", "1.2fr", "24mm", "1.4fr", "24mm", "30mm")
    rows = [
        (
            str(number),
            user.name,
            _OFFICES[office.role],
            _short(office.from_date),
            office.decree,
            _short(office.until_date) if office.until_date else "",
            "",
        )
        for number, (office, user) in enumerate(seats, 1)
        if office.from_date <= last
    ]
    return Book(title, f"per {written(last)}", head, widths, rows)


def _figures(saver: Saver) -> tuple[Rupiah, ...]:
    kinds = (saver.principal, saver.mandatory, saver.voluntary)
    return (
        *(kind.opening for kind in kinds),
        *(kind.paid_in for kind in kinds),
        sum(kind.paid_out for kind in kinds),
        saver.closing,
    )


def _short(day: date) -> str:
    return day.strftime("%d-%m-%Y")
