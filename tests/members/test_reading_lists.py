"""How a list is read: every spelling of people, and what is wrong with a row."""

import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from app.core.errors import DomainError
from app.members import imports, spreadsheet
from app.members.columns import guess
from app.members.examining import examine
from tenants.definitions import Key
from tenants.settings import decide_for_city
from tests.members.conftest import HEADER, RATNA, examined, kept, person


def test_a_row_is_read_as_people_write_it(here):
    [ratna] = examined(RATNA).good

    assert ratna.row == 6
    assert (ratna.who.name, ratna.who.birth_place) == ("Ratna Khasanah", "Pekalongan")
    assert (ratna.who.rt, ratna.who.rw) == ("002", "007")
    assert ratna.who.phone == "+6282295836295"
    assert ratna.who.born_on is None  # it stands in the NIK
    assert ratna.joined_on == date(2025, 6, 12)
    assert (ratna.principal, ratna.mandatory, ratna.voluntary) == (25_000, 75_000, 10_000)


@pytest.mark.parametrize(
    "joined",
    ["12.06.2025", "12 Juni 2025", "12-06-25", "12/06/2025", "2025-06-12", date(2025, 6, 12)],
)
def test_a_day_is_read_in_every_spelling(here, joined):
    [row] = examined(person(joined=joined)).good

    assert row.joined_on == date(2025, 6, 12)


@pytest.mark.parametrize("nik", ["3375046809719001", 3375046809719001, "'3375046809719001"])
def test_a_nik_is_read_as_text_or_number(here, nik):
    [row] = examined(person(nik=nik)).good

    assert row.who.nik.digits == "3375046809719001"


@pytest.mark.parametrize("phone", ["081326249739", 81326249739, "0813 2624 9739"])
def test_a_telephone_keeps_its_zero(here, phone):
    [row] = examined(person(phone=phone)).good

    assert row.who.phone == "+6281326249739"


@pytest.mark.parametrize("text", ["RT 5 RW 3", "005/003", "5 / 3", "RT.05/RW.03"])
def test_rt_and_rw_are_read_in_every_spelling(here, text):
    [row] = examined(person(rt=text)).good

    assert (row.who.rt, row.who.rw) == ("005", "003")


@pytest.mark.parametrize("text", ["Rp 25.000", "25.000,-", 25_000, "25000"])
def test_an_amount_is_read_in_every_spelling(here, text):
    [row] = examined(person(principal=text)).good

    assert row.principal == 25_000


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"nik": "337504680971900"}, "15"),
        ({"nik": ""}, "NIK"),
        ({"joined": "31/06/2025"}, "31/06/2025"),
        ({"joined": "31/12/2099"}, ""),
        ({"birth": "Batang, 30-02-1971"}, "30-02-1971"),
        ({"name": ""}, ""),
        ({"name": "=A1&B1"}, ""),
        ({"name": "x" * 300}, "120"),
        ({"name": "12345"}, "12345"),
        ({"sex": "L"}, "KTP"),
        ({"sex": "X"}, "X"),
        ({"address": "Jl. " + "x" * 200}, "200"),
        ({"joined": "12/06/1925"}, ""),
        ({"phone": "0812"}, "08"),
        ({"mandatory": "dua puluh"}, "dua puluh"),
        ({"mandatory": -5000}, "-5000"),
    ],
)
def test_a_bad_row_is_told_with_a_reason(here, changed, reason):
    found = examined(person(**changed), person(nik="3375020207929002", birth="", sex="L"))

    assert [bad.row for bad in found.bad] == [6]
    assert reason in found.bad[0].reason
    assert len(found.good) == 1


def test_everything_that_is_wrong_in_a_row_is_told(here):
    found = examined(person(nik="337504680971900", phone="0812", joined="31/06/2025", name=""))

    assert len(found.bad[0].reasons) == 4


def test_who_joined_before_the_founding_is_told(here):
    here.founded_on = date(2025, 6, 13)
    try:
        assert len(examined(RATNA).bad) == 1
    finally:
        here.founded_on = None


@pytest.mark.parametrize("text", ["P", "Perempuan", "WANITA", "Pr."])
def test_the_sex_is_read_in_every_spelling(here, text):
    assert len(examined(person(sex=text)).good) == 1


def test_of_a_computed_cell_the_result_counts_but_not_as_a_name(here):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nama", "NIK", "S. Wajib"])
        sheet.write_row(1, 0, ["Ratna", "3375046809719001"])
        sheet.write_formula(1, 2, "=5*15000", None, 75_000)
        sheet.write_formula(2, 0, '="Teguh "&"Basuki"', None, "Teguh Basuki")
        sheet.write(2, 1, "3375020207929002")
    table = spreadsheet.read(content.getvalue(), "anggota.xlsx")
    found = examine(table, guess(table))

    assert found.good[0].mandatory == 75_000
    assert [(bad.row, bad.name) for bad in found.bad] == [(3, "Teguh Basuki")]
    assert len(found.bad[0].reasons) == 1


