"""The books that are printed from what is recorded. Always Indonesian."""

from collections.abc import Callable, Sequence
from datetime import date

from app.assets import borrowed, register
from app.assets.models import Asset, BorrowedAsset, Condition
from app.auth.models import Office, User
from app.auth.permissions import Role
from app.core.money import Rupiah
from app.departures import services as departures
from app.departures.models import DepartureKind
from app.departures.papers import WORDS
from app.members.models import Member
from app.printing.days import written
from app.registers import services
from app.registers.hand_books import HAND_BOOKS
from app.registers.services import Saver
from app.registers.tables import Book, Cell, short

_OFFICES = {
    Role.CHAIR: "Ketua",
    Role.VICE_BUSINESS: "Wakil Ketua Bidang Usaha",
    Role.VICE_MEMBERS: "Wakil Ketua Bidang Anggota",
    Role.SECRETARY: "Sekretaris",
    Role.TREASURER: "Bendahara",
    Role.SUPERVISOR_CHAIR: "Ketua Pengawas",
    Role.SUPERVISOR: "Pengawas",
    Role.MANAGER: "Manajer",
    Role.CASHIER: "Kasir",
}
_CONDITIONS = {
    Condition.GOOD: "Baik",
    Condition.WORN: "Rusak ringan",
    Condition.BROKEN: "Rusak berat",
}


def member_book(_first: date, last: date) -> Book:
    """Buku daftar anggota."""
    head = (
        "No.", "Anggota", "Nama", "NIK", "L/P", "Tgl lahir", "Alamat, RT/RW", "Pekerjaan",
        "Masuk", "Keluar dan sebab", "Tanda tangan",
    )  # fmt: skip
    widths = ("7mm", "15mm", "1.3fr", "30mm", "8mm", "18mm", "1.6fr", "1fr", "18mm", "1fr", "24mm")
    kinds = departures.kinds()
    rows = [
        _member_row(i, m, kinds.get(m.id))
        for i, m in enumerate(services.members(), 1)
        if m.registered_on <= last
    ]
    return Book("BUKU DAFTAR ANGGOTA", f"per {written(last)}", head, widths, rows)


def board_book(_first: date, last: date) -> Book:
    """Buku daftar pengurus."""
    return _seat_book("BUKU DAFTAR PENGURUS", services.board(), last)


def supervisor_book(_first: date, last: date) -> Book:
    """Buku daftar pengawas."""
    return _seat_book("BUKU DAFTAR PENGAWAS", services.supervisors(), last)


def staff_book(_first: date, last: date) -> Book:
    """Buku daftar karyawan."""
    return _seat_book("BUKU DAFTAR KARYAWAN", services.staff(), last)


def inventory_book(_first: date, last: date) -> Book:
    """Buku inventaris: what is owned or lent to the cooperative, by the day it came."""
    head = (
        "Kode", "Nama barang", "Merek", "Diperoleh", "Asal", "Jml", "Nilai", "Penyusutan",
        "Nilai buku", "Kondisi", "Lokasi",
    )  # fmt: skip
    widths = (
        "18mm", "1.5fr", "1fr", "20mm", "1fr", "10mm", "24mm", "24mm", "24mm", "20mm", "1fr",
    )  # fmt: skip
    worths = [w for w in register.worths() if w.asset.acquired_on <= last]
    rows: list[tuple[Cell, ...]] = [_owned_row(w) for w in worths]
    rows += [_lent_row(thing) for thing in _lent(last) if thing.returned_on is None]
    total = (
        sum(w.asset.cost for w in worths),
        sum(w.lost for w in worths),
        sum(w.book_value for w in worths),
    )
    sums = ("", "Jumlah milik sendiri", "", "", "", "", *total, "", "") if worths else ()
    return Book("BUKU INVENTARIS", f"per {written(last)}", head, widths, rows, sums)


