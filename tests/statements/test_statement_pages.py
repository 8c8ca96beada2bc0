import re
from datetime import date, timedelta
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from app.auth.permissions import Role
from app.core import clock
from app.extensions import db
from app.statements.kinds import LAYOUTS
from tests.statements.books import journal

PLACE = "/k/maju/laporan"
YEAR = "dari=01-01-2025&sampai=31-12-2025"
KNOWN = "01-08-2026"
PAGES = [
    f"{PLACE}/",
    *(f"{PLACE}/{name}?{YEAR}" for name in LAYOUTS),
    f"{PLACE}/posisi-keuangan/cash?{YEAR}",
    f"{PLACE}/buku-pembantu/",
    f"{PLACE}/buku-pembantu/2.1.1.03?{YEAR}",
]
FILES = [
    *(f"{PLACE}/{name}" for name in LAYOUTS),
    f"{PLACE}/buku-besar/1.1.1.01",
    f"{PLACE}/buku-pembantu/2.1.1.03",
    f"{PLACE}/neraca-saldo",
]


@pytest.fixture(autouse=True)
def books(scope, coop, monkeypatch):
    now = clock.now()
    with scope(coop), monkeypatch.context() as earlier:
        earlier.setattr(clock, "now", lambda: now - timedelta(hours=1))
        on = date(2025, 3, 2)
        journal(on, "Setoran awal", ("1.1.1.01", 700_000), ("3.1.1.01", -700_000))
        journal(on, "Penjualan", ("1.1.1.01", 50_000), ("4.2.1.01", -50_000), unit="01")
        db.session.commit()


@pytest.fixture
def treasurer(sign_in):
    return sign_in(Role.TREASURER)


def following(page, address):
    """Where the first link to an address leads."""
    return unescape(re.search(rf'href="([^"]*{re.escape(address)}[^"]*)"', page.text)[1])


@pytest.mark.parametrize("page", PAGES)
def test_a_treasurer_reads_them(treasurer, page):
    assert treasurer.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_cashier_does_not(sign_in, page):
    assert sign_in(Role.CASHIER).get(page).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_does_not_learn_that_they_exist(sign_in, other_coop, page):
    assert sign_in(Role.TREASURER, other_coop).get(page).status_code == 404


def test_a_statement_shows_its_figures_and_says_that_it_agrees(treasurer):
    page = treasurer.get(f"{PLACE}/posisi-keuangan?{YEAR}").text

    assert "Kas dan setara kas" in page
    assert "Rp750.000" in page
    assert '<span lang="id">Aset = kewajiban + ekuitas</span>: Rp750.000' in page


def test_from_a_figure_one_comes_to_its_accounts_and_to_their_ledger(treasurer):
    line = treasurer.get(f"{PLACE}/posisi-keuangan/cash?{YEAR}")
    address = following(line, "/buku/akun/1.1.1.01")

    assert "dari=01-01-2025&sampai=31-12-2025" in address
    ledger = treasurer.get(address).text
    assert "Setoran awal" in ledger
    assert "/k/maju/buku/jurnal/JU/2025/1" in ledger


def test_lines_of_business_stand_beside_each_other(treasurer):
    page = treasurer.get(f"{PLACE}/hasil-usaha?{YEAR}&gerai=semua").text

    assert 'data-label="Gerai sembako"' in page
    assert 'data-label="Katering"' not in page  # it did nothing in these days


def test_an_empty_book_says_what_comes_next(treasurer):
    page = treasurer.get(f"{PLACE}/hasil-usaha?dari=01-01-2024&sampai=31-12-2024").text

    assert 'class="empty"' in page


def test_a_report_for_a_future_day_is_refused_beside_the_field(treasurer):
    tomorrow = clock.today() + timedelta(days=1)

    for field in ("sampai", "diketahui"):
        response = treasurer.get(f"{PLACE}/posisi-keuangan?{field}={tomorrow:%d-%m-%Y}")

        assert response.status_code == 422
        assert f'id="{field}-wrong"' in response.text
        assert "Kas dan setara kas" not in response.text


