"""The books of paper."""

import io
from datetime import date

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from app.auth.permissions import Role
from app.departures import services as departures
from app.departures.models import DepartureKind
from app.extensions import db
from app.members import services as members
from app.registers import services
from tests.factories import make_member, make_rate, pay

ADDRESS = "/k/maju/buku-organisasi/"
BOOKS = [
    *("anggota", "pengurus", "pengawas", "karyawan", "simpanan", "jurnal", "inventaris"),
    *("pinjam-pakai", "tamu", "saran", "anjuran", "anjuran-lain", "rapat-pengurus"),
    *("rapat-pengawas", "rapat-anggota", "kejadian", "agenda"),
]
SPAN = "?dari=2026-01-01&sampai=2026-06-30"


@pytest.fixture
def siti(scope, coop):
    with scope(coop):
        make_rate()
        siti = make_member("Siti Aminah", date(2025, 6, 12), rt="003", rw="001")
        pay(siti, on=date(2025, 7, 1), principal=25_000, dues=15_000)
        pay(siti, on=date(2026, 2, 1), dues=30_000, voluntary=50_000)
        budi = make_member("Budi", date(2026, 3, 1))
        members.leave(budi, on=date(2026, 5, 1), reason="Pindah")
        db.session.commit()
        return siti.nik


def words(response):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.data)).pages)


def test_the_savings_book_says_what_was_before_came_and_went(scope, coop, siti):
    with scope(coop):
        saver = services.savers(date(2026, 1, 1), date(2026, 6, 30))[0]

        assert saver.principal.opening == 25_000
        assert (saver.mandatory.opening, saver.mandatory.paid_in) == (15_000, 30_000)
        assert saver.voluntary.closing == 50_000
        assert saver.closing == 120_000


@pytest.mark.parametrize("book", BOOKS)
def test_every_book_is_printed_and_can_be_opened_in_excel(sign_in, siti, book):
    secretary = sign_in(Role.SECRETARY)

    printed = words(secretary.get(f"{ADDRESS}{book}.pdf{SPAN}"))
    rows = CalamineWorkbook.from_filelike(
        io.BytesIO(secretary.get(f"{ADDRESS}{book}.xlsx{SPAN}").data)
    ).get_sheet_by_index(0)

    assert "BUKU" in printed
    assert "1 / 1" in printed
    assert "BUKU" in rows.to_python()[0][0]


def test_the_register_of_members_masks_the_nik_and_says_who_left(sign_in, siti):
    printed = words(sign_in(Role.CHAIR).get(f"{ADDRESS}anggota.pdf{SPAN}"))

    assert "Siti Aminah" in printed
    assert "Pindah" in printed
    assert siti not in printed
    assert f"{siti[:4]}" in printed


def test_the_register_says_how_somebody_left(sign_in, scope, coop, siti):
    with scope(coop):
        departures.depart(
            members.find(1), DepartureKind.DEATH, on=date(2026, 6, 1), reason="Sakit", letter=""
        )
        db.session.commit()

    assert "meninggal dunia: Sakit" in words(sign_in(Role.CHAIR).get(f"{ADDRESS}anggota.pdf{SPAN}"))


def test_the_board_stands_in_its_register_with_its_office(sign_in, siti):
    printed = words(sign_in(Role.SECRETARY, name="Ratna").get(f"{ADDRESS}pengurus.pdf"))

    assert "Ratna" in printed
    assert "Sekretaris" in printed


def test_the_last_day_may_not_lie_before_the_first(sign_in, siti):
    chair = sign_in(Role.CHAIR)

    assert chair.get(f"{ADDRESS}?dari=2026-06-01&sampai=2026-01-01").status_code == 422
    assert chair.get(f"{ADDRESS}anggota.pdf?dari=besok").status_code == 404


def test_a_book_that_does_not_exist_is_not_found(sign_in, siti):
    assert sign_in(Role.CHAIR).get(f"{ADDRESS}resep.pdf").status_code == 404


def test_a_cashier_prints_no_books(sign_in, siti):
    assert sign_in(Role.CASHIER).get(ADDRESS).status_code == 403


def test_a_stranger_finds_no_books(sign_in, other_coop, siti):
    assert sign_in(Role.CHAIR, other_coop).get(f"{ADDRESS}anggota.pdf").status_code == 404
