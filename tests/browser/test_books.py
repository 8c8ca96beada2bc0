"""The books on a telephone: a journal by hand, and a month closed by two people."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.core import clock
from tests.browser.test_journeys import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def test_a_journal_says_while_typing_whether_it_balances(phone, address):
    sign_in(phone, address, "bendahara")
    phone.goto(f"{address}/k/bendan-kergon/buku/jurnal/baru")
    phone.fill("[name=memo]", "Sewa kios dari sewa dibayar di muka")
    phone.get_by_label("Akun").nth(0).select_option(label="6.1.4.01 Beban Sewa")
    phone.get_by_label("Debit", exact=True).nth(0).fill("300000")

    difference = phone.locator("output[data-even]")
    expect(difference).to_have_text("selisih Rp300.000")
    phone.get_by_label("Akun").nth(1).select_option(label="1.1.5.01 Sewa Dibayar Dimuka")
    phone.get_by_label("Kredit", exact=True).nth(1).fill("300000")
    expect(difference).to_have_text("seimbang")
    phone.get_by_role("button", name="Catat", exact=True).click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("JU-2026-")


def test_the_treasurer_closes_a_month_and_the_chair_agrees(chromium, phone, address):
    sign_in(phone, address, "bendahara")
    phone.goto(f"{address}/k/bendan-kergon/buku/")
    phone.get_by_role("link", name="Periksa Jul 2025").click()
    expect(phone.get_by_text("Giliran kasir sudah ditutup")).to_be_visible()
    if phone.locator("[name=note]").count():
        phone.fill("[name=note]", "Sisa daftar dikerjakan bulan depan")
    phone.get_by_role("button", name="Tutup buku Jul 2025").click()
    expect(phone.get_by_text("Menunggu ketua")).to_be_visible()

    other = chromium.new_context(viewport={"width": 360, "height": 740}, locale="id-ID").new_page()
    sign_in(other, address, "ketua")
    other.goto(f"{address}/k/bendan-kergon/persetujuan/")
    other.get_by_role("link", name="Tutup buku Juli 2025").click()
    other.get_by_role("button", name="Setujui").click()

    phone.reload()
    expect(phone.get_by_text("Sudah ditutup dan disetujui.")).to_be_visible()
    other.context.close()


def test_a_statement_is_shown_as_it_was_known_before_something_was_added(phone, address):
    sign_in(phone, address, "bendahara")
    before = clock.now().astimezone(clock.CITY_TIMEZONE) - timedelta(seconds=1)
    record_grant(phone, address, on="05-02-2026")
    phone.goto(f"{address}/k/bendan-kergon/laporan/posisi-keuangan?sampai=28-02-2026")
    expect(phone.get_by_role("link", name="Hibah dan donasi")).to_be_visible()

    phone.get_by_text("Tanggal, pembanding, gerai").click()
    phone.get_by_label("Sebagaimana diketahui").fill(f"{before:%d-%m-%Y %H.%M.%S}")
    phone.get_by_role("button", name="Tampilkan").click()

    expect(phone.get_by_text("yang masuk sesudahnya tidak dihitung")).to_be_visible()
    expect(phone.get_by_role("link", name="Simpanan wajib")).to_be_visible()
    expect(phone.get_by_role("link", name="Hibah dan donasi")).to_have_count(0)


def record_grant(phone, address, *, on):
    phone.goto(f"{address}/k/bendan-kergon/buku/jurnal/baru")
    phone.get_by_label("Tanggal").fill(on)
    phone.fill("[name=memo]", "Hibah kota")
    phone.get_by_label("Akun").nth(0).select_option(label="1.1.1.02 Kas di Bank BRI")
    phone.get_by_label("Debit", exact=True).nth(0).fill("750000")
    phone.get_by_label("Akun").nth(1).select_option(label="3.2.1.01 Hibah/Donasi")
    phone.get_by_label("Kredit", exact=True).nth(1).fill("750000")
    phone.get_by_role("button", name="Catat", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("JU-2026-")