@pytest.mark.parametrize(
    "wrong",
    [
        "dari=31-02-2025",
        "dari=02-01-2025&sampai=01-01-2025",
        "banding=x",
        "gerai=99",
        "diketahui=x",
        "diketahui=01-01-2025 25.00",
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(treasurer, wrong):
    response = treasurer.get(f"{PLACE}/arus-kas?{wrong}")

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text


@pytest.mark.parametrize("address", ["/ramalan", "/posisi-keuangan/x", "/buku-pembantu/9.9"])
def test_what_does_not_exist_is_not_found(treasurer, address):
    assert treasurer.get(PLACE + address).status_code == 404


@pytest.mark.parametrize("address", FILES)
def test_a_pdf_carries_both_dates_and_is_made_again_to_the_byte(treasurer, address):
    where = f"{address}.pdf?{YEAR}&diketahui={KNOWN}"

    first, again = treasurer.get(where), treasurer.get(where)

    text = PdfReader(BytesIO(first.data)).pages[0].extract_text()
    assert first.mimetype == "application/pdf"
    assert "31 Desember 2025" in text
    assert "diketahui pada 1 Agustus 2026 pukul 23.59.59" in text
    assert "Bendahara" in text
    assert first.data == again.data


@pytest.mark.parametrize("address", FILES)
def test_a_workbook_has_figures_as_figures(treasurer, address):
    response = treasurer.get(f"{address}.xlsx?{YEAR}", follow_redirects=True)

    sheet = CalamineWorkbook.from_filelike(BytesIO(response.data)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0][0] == "Koperasi Kelurahan Merah Putih Maju"
    figures = {cell for row in rows for cell in row if isinstance(cell, float)}
    assert figures & {750_000, 50_000} or "buku-pembantu" in address


def test_a_file_asked_for_without_an_instant_leads_to_an_address_with_one(treasurer):
    today = f"{clock.today():%d-%m-%Y}"

    for given in ("", f"&diketahui={today}"):
        response = treasurer.get(f"{PLACE}/posisi-keuangan.pdf?{YEAR}{given}")

        assert response.status_code == 302
        assert f"diketahui={today}+" in response.location
    assert treasurer.get(response.location).status_code == 200


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
@pytest.mark.parametrize("address", FILES)
def test_files_are_closed_to_those_who_may_not_read_the_books(sign_in, address, kind):
    assert sign_in(Role.CASHIER).get(f"{address}.{kind}").status_code == 403


@pytest.mark.parametrize("address", FILES)
def test_a_file_for_a_future_day_leads_to_where_it_is_refused(treasurer, address):
    tomorrow = clock.today() + timedelta(days=1)
    where = f"{address}.pdf?sampai={tomorrow:%d-%m-%Y}&diketahui={KNOWN}"

    page = treasurer.get(where, follow_redirects=True)

    assert page.status_code == 422
    assert "Tanggal ini belum tiba." in page.text
    assert page.mimetype == "text/html"


def test_indonesian_lines_are_marked_as_such_on_an_english_page(treasurer):
    treasurer.set_cookie("bahasa", "en")

    page = treasurer.get(f"{PLACE}/posisi-keuangan?{YEAR}").text

    assert '<html lang="en"' in page
    assert '<span lang="id">Laporan Posisi Keuangan' in page
    assert '<th scope="row" lang="id">' in page


def test_the_way_back_leads_from_a_journal_to_the_figure(treasurer):
    line = treasurer.get(
        f"{PLACE}/posisi-keuangan/cash?sampai=31-12-2025&banding=awal-tahun&name=x"
    )
    ledger = treasurer.get(following(line, "/buku/akun/1.1.1.01"))
    journal = treasurer.get(following(ledger, "/buku/jurnal/"))

    back = treasurer.get(following(journal, "/buku/akun/1.1.1.01"))
    assert "31 Des 2025" in back.text
    figure = treasurer.get(following(back, "/laporan/posisi-keuangan/cash"))
    assert "Per 31 Desember 2025" in figure.text


@pytest.mark.parametrize("code", ["2.2.2.02", "3.2.1.01"])
def test_an_account_with_a_stroke_in_its_name_has_a_workbook(treasurer, code):
    """No sheet may be called "Utang LPDB/Dana Bergulir"."""
    for book in ("buku-besar", "buku-pembantu"):
        response = treasurer.get(f"{PLACE}/{book}/{code}.xlsx?{YEAR}", follow_redirects=True)
        assert response.status_code == 200


@pytest.mark.parametrize(
    "page", ["posisi-keuangan", "hasil-usaha", "arus-kas", "neraca-saldo.xlsx"]
)
@pytest.mark.parametrize(
    "asked",
    ["dari=0001-01-01", "sampai=0001-01-01&banding=awal-tahun", "dari=1999-12-31",
     "diketahui=9999-12-31", "diketahui=31-12-9999+23.59"],
)  # fmt: skip
def test_days_at_the_ends_of_all_reckoning_are_refused_in_words(treasurer, page, asked):
    response = treasurer.get(f"{PLACE}/{page}?{asked}", follow_redirects=True)

    assert response.status_code in (200, 422)


def test_the_years_that_are_accepted_can_be_compared(treasurer):
    for compared in ("sebelumnya", "tahun-lalu", "awal-tahun"):
        response = treasurer.get(f"{PLACE}/hasil-usaha?dari=01-01-2000&banding={compared}")
        assert response.status_code == 200
