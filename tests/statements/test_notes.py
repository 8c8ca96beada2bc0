from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from app.auth.permissions import Role
from app.core import clock
from app.extensions import db
from app.statements import notes, words
from app.statements.book import asked_of, notes_of, statements_of
from app.statements.kinds import LAYOUTS
from tests.statements.books import journal

PLACE = "/k/maju/laporan/catatan"


@pytest.fixture
def coop_books(scope, coop):
    with scope(coop):
        on = date(2025, 3, 2)
        journal(on, "Setoran", ("1.1.1.01", 700_000), ("3.1.1.01", -700_000))
        journal(on, "Setor bank", ("1.1.1.02", 200_000), ("1.1.1.01", -200_000))
        db.session.commit()


def form(text):
    return {"key": str(uuid4()), "text": text}


def note(year, key, **known):
    return next(note for note in notes_of(year, **known) if note.section.key == key)


def test_every_line_of_position_and_results_has_its_note():
    told = {key for section in notes.sections() for key in section.lines}
    lines = {
        line.key for name in ("posisi-keuangan", "hasil-usaha") for line in LAYOUTS[name].lines()
    }

    assert lines - told == {"between-units"}  # comes to nothing in the whole
    assert told <= lines


def test_figures_fill_themselves(scope, coop, coop_books):
    with scope(coop):
        rows = [(row.label, list(row.amounts)) for row in note(2025, "kas").figures]

    assert rows == [
        ("Kas dan setara kas", []),
        ("1.1.1.01 Kas Tunai", [500_000, 0]),
        ("1.1.1.02 Kas di Bank BRI", [200_000, 0]),
        ("Jumlah kas dan setara kas", [700_000, 0]),
    ]


def test_an_abbreviation_keeps_its_capitals_in_a_total(scope, coop, coop_books):
    with scope(coop):
        journal(date(2025, 4, 2), "Listrik", ("6.1.4.01", 9_000), ("1.1.1.01", -9_000))
        totals = [row.label for row in note(2025, "ekuitas").figures]

    assert "Jumlah SHU tahun berjalan" in totals
    assert "Jumlah simpanan pokok" in totals


def test_particulars_fill_themselves_and_what_is_missing_says_so(scope, coop):
    with scope(coop):
        text = note(2025, "umum").paragraphs[0]

    assert "Koperasi Kelurahan Merah Putih Maju" in text
    assert "(belum diisi)" in text
    assert "{" not in text


def test_each_change_is_a_version_and_the_same_text_is_none(scope, coop):
    with scope(coop):
        section = notes.find_section("dasar")
        for words in ("Satu", "Dua", "Dua"):
            notes.write(2025, section, words)

        assert notes.text_of(2025, section) == "Dua"
        assert [v.text for v, _name in notes.versions(2025, section)] == ["Dua", "Satu"]


def test_a_year_begins_as_the_year_before_ended(scope, coop):
    with scope(coop):
        section = notes.find_section("dasar")
        notes.write(2024, section, "Kebijakan 2024")

        assert notes.text_of(2025, section) == "Kebijakan 2024"
        assert notes.text_of(2023, section) == section.text


def test_the_database_keeps_the_versions(scope, coop):
    with scope(coop):
        notes.write(2025, notes.find_section("dasar"), "Satu")
        with pytest.raises(Exception, match="permission denied"):
            db.session.execute(text("UPDATE note_texts SET text = 'Dua'"))


def test_a_treasurer_reads_and_writes_the_notes(sign_in, coop_books):
    treasurer = sign_in(Role.TREASURER)

    assert "Rp700.000" in treasurer.get(f"{PLACE}/2025").text
    assert treasurer.get(f"{PLACE}/2025/dasar").status_code == 200
    response = treasurer.post(f"{PLACE}/2025/dasar", data=form("Satu.\r\n\r\nDua."))
    assert response.status_code == 303
    page = treasurer.get(f"{PLACE}/2025").text
    assert "<p>Satu.</p><p>Dua.</p>" in page
    assert "Satu." in treasurer.get(f"{PLACE}/2025/dasar").text


def test_a_note_sent_twice_is_kept_once(sign_in, scope, coop):
    treasurer, data = sign_in(Role.TREASURER), form("Satu")

    for _ in range(2):
        assert treasurer.post(f"{PLACE}/2025/dasar", data=data).status_code == 303

    with scope(coop):
        assert len(notes.versions(2025, notes.find_section("dasar"))) == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_001])
def test_a_text_that_cannot_be_kept_stays_on_the_page(sign_in, text):
    response = sign_in(Role.TREASURER).post(f"{PLACE}/2025/dasar", data=form(text))

    assert response.status_code == 422
    assert 'id="text-wrong"' in response.text


def test_a_supervisor_reads_but_does_not_write(sign_in):
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(f"{PLACE}/2025").status_code == 200
    assert supervisor.get(f"{PLACE}/2025/dasar").status_code == 403
    assert supervisor.post(f"{PLACE}/2025/dasar", data=form("x")).status_code == 403