def ods(*rows):
    """The least that a table of LibreOffice consists of; "=…" becomes a formula."""

    def cell(value):
        text = escape(str(value).removeprefix("="))
        formula = ' table:formula="of:=1"' if str(value).startswith("=") else ""
        kind = ' office:value-type="string"'
        if isinstance(value, int):
            kind = f' office:value-type="float" office:value="{value}"'
        return f"<table:table-cell{formula}{kind}><text:p>{text}</text:p></table:table-cell>"

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest'
            ':1.0">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type='
            '"application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Anggota">'
            f'<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
            f"{body}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()


def test_a_list_of_libreoffice_is_read(here):
    table = spreadsheet.read(
        ods(
            ["Nama", "NIK", "RT", "RW", "Pokok"],
            ["Ratna & Co", "3375046809719001", 2, 7, "50.000,-"],
            ["=Teguh", 3375020207929002, "", "", ""],
        ),
        "anggota.ods",
    )
    found = examine(table, guess(table))

    [ratna] = found.good
    assert (ratna.row, ratna.name, ratna.who.rt, ratna.who.rw) == (4, "Ratna & Co", "002", "007")
    assert ratna.principal == 50_000
    assert [(bad.row, bad.name) for bad in found.bad] == [(5, "Teguh")]


def test_a_list_of_the_field_is_read_as_its_makers_meant_it(here):
    """Every habit at once: titles, a sum, a person twice, a NIK too short, a day too many."""
    found = examined(
        RATNA,
        person(nik="'3375021010829011", sex="L", birth="Pemalang, 10/10/1982"),
        [],
        person(nik=3375012311829015, sex="L", birth="Pekalongan, 23 November 1982"),
        RATNA,
        person(nik="337503531189902", birth=""),
        person(nik="3375012604949025", sex="L", birth="", joined="31/06/2025"),
        ["", "JUMLAH"],
    )

    assert [row.row for row in found.good] == [6, 7, 9]
    assert [bad.row for bad in found.bad] == [10, 11, 12]


def test_blank_rows_sums_and_repeated_headers_are_skipped(here):
    total = ["", "JUMLAH", "", "", "", "", "", "", "", "", 25_000]
    found = examined(RATNA, [], HEADER, [2], total)

    assert (len(found.good), found.bad) == (1, [])


def test_a_person_twice_in_the_list_counts_once(here):
    found = examined(RATNA, RATNA)

    assert len(found.good) == 1
    assert [bad.row for bad in found.bad] == [7]
    assert "6" in found.bad[0].reason


def test_a_birth_date_that_differs_from_the_nik_is_kept_with_a_note(here):
    [row] = examined(person(birth="Batang, 29-09-1971")).good

    assert row.who.born_on == date(1971, 9, 29)
    assert row.who.birth_note


def test_columns_are_found_under_other_names_and_in_another_order(here):
    header = ["No KTP", "NAMA", "RT", "RW", "Tempat Lahir", "Tanggal Lahir", "Telp"]
    [row] = examined(
        ["3375046809719001", "Ratna", 2, 7, "Batang", "28-09-1971", ""], titles=[], header=header
    ).good

    assert (row.row, row.who.rt, row.who.rw) == (2, "002", "007")
    assert row.who.birth_place == "Batang"


def test_a_list_without_a_header_is_refused(here):
    with pytest.raises(DomainError):
        imports.require_columns(kept(RATNA, titles=[], header=["satu", "dua"]))


def test_an_empty_list_is_refused(here):
    with pytest.raises(DomainError):
        guess(spreadsheet.read(b"\n;\n", "anggota.csv"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_csv_is_read_whatever_separates_it(here, encoding, sign):
    content = f"Daftar\nNama{sign}NIK\nRénata{sign}3375046809719001\n".encode(encoding)
    table = spreadsheet.read(content, "anggota.csv")
    found = examine(table, guess(table))

    assert [row.who.name for row in found.good] == ["Rénata"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.csv", "a.pdf", "a"])
def test_a_file_that_is_no_list_is_refused(here, name):
    with pytest.raises(DomainError):
        spreadsheet.read(b"%PDF-1.7 \0 not a list", name)


def test_a_list_that_is_too_long_is_refused(here):
    decide_for_city(Key.IMPORT_ROWS, 10, from_date=date(2025, 1, 2))
    content = "Nama;NIK\n" + "Ratna;1\n" * 60

    with pytest.raises(DomainError, match="10"):
        spreadsheet.read(content.encode(), "a.csv")
