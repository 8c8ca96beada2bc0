"""The cash book of each till."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from app.auth.permissions import Role
from app.cash import books, entries, photos, tills
from app.cash.entries import Entry
from app.core import clock
from app.extensions import db
from tests.cash.conftest import picture, put, word

TODAY = clock.today()
PAPER, FOOD = uuid4(), uuid4()


@pytest.fixture(autouse=True)
def recorded(scope, coop, monkeypatch):
    """Something before the month, and two payments in it, one of them with a photo.

    All of it a minute ago: what is printed is what was known a second before.
    """
    earlier = clock.now() - timedelta(minutes=1)
    with scope(coop), monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: earlier)
        put(100_000, on=date(2026, 2, 10))
        main = tills.main_till()
        for name, amount, day, key in (
            ("Beli ATK dan fotokopi", 45_000, 2, PAPER),
            ("Beli konsumsi rapat", 20_000, 9, FOOD),
        ):
            entries.record(Entry(word(name), amount, main, ""), on=date(2026, 3, day), key=key)
        photos.keep(PAPER, photos.made_anew(picture()))
        db.session.commit()


@pytest.fixture
def page(scope, coop):
    with scope(coop):
        return f"/k/maju/kas/buku/{tills.main_till().id}"


MARCH = "?dari=01-03-2026&sampai=31-03-2026"


def test_each_line_carries_the_balance_after_it(scope, coop):
    with scope(coop):
        book = books.cash_book(tills.main_till(), date(2026, 3, 1), date(2026, 3, 31))

        assert book.opening == 100_000
        assert [line.entry.balance for line in book.lines] == [55_000, 35_000]
        assert (book.taken_in, book.paid_out, book.closing) == (0, 65_000, 35_000)
        assert [line.has_photo for line in book.lines] == [True, False]
        assert all(line.is_ours for line in book.lines)


def test_the_book_is_shown_with_what_proves_each_line(sign_in, page):
    text = sign_in(Role.CASHIER).get(page + MARCH).text

    for figure in ("Rp100.000", "Rp55.000", "Rp35.000", "Rp65.000"):
        assert figure in text
    assert "/k/maju/kas/catatan/BKK/2026/1" in text
    assert text.count('fill="currentColor" role="img"') == 1


def test_it_starts_with_this_month_and_says_when_nothing_moved(sign_in, page):
    response = sign_in(Role.TREASURER).get(page)

    assert response.status_code == 200
    assert "Rp35.000" in response.text
    assert "BKK-2026" not in response.text


def test_the_book_is_printed_with_room_for_signatures(sign_in, page):
    client = sign_in(Role.TREASURER)
    response = client.get(f"{page}.pdf{MARCH}", follow_redirects=True)
    text = PdfReader(io.BytesIO(response.data)).pages[0].extract_text()

    assert "BUKU KAS TUNAI" in text
    assert "55.000" in text
    assert "Bendahara" in text


def test_figures_of_the_workbook_can_be_added_up(sign_in, page):
    response = sign_in(Role.TREASURER).get(f"{page}.xlsx{MARCH}", follow_redirects=True)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.data)).get_sheet_by_index(0)
    paid = [row[5] for row in rows.to_python() if row[0] in ("1", "2")]

    assert sum(paid) == 65_000


def test_a_printed_book_can_be_printed_again_as_it_was(sign_in, page, scope, coop):
    client = sign_in(Role.TREASURER)
    address = client.get(f"{page}.pdf{MARCH}").location
    first = client.get(address).data
    with scope(coop):
        put(5_000, on=date(2026, 3, 20))

    assert client.get(address).data == first


@pytest.mark.parametrize(
    "query",
    ["?dari=31-02-2026", "?dari=05-03-2026&sampai=01-03-2026", "?sampai=01-01-2099"],
    ids=["no such day", "first after last", "to come"],
)
def test_days_that_cannot_be_are_refused(sign_in, page, query):
    client = sign_in(Role.TREASURER)

    assert client.get(page + query).status_code == 422
    for kind in ("pdf", "xlsx"):
        assert client.get(f"{page}.{kind}{query}", follow_redirects=True).status_code == 422


def test_the_book_of_another_cooperative_is_not_found(sign_in, other_coop, page):
    stranger = sign_in(Role.TREASURER, other_coop)

    assert stranger.get(page).status_code == 404
    assert stranger.get(page.replace("/maju/", "/sejahtera/")).status_code == 404
    assert stranger.get(page.replace("/maju/", "/sejahtera/") + ".pdf").status_code in (302, 404)


def test_yesterday_is_a_tap_away(sign_in, page):
    day = f"{TODAY - timedelta(days=1):%d-%m-%Y}"

    assert f"dari={day}&amp;sampai={day}" in sign_in(Role.CASHIER).get(page).text


@pytest.fixture
def voided(recorded, scope, coop, monkeypatch):
    """The first payment, taken back some seconds ago."""
    later = clock.now() - timedelta(seconds=10)
    with scope(coop), monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        void_first()


def void_first():
    journal = entries.ledger.find_by_source(entries.Source(entries.ENTRY, str(PAPER)))
    entries.ledger.reverse(journal, reason="salah nota", on=date(2026, 3, 20))
    db.session.commit()


def test_what_was_taken_back_reads_batal_on_the_screen_and_on_paper(sign_in, voided, page):
    treasurer = sign_in(Role.TREASURER)
    account = treasurer.get(f"/k/maju/buku/akun/1.1.1.01{MARCH}").text
    paper = treasurer.get(
        f"/k/maju/laporan/buku-besar/1.1.1.01.pdf{MARCH}", follow_redirects=True
    ).data

    assert treasurer.get(page + MARCH).text.count("BATAL ·") == 1
    assert account.count("BATAL") == 1
    assert PdfReader(io.BytesIO(paper)).pages[0].extract_text().count("BATAL") == 1


def test_what_was_taken_back_later_still_counted_then(scope, coop, voided):
    known = clock.now()
    with scope(coop):
        march = (tills.main_till(), date(2026, 3, 1), date(2026, 3, 31))

        assert [line.entry.void for line in books.cash_book(*march).lines] == [True, False, False]
        then = books.cash_book(*march, known_at=known - timedelta(seconds=30))
        assert [line.entry.void for line in then.lines] == [False, False]


def test_a_long_book_is_shown_a_page_at_a_time(sign_in, scope, coop, page, monkeypatch):
    monkeypatch.setattr("app.cash.book_views.PAGE", 1)
    monkeypatch.setattr("app.ledger.account_book.PAGE", 1)
    treasurer = sign_in(Role.TREASURER)
    first, second = treasurer.get(page + MARCH).text, treasurer.get(f"{page}{MARCH}&hal=2").text
    ledger_page = treasurer.get(f"/k/maju/buku/akun/1.1.1.01{MARCH}&hal=2").text

    assert "Beli ATK" in first
    assert "Beli konsumsi" not in first
    assert "hal=2" in first
    assert "dari=01-03-2026" in first
    assert "Beli ATK" not in second
    assert "Beli konsumsi" in second
    assert "Rp55.000" in second  # carried over
    assert "Rp65.000" in second  # the sums are of the whole book
    assert "Rp55.000" in ledger_page
