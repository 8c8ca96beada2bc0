"""A visit on a telephone: typed, kept as a draft, signed; its finding answered and closed."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from tests.browser.conftest import enter

pytestmark = [pytest.mark.browser, pytest.mark.committed]

HOME = "/k/bendan-kergon"
CITY = "/kota/pendampingan"


def draw(page: Page, number: int) -> None:
    """Sign with a finger on one of the two fields."""
    field = page.locator("canvas.signature").nth(number)
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 30 + step * 20, box["y"] + 30 + step % 3 * 15)
    page.mouse.up()


def type_report(page: Page) -> None:
    page.fill("[name=began_at]", "09:00")
    page.fill("[name=ended_at]", "08:00")
    page.fill("[name=purpose]", "Membantu tutup buku")
    page.fill("[name=attended]", "Pak Budi, ketua")
    page.get_by_label("Pembukuan").check()
    page.fill("[name=observations]", "Kas belum dihitung dua pekan.")
    page.fill("[name=signed_by]", "Pak Budi, ketua")
    draw(page, 0)
    draw(page, 1)


def test_a_visit_is_recorded_on_a_phone_and_its_finding_answered(phone, another, address):
    companion, chair, agency = phone, another(), another()
    enter(companion, address, "pendamping")
    companion.get_by_role("link", name="Pendampingan").click()
    companion.get_by_role("link", name="Bendan Kergon").first.click()
    companion.get_by_role("link", name="Catat kunjungan").click()
    type_report(companion)
    expect(companion.get_by_text("Draf tersimpan di ponsel ini.")).to_be_visible()

    # The telephone was switched off meanwhile: nothing of it is lost.
    companion.reload()
    expect(companion.locator("[data-draft-notice]")).to_be_visible()
    expect(companion.locator("[name=observations]")).to_have_value("Kas belum dihitung dua pekan.")
    expect(companion.get_by_label("Pembukuan")).to_be_checked()

    companion.get_by_role("button", name="Simpan laporan").click()
    expect(companion.get_by_text("selesai sebelum mulai").first).to_be_visible()
    companion.fill("[name=ended_at]", "11:00")
    companion.context.set_offline(True)
    companion.get_by_role("button", name="Simpan laporan").click()
    expect(companion.get_by_text("Jawaban tidak sampai")).to_be_visible()
    companion.context.set_offline(False)
    companion.get_by_role("button", name="Simpan laporan").click()
    expect(companion.get_by_text("Kunjungan dicatat.")).to_be_visible()
    expect(companion.locator(".signed img")).to_have_count(2)
    assert companion.evaluate("Object.keys(localStorage)") == []
    visit = companion.url

    companion.get_by_role("link", name="Tulis temuan").click()
    companion.fill("[name=title]", "Kas belum dihitung")
    companion.fill("[name=text]", "Hitung kas tiap sore.")
    companion.select_option("[name=seat]", "ketua")
    day = clock.today() + timedelta(days=7)
    companion.fill("[name=due_on]", day.strftime("%d-%m-%Y"))
    companion.get_by_role("button", name="Catat temuan").click()
    expect(companion.get_by_text("tampil di beranda koperasi")).to_be_visible()

    enter(chair, address, "ketua")
    chair.goto(f"{address}{HOME}/")
    chair.get_by_role("link", name="Temuan kunjungan kota").click()
    chair.get_by_role("link", name="Kas belum dihitung").click()
    chair.fill("[name=text]", "Mulai hari ini dihitung tiap sore.")
    chair.get_by_role("button", name="Kirim jawaban").click()
    expect(chair.get_by_text("Jawaban dikirim ke dinas.")).to_be_visible()

    enter(agency, address, "dinas")
    agency.goto(f"{address}{CITY}/")
    agency.get_by_role("link", name="Kas belum dihitung").click()
    expect(agency.get_by_text("Mulai hari ini dihitung tiap sore.")).to_be_visible()
    agency.fill("[name=text]", "Baik.")
    agency.get_by_role("button", name="Nyatakan selesai").click()
    agency.goto(visit)
    agency.get_by_role("button", name="Setujui laporan").click()
    expect(agency.get_by_text("Laporan disetujui.")).to_be_visible()

    chair.goto(f"{address}{HOME}/")
    chair.get_by_role("link", name="Temuan kunjungan kota").click()
    expect(chair.get_by_role("link", name="Kas belum dihitung")).to_have_count(0)