def loan_book(_first: date, last: date) -> Book:
    """Buku pinjam pakai: what belongs to others and is used here."""
    head = (
        "Kode", "Nama barang", "Merek", "Jml", "Milik", "Surat", "Diterima", "Kondisi", "Lokasi",
        "Dikembalikan", "Tanda tangan",
    )  # fmt: skip
    widths = (
        "18mm", "1.4fr", "1fr", "10mm", "1.2fr", "1fr", "20mm", "20mm", "1fr", "22mm", "24mm",
    )  # fmt: skip
    rows = [_loan_row(thing) for thing in _lent(last)]
    return Book("BUKU PINJAM PAKAI", f"per {written(last)}", head, widths, rows)


def journal_book(first: date, last: date) -> Book:
    """Buku jurnal: every line of the books, with its voucher."""
    head = ("Tanggal", "Bukti", "Uraian", "Akun", "Debit", "Kredit")
    widths = ("20mm", "28mm", "2fr", "1.6fr", "30mm", "30mm")
    lines = services.journal_lines(first, last)
    rows: list[tuple[Cell, ...]] = [
        (short(line.on), line.voucher, line.words, line.account, line.debit, line.credit)
        for line in lines
    ]
    total = (sum(line.debit for line in lines), sum(line.credit for line in lines))
    subtitle = f"{written(first)} s.d. {written(last)}"
    sums = ("", "", "", "Jumlah", *total) if lines else ()
    return Book("BUKU JURNAL", subtitle, head, widths, rows, sums)


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
    "karyawan": staff_book,
    "simpanan": savings_book,
    "jurnal": journal_book,
    "inventaris": inventory_book,
    "pinjam-pakai": loan_book,
    **HAND_BOOKS,
}


def _member_row(number: int, member: Member, kind: DepartureKind | None) -> tuple[Cell, ...]:
    how = f"{WORDS[kind]}: " if kind else ""
    left = f"{short(member.left_on)} {how}{member.left_reason}" if member.left_on else ""
    return (
        str(number),
        member.code,
        member.name,
        member.masked_nik,
        member.sex.value,
        short(member.born_on),
        ", ".join(part for part in (member.address, member.neighbourhood) if part),
        member.occupation,
        short(member.joined_on) if member.joined_on else "calon",
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
            short(office.from_date),
            office.decree,
            short(office.until_date) if office.until_date else "",
            "",
        )
        for number, (office, user) in enumerate(seats, 1)
        if office.from_date <= last
    ]
    return Book(title, f"per {written(last)}", head, widths, rows)


def _owned_row(worth: register.Worth) -> tuple[Cell, ...]:
    asset: Asset = worth.asset
    figures = (asset.cost, worth.lost, worth.book_value)
    return (
        asset.code, asset.name, asset.brand, short(asset.acquired_on), "milik sendiri",
        str(asset.quantity), *figures, _CONDITIONS[asset.condition], asset.location,
    )  # fmt: skip


def _lent_row(thing: BorrowedAsset) -> tuple[Cell, ...]:
    return (
        thing.code, thing.name, thing.brand, short(thing.received_on),
        f"pinjam pakai: {thing.owner}", str(thing.quantity), "", "", "",
        _CONDITIONS[thing.condition], thing.location,
    )  # fmt: skip


def _loan_row(thing: BorrowedAsset) -> tuple[Cell, ...]:
    returned = short(thing.returned_on) if thing.returned_on else ""
    return (
        thing.code, thing.name, thing.brand, str(thing.quantity), thing.owner, thing.agreement,
        short(thing.received_on), _CONDITIONS[thing.condition], thing.location, returned, "",
    )  # fmt: skip


def _lent(last: date) -> list[BorrowedAsset]:
    return [thing for thing in borrowed.things() if thing.received_on <= last]


def _figures(saver: Saver) -> tuple[Rupiah, ...]:
    kinds = (saver.principal, saver.mandatory, saver.voluntary)
    return (
        *(kind.opening for kind in kinds),
        *(kind.paid_in for kind in kinds),
        sum(kind.paid_out for kind in kinds),
        saver.closing,
    )