def test_a_cashier_and_a_stranger_do_not_read_them(sign_in, other_coop):
    assert sign_in(Role.CASHIER).get(f"{PLACE}/2025").status_code == 403
    assert sign_in(Role.TREASURER, other_coop).get(f"{PLACE}/2025").status_code == 404


@pytest.mark.parametrize("address", ["/1999", "/9999", "/2025/x", f"/{clock.today().year + 1}"])
def test_a_year_that_is_not_and_a_note_that_is_not(sign_in, address):
    assert sign_in(Role.TREASURER).get(PLACE + address).status_code == 404


def test_the_book_has_every_statement_and_note_and_is_made_again_to_the_byte(
    sign_in, scope, coop, monkeypatch
):
    with scope(coop), monkeypatch.context() as then:
        then.setattr(clock, "now", lambda: datetime(2026, 2, 1, tzinfo=UTC))
        journal(date(2025, 3, 2), "Setoran", ("1.1.1.01", 700_000), ("3.1.1.01", -700_000))
        notes.write(2025, notes.find_section("dasar"), "Disusun *apa adanya* #let")
        db.session.commit()
    treasurer = sign_in(Role.TREASURER)
    address = f"{PLACE}/2025.pdf?diketahui=02-02-2026"
    first = treasurer.get(address).data

    pages = [page.extract_text() for page in PdfReader(BytesIO(first)).pages]
    whole = "\n".join(pages)
    for title in (*(plan.title for plan in LAYOUTS.values()), "Catatan atas Laporan Keuangan"):
        assert title.upper() in whole
    assert "Disusun *apa adanya* #let" in whole
    assert f"1 / {len(pages)}" in pages[0]

    with scope(coop):
        notes.write(2025, notes.find_section("dasar"), "Ditulis ulang")
        journal(date(2025, 4, 2), "Setoran", ("1.1.1.01", 50_000), ("3.1.1.01", -50_000))
        db.session.commit()
    assert treasurer.get(address).data == first
    assert treasurer.get(f"{PLACE}/2025.pdf", follow_redirects=True).data != first


def test_the_statements_of_a_year_come_as_one_workbook(sign_in, coop_books):
    response = sign_in(Role.TREASURER).get(f"{PLACE}/2025.xlsx", follow_redirects=True)

    assert response.status_code == 200
    assert response.data.startswith(b"PK")


def test_a_book_known_in_the_future_is_refused(sign_in):
    tomorrow = clock.today() + timedelta(days=1)
    where = f"{PLACE}/2025.pdf?diketahui={tomorrow:%d-%m-%Y}"

    assert sign_in(Role.TREASURER).get(where).status_code == 422


def test_words_are_indonesian_and_each_stands_for_one_thing(scope, coop, coop_books):
    with scope(coop):
        told = {one.word: one.value for one in words.figures(statements_of(asked_of(2025)))}

    assert told["kas_dan_setara_kas"] == told["aset_lancar"] == told["jumlah_aset"] == "Rp700.000"
    assert told["simpanan_pokok"] == "Rp700.000"
    assert told["beban_pokok_penjualan"] == "Rp0"
    assert {"penyisihan_piutang", "penyisihan_piutang_hasil_usaha", "shu_usaha"} <= set(told)


def test_figures_in_a_text_fill_themselves(scope, coop, coop_books):
    with scope(coop):
        notes.write(2025, notes.find_section("dasar"), "Kas {kas_dan_setara_kas} di {kelurahan}.")

        assert note(2025, "dasar").paragraphs == [f"Kas Rp700.000 di {coop.ward}."]


def test_a_text_kept_with_the_old_names_still_fills_itself_and_is_shown_with_the_new(scope, coop):
    with scope(coop):
        section = notes.find_section("dasar")
        notes.write(2025, section, "Di {ward}, akta {deed}.")

        assert note(2025, "dasar").paragraphs == [f"Di {coop.ward}, akta (belum diisi)."]
        assert notes.text_of(2025, section) == "Di {kelurahan}, akta {akta}."
        notes.write(2025, section, "Di {kelurahan}, akta {akta}.")
        assert len(notes.versions(2025, section)) == 1


def test_every_text_that_a_note_begins_with_fills_itself():
    for section in notes.sections():
        words.check(section.text)
        assert words.modern(section.text) == section.text


def test_a_word_that_fills_nothing_is_said_with_the_one_that_was_meant(sign_in, coop_books):
    treasurer = sign_in(Role.TREASURER)

    response = treasurer.post(f"{PLACE}/2025/dasar", data=form("Ada {aset lancer} saja"))

    assert response.status_code == 422
    assert "{aset_lancar}?" in response.text
    assert "Ada {aset lancer} saja" in response.text


def test_the_words_are_listed_with_what_they_say_now(sign_in, coop_books):
    page = sign_in(Role.TREASURER).get(f"{PLACE}/2025/dasar").text

    assert 'data-insert="{kas_dan_setara_kas}"' in page
    assert '<code lang="id">{kas_dan_setara_kas}</code>' in page
    assert "Rp700.000" in page
