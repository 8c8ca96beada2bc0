"""The day's work on a telephone, as an officer does it."""

import pytest
import xlsxwriter
from PIL import Image
from playwright.sync_api import Page, expect

from app.platform.demo import PASSWORD
from tests.factories import make_nik

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def sign_in(page: Page, address: str, office: str) -> None:
    page.goto(address)
    page.fill("[name=username]", f"{office}@latihan.test")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bendan Kergon")


def test_a_member_pays_a_month_and_the_books_show_it(phone, address):
    sign_in(phone, address, "bendahara")

    phone.get_by_role("link", name="Terima simpanan").click()
    phone.get_by_role("searchbox").fill("A0003")
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="1 bulan").first.click()

    expect(phone.get_by_text("lima belas ribu rupiah").first).to_be_visible()
    expect(phone.get_by_text("BKM-2026-").first).to_be_visible()
    phone.goto(f"{address}/k/bendan-kergon/buku/neraca-saldo")
    expect(phone.get_by_role("link", name="3.1.2.01 Simpanan Wajib")).to_be_visible()


def test_a_member_is_registered_on_a_telephone(phone, address):
    sign_in(phone, address, "sekretaris")

    phone.get_by_role("link", name="Anggota baru").click()
    phone.fill("[name=nik]", make_nik(day=17))
    phone.fill("[name=name]", "Nur Aini")
    phone.check("[name=consent]")
    phone.get_by_role("button", name="Daftarkan").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Nur Aini")
    expect(phone.get_by_text("Calon").first).to_be_visible()


def test_a_list_from_excel_is_billed(phone, address, tmp_path):
    file = tmp_path / "anggota.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(1, 0, ["No", "Nama Lengkap", "N I K", "Tgl Masuk", "S. Pokok"])
        sheet.write_row(2, 0, [1, "Rokhani", make_nik(day=18), "12.06.2026", "Rp 25.000"])
    sign_in(phone, address, "bendahara")

    phone.goto(f"{address}/k/bendan-kergon/anggota/impor/")
    phone.set_input_files("input[type=file]", file)
    phone.locator("main form button:visible").last.click()
    expect(phone.get_by_text("Rokhani").first).to_be_visible()
    phone.get_by_role("button", name="Masukkan 1 orang").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("1 orang sudah dimasukkan")
    phone.goto(f"{address}/k/bendan-kergon/tagihan/jalankan")
    expect(phone.get_by_text("Rp90.000").first).to_be_visible()
    phone.locator("main form button:visible").last.click()

    phone.goto(f"{address}/k/bendan-kergon/anggota/?q=Rokhani")
    phone.get_by_role("link", name="Rokhani").click()
    expect(phone.get_by_text("Rp90.000").first).to_be_visible()


def test_a_cashier_opens_a_shift_pays_for_paper_counts_and_closes(
    phone, another, address, tmp_path
):
    receipt = tmp_path / "nota.jpg"
    Image.effect_noise((1800, 2400), 60).convert("RGB").save(receipt)
    sign_in(phone, address, "kasir")

    phone.get_by_role("link", name="Catat kas").click()
    phone.locator("main .verbs").get_by_role("link", name="Buka kas").click()
    phone.fill("[name=count]", "1000000")
    phone.get_by_role("button", name="Buka kas").click()
    phone.fill("[name=note]", "laci baru diisi bendahara")
    phone.get_by_role("button", name="Buka kas").click()
    phone.get_by_role("link", name="Uang keluar").click()
    phone.select_option("[name=category]", label="Beli ATK dan fotokopi")
    expect(phone.locator("#sides")).to_contain_text("Beban ATK dan Fotokopi")
    phone.fill("[name=amount]", "45000")
    phone.set_input_files("[name=photo]", receipt)
    expect(phone.get_by_text("nota.jpg")).to_be_visible()
    phone.get_by_role("button", name="Catat Rp45.000").click()
    expect(phone.get_by_text("empat puluh lima ribu rupiah")).to_be_visible()
    expect(phone.locator("main figure img")).to_be_visible()

    phone.goto(f"{address}/k/bendan-kergon/kas/")
    # Told to whoever keeps the books, and not to who has yet to count.
    expect(phone.locator("main .row", has_text="Kas Tunai").locator("data")).to_have_count(0)
    treasurer = another()
    sign_in(treasurer, address, "bendahara")
    treasurer.goto(f"{address}/k/bendan-kergon/kas/")
    held = treasurer.locator("main .row", has_text="Kas Tunai").locator("data")
    books = int(held.get_attribute("value") or 0)
    phone.get_by_role("link", name="Tutup kas").click()
    phone.fill("[name=n100000]", "-1")
    phone.get_by_role("button", name="Tutup kas").click()
    expect(phone.locator("#n100000-wrong")).to_be_visible()
    phone.fill("[name=n100000]", str(books // 100_000))
    phone.fill("[name=n1000]", str(books % 100_000 // 1_000 - 2))
    expect(phone.locator("[data-counted]")).not_to_have_text("Rp0")
    phone.get_by_role("button", name="Tutup kas").click()
    phone.fill("[name=note]", "salah kembalian")
    phone.get_by_role("button", name="Tutup kas").click()

    expect(phone.get_by_text("Kurang Rp2.000: salah kembalian")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
