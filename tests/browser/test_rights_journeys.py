"""What a member may ask for, walked to the end: leaving with the savings, and one's own data."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.test_journeys import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.committed]


@contextmanager
def another_phone(chromium):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="id-ID")
    yield context.new_page()
    context.close()


def test_who_resigns_is_paid_and_the_account_is_closed(chromium, phone, address):
    sign_in(phone, address, "sekretaris")
    phone.goto(f"{address}/k/bendan-kergon/anggota/5/")
    phone.get_by_role("link", name="Anggota ini keluar").click()
    phone.get_by_label("Alasan").fill("Pindah kerja ke Batang")
    phone.get_by_label("Nomor dan tanggal surat").fill("Surat 24-11-2026")
    phone.get_by_role("button", name="Catat anggota keluar").click()
    expect(phone.get_by_text("Bendahara yang membayarkan")).to_be_visible()

    with another_phone(chromium) as treasurer:
        sign_in(treasurer, address, "bendahara")
        treasurer.get_by_role("link", name="Anggota keluar yang").click()
        treasurer.get_by_role("link", name="Dewi Setiawan").click()
        treasurer.get_by_role("button", name="Bayarkan Rp").click()
        expect(treasurer.get_by_text("BKK-2026-").first).to_be_visible()

    phone.goto(f"{address}/k/bendan-kergon/anggota/5/")
    expect(phone.get_by_text("Pindah kerja ke Batang")).to_be_visible()
    expect(phone.get_by_text("Pengembalian simpanan anggota keluar")).to_be_visible()
    expect(phone.get_by_role("link", name="Anggota ini keluar")).to_have_count(0)


def test_a_member_reads_their_data_and_has_them_corrected(chromium, phone, address):
    sign_in(phone, address, "sekretaris")
    phone.goto(f"{address}/k/bendan-kergon/anggota/6/")
    phone.get_by_role("link", name="Semua data anggota ini").click()
    link = phone.locator("#link").inner_text()

    with another_phone(chromium) as member:
        member.goto(link)
        expect(member.get_by_text("Rokhayah Basuki").first).to_be_visible()
        with member.expect_download() as copy:
            member.get_by_role("link", name="Semua data (PDF)").click()
        assert copy.value.path().read_bytes().startswith(b"%PDF")
        member.get_by_label("Apa yang keliru").fill("Pekerjaan saya pedagang")
        member.get_by_role("button", name="Minta pembetulan").click()

        phone.goto(f"{address}/k/bendan-kergon/")
        phone.get_by_role("link", name="Pembetulan yang diminta anggota").click()
        phone.locator("summary", has_text="Jawaban").click()
        phone.locator("[name=answer]").fill("Sudah kami ganti")
        phone.get_by_role("button", name="Sudah dibetulkan").click()

        member.reload()
        expect(member.get_by_text("Sudah kami ganti")).to_be_visible()

    phone.goto(f"{address}/k/bendan-kergon/data-anggota/6")
    expect(phone.get_by_text("semua data, lewat tautan").first).to_be_visible()
