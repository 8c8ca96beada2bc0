"""The treasurer's desk: a drawer counted, a bank compared, a freezer bought and sold."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import enter

pytestmark = [pytest.mark.browser, pytest.mark.committed]

HOME = "/k/bendan-kergon"
STATEMENT = """Laporan Transaksi Finansial
TGL_TRAN;DESK_TRAN;MUTASI_DEBET;MUTASI_KREDIT;SALDO_AKHIR_MUTASI
03/11/2026 08:15;SETORAN TUNAI;0.00;2,000,000.00;2,000,000.00
10/11/2026 10:02;BIAYA ADM;12,000.00;0.00;1,988,000.00
;TOTAL;12,000.00;2,000,000.00;
"""


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_shift_is_closed_with_a_difference_that_others_see(phone, another, address):
    cashier, treasurer = phone, another()
    enter(cashier, address, "kasir")
    cashier.goto(f"{address}{HOME}/kas/")
    held = cashier.locator("main .row", has_text="Kas Tunai").locator(".row-end").inner_text()
    inside = int(held.removeprefix("Rp").replace(".", ""))
    cashier.get_by_role("link", name="Buka kas").click()
    cashier.fill("[name=count]", str(inside))
    press(cashier, "Buka kas")
    expect(cashier.get_by_text("Kas sudah dibuka")).to_be_visible()
    cashier.goto(f"{address}{HOME}/terima/5/")
    cashier.get_by_role("button", name="1 bulan").first.click()
    expect(cashier.get_by_text("Uang diterima")).to_be_visible()

    enter(treasurer, address, "bendahara")
    treasurer.goto(f"{address}{HOME}/kas/giliran/")
    treasurer.locator("main .rows a").first.click()
    expect(treasurer.get_by_role("link", name="Hitung dan tutup untuk")).to_be_visible()

    cashier.goto(f"{address}{HOME}/kas/")
    cashier.get_by_role("link", name="Tutup kas").click()
    cashier.fill("[name=n5000]", str(inside // 5000))
    expect(cashier.locator("[data-counted]")).to_have_text(held)
    assert fits(cashier)
    press(cashier, "Tutup kas")
    expect(cashier.locator("#note-wrong")).to_contain_text("kurang Rp15.000")
    cashier.fill("[name=note]", "kembalian keliru")
    press(cashier, "Tutup kas")
    expect(cashier.get_by_text("Kurang Rp15.000: kembalian keliru")).to_be_visible()

    treasurer.reload()
    treasurer.get_by_role("link", name="Selisih di buku").click()
    expect(treasurer.get_by_text("kembalian keliru").first).to_be_visible()


def test_months_are_received_with_the_keyboard_alone(phone, address):
    enter(phone, address, "kasir")
    phone.locator("[data-search]").focus()
    phone.keyboard.type("A0010")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/terima/10/")
    phone.get_by_text("Jumlah lain").click()
    phone.locator("#other-voluntary").press_sequentially("5000")
    expect(phone.get_by_role("button", name="Terima Rp5.000")).to_be_visible()
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Uang diterima")).to_be_visible()

    phone.keyboard.press("Enter")
    phone.wait_for_url("**/terima/")
    expect(phone.locator("[data-search]")).to_be_focused()
    phone.keyboard.type("setiawan")
    expect(phone.locator("#found a").first).to_be_visible()
    phone.keyboard.press("ArrowDown")
    expect(phone.locator("#found a").first).to_be_focused()


def test_the_way_back_after_recording_leads_to_an_empty_form(phone, address):
    enter(phone, address, "bendahara")
    phone.goto(f"{address}{HOME}/kas/masuk")
    phone.select_option("[name=category]", label="Terima hibah")
    phone.fill("[name=amount]", "10000")
    press(phone, "Catat Rp10.000")
    expect(phone.get_by_text("Sudah dicatat")).to_be_visible()

    phone.go_back()
    expect(phone.locator("[name=amount]")).to_have_value("")
    expect(phone.get_by_role("button", name="Catat", exact=True)).to_be_visible()


def test_a_statement_of_the_bank_ends_in_a_signed_reconciliation(phone, address):
    enter(phone, address, "bendahara")
    phone.goto(f"{address}{HOME}/kas/pindah")
    phone.fill("[name=amount]", "2000000")
    phone.fill("[name=on]", "03-11-2026")
    press(phone, "Pindahkan Rp2.000.000")
    expect(phone.get_by_text("Sudah dicatat")).to_be_visible()

    phone.goto(f"{address}{HOME}/bank/")
    phone.get_by_role("link", name="Bank BRI").click()
    file = {"name": "bri.csv", "mimeType": "text/csv", "buffer": STATEMENT.encode()}
    phone.set_input_files("[name=file]", [file])
    press(phone, "Masukkan")
    expect(phone.get_by_text("2 baris dimasukkan")).to_be_visible()
    phone.set_input_files("[name=file]", [file])
    press(phone, "Masukkan")
    expect(phone.get_by_text("sudah dimasukkan pada").first).to_be_visible()

    press(phone, "Cocokkan yang dicentang")
    expect(phone.get_by_text("1 baris dicocokkan")).to_be_visible()
    phone.get_by_role("link", name="BIAYA ADM").click()
    press(phone, "Catat")
    expect(phone.get_by_text("Dicatat sebagai BKK")).to_be_visible()
    expect(phone.get_by_text("Hanya ada di bank")).to_have_count(0)
    press(phone, "Tanda tangani")
    expect(phone.get_by_role("heading", name="Rekonsiliasi Bank BRI")).to_be_visible()
    expect(phone.get_by_text("Rp1.988.000").first).to_be_visible()
    assert fits(phone)


def test_an_asset_is_bought_depreciated_sold_and_taken_back(phone, another, address):
    treasurer, chair = phone, another()
    enter(treasurer, address, "bendahara")
    treasurer.goto(f"{address}{HOME}/kas/keluar")
    treasurer.select_option("[name=category]", label="Beli peralatan dan meubelair")
    treasurer.fill("[name=amount]", "960000")
    treasurer.fill("[name=on]", "03-08-2026")
    press(treasurer, "Catat Rp960.000")
    expect(treasurer.get_by_text("Sudah dicatat")).to_be_visible()

    treasurer.goto(f"{address}{HOME}/aset/baru")
    for name, value in {
        "name": "Freezer",
        "acquired_on": "03-08-2026",
        "cost": "960000",
        "life_months": "48",
    }.items():
        treasurer.fill(f"[name={name}]", value)
    press(treasurer, "Tambahkan")
    expect(treasurer.get_by_text("INV-0001 sudah didaftarkan")).to_be_visible()
    asset = treasurer.url
    treasurer.goto(f"{address}{HOME}/aset/penyusutan")
    expect(treasurer.get_by_text("Rp60.000")).to_be_visible()  # August to October
    press(treasurer, "Bukukan semuanya")
    expect(treasurer.get_by_text("Rp900.000").first).to_be_visible()

    treasurer.goto(asset)
    treasurer.get_by_role("link", name="Lepas aset").click()
    treasurer.fill("[name=proceeds]", "950000")
    treasurer.fill("[name=reason]", "dijual ke Pak Slamet")
    press(treasurer, "Lepaskan")
    expect(treasurer.get_by_text("Ternyata tidak jadi dilepas?")).to_be_visible()
    treasurer.locator("main .rows a", has_text="Pak Slamet").click()
    expect(treasurer.get_by_text("Rp50.000")).to_be_visible()  # the gain
    treasurer.get_by_text("Buat jurnal balik").first.click()
    treasurer.fill("[name=reason]", "pembeli batal")
    treasurer.locator("main form .btn").last.click()
    expect(treasurer.get_by_text("Orang lain harus menyetujui").first).to_be_visible()

    enter(chair, address, "ketua")
    chair.goto(f"{address}{HOME}/persetujuan/")
    chair.locator("main .rows a", has_text="Freezer").first.click()
    press(chair, "Setujui")
    expect(chair.get_by_text("Disetujui").first).to_be_visible()
    treasurer.goto(asset)
    expect(treasurer.get_by_role("link", name="Lepas aset")).to_be_visible()
    expect(treasurer.get_by_text("Rp900.000").first).to_be_visible()
