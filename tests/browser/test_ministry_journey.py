"""The secretary copies figures into the ministry's SIMKOPDES, field by field, and ticks them."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import enter

pytestmark = [pytest.mark.browser, pytest.mark.committed]

SHEET = "/k/bendan-kergon/simkopdes/"


@pytest.fixture
def secretary(chromium: Browser, address):
    """A telephone that lets the page write what is to be pasted elsewhere."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="id-ID")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = context.new_page()
    enter(page, address, "sekretaris")
    page.goto(f"{address}{SHEET}")
    yield page
    context.close()


def test_a_field_is_copied_as_it_stands(secretary):
    button = secretary.locator("[data-copy]").filter(visible=True).first
    value = button.get_attribute("data-copy")
    button.click()

    assert value
    assert secretary.evaluate("navigator.clipboard.readText()") == value
    expect(button).to_have_text("Tersalin")


def test_what_was_typed_there_is_ticked_and_waits_no_more(secretary):
    fold = secretary.locator("details", has_text="belum dimasukkan").first
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    before = secretary.locator("input[type=checkbox]").count()
    fold.locator("input[type=checkbox]").first.check()
    secretary.get_by_role("button", name="Catat yang dicentang").click()

    expect(secretary.locator("input[type=checkbox]")).to_have_count(before - 1)
