"""The receipt of a payment, on the screen and on paper."""

import io
from urllib.parse import unquote
from uuid import uuid4

import pytest
from pypdf import PdfReader

from app.auth.permissions import Role
from app.core import clock
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole, VoucherKind
from app.ledger.services import Source, credit, debit
from app.savings import services as savings
from tests.factories import make_member, pay

MM = 72 / 25.4


@pytest.fixture
def address(scope, coop):
    with scope(coop):
        member = make_member("Siti Rohmah", phone="+6281234567890")
        posted = pay(member, on=clock.today(), dues=45_000, voluntary=5_000)
        return f"/k/maju/bukti/BKM/{posted.year}/{posted.number}"


def take_back(scope, coop):
    with scope(coop):
        journal = ledger.find_journal(VoucherKind.CASH_IN, clock.today().year, 1)
        ledger.reverse(journal, reason="salah", on=clock.today())
        db.session.commit()


def paper(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    return PdfReader(io.BytesIO(response.data))


def test_it_says_what_was_received_from_whom_and_in_words(address, sign_in):
    page = sign_in(Role.CASHIER).get(address).text

    for expected in ("Siti", "Rp50.000", "lima puluh ribu rupiah", "BKM-", "<svg"):
        assert expected in page
    assert "https://wa.me/6281234567890?text=" in page


def test_what_is_sent_carries_the_link_to_check_it(address, sign_in):
    page = unquote(sign_in(Role.CASHIER).get(address).text)

    assert "Periksa: http://localhost/cek/" in page


def test_what_is_sent_is_indonesian_whatever_the_screen_speaks(address, sign_in):
    client = sign_in(Role.CASHIER)
    client.set_cookie("bahasa", "en")
    page = unquote(client.get(address).text)

    assert "Send by WhatsApp" in page
    assert "Uang diterima: Rp50.000" in page


def test_the_paper_is_a5_once_for_the_member_and_once_for_the_office(address, sign_in):
    sheets = paper(sign_in(Role.CASHIER), f"{address}/kuitansi.pdf").pages

    assert len(sheets) == 2
    assert (round(sheets[0].mediabox.width / MM), round(sheets[0].mediabox.height / MM)) == (
        210,
        148,
    )
    assert "LEMBAR ANGGOTA" in sheets[0].extract_text()
    assert "LEMBAR KOPERASI" in sheets[1].extract_text()
    for expected in ("Siti Rohmah", "Rp50.000", "lima puluh ribu rupiah", "BKM-", "Belum dibayar"):
        assert expected in sheets[0].extract_text()


def test_the_slip_is_58_mm_wide_and_grows_with_what_it_says(address, sign_in, scope, coop):
    client = sign_in(Role.CASHIER)
    long = paper(client, f"{address}/struk.pdf").pages[0]
    with scope(coop):
        posted = pay(make_member("Budi"), on=clock.today(), dues=15_000)
    short = paper(client, f"/k/maju/bukti/BKM/{posted.year}/{posted.number}/struk.pdf").pages[0]

    assert round(long.mediabox.width / MM) == round(short.mediabox.width / MM) == 58
    assert long.mediabox.height > short.mediabox.height
    assert "Rp50.000" in long.extract_text()


def test_money_above_the_limit_of_the_law_leaves_room_for_the_stamp(scope, coop, sign_in):
    client = sign_in(Role.CASHIER)
    with scope(coop):
        member = make_member("Kaya")
        for amount in (5_000_000, 5_000_001):
            posted = pay(member, on=clock.today(), voluntary=amount)
    address = f"/k/maju/bukti/BKM/{posted.year}"

    assert "Meterai" not in paper(client, f"{address}/1/kuitansi.pdf").pages[0].extract_text()
    assert "Meterai" in paper(client, f"{address}/2/kuitansi.pdf").pages[0].extract_text()


def test_a_receipt_taken_back_says_so_everywhere(address, sign_in, scope, coop):
    take_back(scope, coop)
    client = sign_in(Role.CASHIER)

    assert "JU-" in client.get(address).text
    assert "BATAL: bukti ini tidak berlaku lagi." in unquote(client.get(address).text)
    for name in ("kuitansi", "struk"):
        text = paper(client, f"{address}/{name}.pdf").pages[0].extract_text().replace(" ", "")
        assert "BATAL" in text
        assert "DibatalkanolehJU-" in text


def test_a_journal_without_a_member_has_no_receipt(scope, coop, sign_in):
    with scope(coop):
        ledger.post(
            on=clock.today(),
            memo="x",
            source=Source("t", "1"),
            lines=[debit(AccountRole.CASH, 1), credit(AccountRole.OPENING, 1)],
            voucher=VoucherKind.CASH_IN,
        )
        db.session.commit()
    client, year = sign_in(Role.TREASURER), clock.today().year

    for path in (f"BKM/{year}/1", f"BKM/{year}/2", f"JU/{year}/1", f"XX/{year}/1"):
        for ending in ("", "/kuitansi.pdf", "/struk.pdf"):
            assert client.get(f"/k/maju/bukti/{path}{ending}").status_code == 404


def test_a_stranger_does_not_see_it(address, sign_in, other_coop):
    stranger = sign_in(Role.TREASURER, other_coop)

    for ending in ("", "/kuitansi.pdf", "/struk.pdf"):
        assert stranger.get(address + ending).status_code == 404


def test_a_void_receipt_offers_only_what_still_makes_sense(address, sign_in, scope, coop):
    client = sign_in(Role.CASHIER)
    assert "Terima lagi" in client.get(address).text
    take_back(scope, coop)
    page = client.get(address).text

    assert "BATAL" in page
    assert "Terima lagi" not in page
    assert "Kirim lewat WhatsApp" not in page
    assert "/k/maju/terima/1/" in page
    assert "Kabari anggota bahwa bukti ini batal" in page


def test_a_payment_out_leads_back_to_the_member(scope, coop, sign_in):
    with scope(coop):
        member = make_member("Siti")
        pay(member, on=clock.today(), voluntary=50_000)
        posted = savings.withdraw(member, 20_000, on=clock.today(), key=uuid4())
        db.session.commit()
    page = sign_in(Role.CASHIER).get(f"/k/maju/bukti/BKK/{posted.year}/{posted.number}").text

    assert "Terima lagi" not in page
    assert "/k/maju/anggota/1" in page
