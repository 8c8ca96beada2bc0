"""The collection sheet on a telephone held in one hand, through a lost connection."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_journeys import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def test_a_sheet_survives_a_lost_connection_and_is_saved_once(phone, address):
    sign_in(phone, address, "bendahara")
    phone.get_by_role("link", name="Tagihan").last.click()
    phone.get_by_role("link", name="Lembar penagihan").click()
    phone.get_by_role("link", name="Semua anggota").click()
    amounts = phone.locator("input[data-amount]")
    everything = phone.get_by_role("button", name="Lunas").first

    everything.click()
    amounts.last.fill("5000")
    expect(phone.get_by_text("2 anggota membayar")).to_be_visible()
    total = phone.locator("[data-sheet-total]").inner_text()
    save = phone.get_by_role("button", name="Simpan", exact=True)
    box = save.bounding_box()
    assert box["y"] + box["height"] <= 740
    assert box["height"] >= 44
    assert phone.evaluate("document.documentElement.scrollWidth") == 360

    phone.context.set_offline(True)
    save.click()
    expect(phone.locator("#alert")).to_contain_text("Jawaban tidak sampai")
    phone.context.set_offline(False)
    phone.reload()
    expect(phone.get_by_text("sudah dipasang kembali")).to_be_visible()
    expect(phone.locator("[data-sheet-total]")).to_have_text(total)

    phone.get_by_role("button", name="Simpan", exact=True).click()
    phone.wait_for_url(re.compile(r"/lembar/\d+$"))
    expect(phone.get_by_text(total).first).to_be_visible()
    expect(phone.get_by_text("2 pembayaran")).to_be_visible()
    assert phone.evaluate("Object.keys(localStorage).length") == 0
    phone.locator("main .rows a").first.click()
    expect(phone.get_by_text("BKM-").first).to_be_visible()


def test_one_tap_opens_whatsapp_and_notes_it(phone, address):
    sign_in(phone, address, "bendahara")
    phone.goto(f"{address}/k/bendan-kergon/tagihan/pengingat/")
    phone.context.route("https://wa.me/**", lambda route: route.fulfill(body="WhatsApp"))

    with phone.expect_popup() as whatsapp:
        phone.get_by_role("link", name="Ingatkan").first.click()

    assert "simpanan" in whatsapp.value.url
    expect(phone.get_by_text("diingatkan hari ini")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("diingatkan hari ini")).to_be_visible()
