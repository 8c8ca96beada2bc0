"""The agency on a laptop: who has stalled and why, put off with a reason, the report printed."""

import io

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.conftest import enter

pytestmark = [pytest.mark.browser, pytest.mark.committed]


@pytest.fixture
def laptop(chromium: Browser):
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="id-ID")
    yield context.new_page()
    context.close()


def test_the_stalled_are_found_and_the_report_is_printed(laptop, address):
    enter(laptop, address, "dinas")
    laptop.goto(f"{address}/kota/")
    laptop.select_option("[name=urut]", "terburuk")
    laptop.get_by_role("button", name="Tampilkan").click()
    ranking = laptop.get_by_role("table", name="Simpanan wajib tertagih")
    expect(ranking.get_by_role("rowheader").first).to_have_text("Bendan Kergon")

    laptop.get_by_role("link", name="Pekan ini").click()
    stalled = laptop.locator("details", has_text="Bandengan")
    if stalled.get_attribute("open") is None:
        stalled.locator("summary").click()
    expect(stalled).to_contain_text("belum pernah mencatat apa pun")

    stalled.get_by_role("link", name="belum pernah mencatat apa pun").click()
    laptop.fill("[name=until]", "01-01-2020")
    laptop.fill("[name=reason]", "Pengurus baru dilantik")
    laptop.get_by_role("button", name="Tunda", exact=True).click()
    expect(laptop.get_by_text("Tanggal ini sudah lewat.").first).to_be_visible()
    assert laptop.input_value("[name=reason]") == "Pengurus baru dilantik"

    laptop.goto(f"{address}/kota/koperasi/bendan-kergon")
    expect(laptop.get_by_role("heading", name="Bendan Kergon")).to_be_visible()

    printed = laptop.request.get(f"{address}/kota/laporan.pdf")
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.body())).pages)
    assert "LAPORAN BULANAN" in words
    assert "Bendan Kergon" in words


@pytest.mark.parametrize("wide", ["/kota/peluncuran/", "/kota/simkopdes/", "/kota/"])
def test_nothing_of_a_wide_table_is_cut_off_on_paper(laptop, address, wide):
    enter(laptop, address, "dinas")
    laptop.goto(f"{address}{wide}")
    laptop.emulate_media(media="print")
    laptop.set_viewport_size({"width": 794, "height": 1000})

    beyond = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    assert laptop.evaluate(beyond) <= 0
