"""From the operator's telephone to that of a new cooperative's chair, by one link."""

import pytest
from playwright.sync_api import Page, expect

from app.platform.demo import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.committed]

SECRET = "sarung tenun hijau"


def enter(page: Page, address: str, name: str, password: str) -> None:
    page.goto(f"{address}/masuk")
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Masuk", exact=True).click()


def test_the_first_chair_signs_in_by_the_link_of_the_operator(phone, address):
    enter(phone, address, "operator@latihan.test", PASSWORD)
    phone.goto(f"{address}/operator/medono/pengurus")
    phone.fill("[name=name]", "Nur Aini")
    phone.fill("[name=phone]", "0812 1111 2222")
    phone.get_by_role("button", name="Angkat", exact=True).click()
    link = phone.locator("#link").inner_text()
    message = phone.get_by_role("link", name="Kirim WhatsApp").get_attribute("href")
    assert message.startswith("https://wa.me/6281211112222?text=Yth.%20")
    assert "undangan" in message

    phone.context.clear_cookies()
    phone.goto(link)
    phone.fill("[name=password]", SECRET)
    phone.locator("[data-reveal=password]").click()
    expect(phone.locator("[name=password]")).to_have_attribute("type", "text")
    phone.fill("[name=again]", SECRET)
    phone.get_by_role("button", name="Simpan", exact=True).click()
    enter(phone, address, "081211112222", SECRET)

    expect(phone.get_by_role("heading", level=1)).to_have_text("Medono")
    expect(phone.get_by_text("Menyiapkan koperasi")).to_be_visible()
    phone.goto(link)
    expect(phone.get_by_text("Tautan ini tidak berlaku lagi")).to_be_visible()
