"""A receipt's life: paid, checked by anybody, cancelled by two persons, checked again."""

from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from tests.browser.test_journeys import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.committed]

HOME = "/k/bendan-kergon"


def test_a_receipt_is_checked_by_nobody_and_cancelled_by_two(phone, another, address):
    cashier, nobody, chair = phone, another(), another()
    sign_in(cashier, address, "kasir")
    cashier.goto(f"{address}{HOME}/terima/5/")
    cashier.get_by_role("button", name="1 bulan").first.click()
    expect(cashier.get_by_text("Uang diterima")).to_be_visible()

    link = cashier.locator("a.slip-code").get_attribute("href")
    nobody.goto(link)
    expect(nobody.get_by_text("SAH", exact=True)).to_be_visible()

    cashier.get_by_text("Batalkan bukti ini").click()
    cashier.get_by_role("button", name="salah orang").click()
    cashier.get_by_role("button", name="dibatalkan").click()
    expect(cashier.get_by_text("Orang lain harus menyetujui").first).to_be_visible()
    nobody.reload()
    expect(nobody.get_by_text("SAH", exact=True)).to_be_visible()

    sign_in(chair, address, "ketua")
    chair.get_by_role("link", name="Permintaan yang menunggu").click()
    chair.locator("main .rows a", has_text="Batalkan BKM").first.click()
    chair.get_by_role("button", name="Setujui").click()
    expect(chair.get_by_text("Disetujui").first).to_be_visible()

    nobody.reload()
    expect(nobody.get_by_text("BATAL", exact=True)).to_be_visible()
    cashier.reload()
    expect(cashier.get_by_text("BATAL", exact=True).first).to_be_visible()


def test_all_statements_of_a_year_come_as_one_file(phone, address, tmp_path):
    sign_in(phone, address, "bendahara")

    phone.goto(f"{address}{HOME}/anggota/")
    phone.get_by_role("link", name="Laporan simpanan").click()
    phone.get_by_label("2025").check()
    phone.get_by_role("button", name="Cetak semua laporan").click()
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Ambil berkas").click()
    download.value.save_as(tmp_path / "all.zip")

    names = ZipFile(tmp_path / "all.zip").namelist()
    assert len(names) == 32
    assert all(name.endswith(".pdf") for name in names)
