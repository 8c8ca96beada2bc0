"""Several lists on one sheet, cells merged over rows, and rows that are hidden."""

import io

import pytest
import xlsxwriter

from app.core.errors import DomainError
from app.members import cells, imports, spreadsheet
from app.members.examining import examine
from app.members.gathering import gather
from app.members.markup import of_xlsx
from app.members.tables import split

SITI, BUDI, CICI, EDI = (
    "3375015205780101",
    "3375010207920102",
    "3375016809710103",
    "3375010101650104",
)


def written(rows, write=lambda _sheet: None):
    """A workbook of one sheet with these rows."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Anggota")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        write(sheet)
    return content.getvalue()


def gathered(rows, write=lambda _sheet: None):
    return gather(spreadsheet.sheets(written(rows, write), "anggota.xlsx"))


def good(found):
    return examine(found.rows, found.columns).good


def test_a_list_that_fills_the_page_in_two_halves_is_read_whole(here):
    found = gathered(
        [
            ["ANGGOTA RW 1", "", "", "", "ANGGOTA RW 2"],
            ["No", "Nama", "NIK", "", "No.", "Nama", "NIK"],
            [1, "Siti", SITI, "", 1, "Budi", BUDI],
            ["", "", "", "", 2, "Cici", "33"],
        ]
    )
    told = examine(found.rows, found.columns)

    assert [row.name for row in told.good] == ["Siti", "Budi"]
    assert found.columns.place(told.bad[0].row).startswith("4 ")
    assert "E" in found.columns.place(told.bad[0].row)


def test_a_second_name_and_nik_beside_the_first_may_be_the_heirs_and_are_only_named(here):
    header = ["No", "Nama", "NIK", "Nama", "NIK", "S. Pokok"]
    found = gathered([header, [1, "Siti", SITI, "Budi", BUDI, 25_000]])

    assert [(row.name, row.principal) for row in good(found)] == [("Siti", 25_000)]
    assert len(found.unread) == 1


def test_lists_one_below_the_other_are_read_by_their_own_headers(here):
    found = gathered(
        [
            ["ANGGOTA RW 1"],
            ["No", "Nama", "NIK", "Umur", "Pokok", "Wajib"],
            [1, "Siti", SITI, 48, 25_000, 15_000],
            [],
            ["ANGGOTA RW 2"],
            ["No", "NIK", "Nama", "Pokok", "Wajib", "Ket"],
            [1, BUDI, "Budi", 50_000, 30_000, "batik"],
            [2, "33", "Cici", 50_000, 30_000, "kopi"],
        ]
    )
    told = examine(found.rows, found.columns)

    saved = [(row.name, row.principal, row.mandatory, row.who.note) for row in told.good]
    assert saved == [("Siti", 25_000, 15_000, ""), ("Budi", 50_000, 30_000, "batik")]
    assert found.columns.place(told.bad[0].row).startswith("8 ")
    assert found.unread == []


def test_a_row_of_the_second_list_comes_back_under_the_headers_of_the_first(here):
    rows = [["Nama", "NIK", "RT"], ["Siti", SITI, 3], ["NIK", "Nama", "RW"], ["33", "Cici", 5]]
    kept = imports.keep(written(rows), "anggota.xlsx")

    assert imports.header_of(kept) == ["Nama", "NIK", "RT", "RW"]
    assert imports.bad_rows(kept)[0][:4] == ["Cici", "33", "", "5"]


@pytest.mark.parametrize("title", ["PENGURUS", "Anggota yang keluar", "ANGGOTA NON AKTIF"])
def test_a_list_of_officers_or_of_those_who_left_is_named_and_not_read(here, title):
    found = gathered(
        [
            [title],
            ["No", "Nama", "NIK", "Jabatan"],
            [1, "Siti", SITI, "Ketua"],
            ["ANGGOTA"],
            ["No", "Nama", "NIK", "Ket"],
            [1, "Budi", BUDI, ""],
            [2, "Cici", CICI, ""],
        ]
    )

    assert [row.name for row in good(found)] == ["Budi", "Cici"]
    assert len(found.unread) == 1
    assert "2" in found.unread[0]


def test_the_header_once_more_on_every_page_begins_no_new_list(here):
    header = ["No", "Nama", "NIK"]
    sheet = spreadsheet.sheets(
        written([header, [1, "Siti", SITI], header, [2, "Budi", BUDI]]), "a.xlsx"
    )[0]

    assert split(sheet) == [sheet]


def test_an_address_merged_over_a_family_is_of_each_of_them(here):
    def merge(sheet):
        sheet.merge_range("C2:C3", "Jl. Jawa 3")
        sheet.merge_range("D2:D3", "03")
        sheet.merge_range("E2:E3", 50_000)

    rows = [["Nama", "NIK", "Alamat", "RT", "S. Pokok"], ["Siti", SITI], ["Budi", BUDI]]
    found = good(gathered([*rows, ["Cici", CICI]], merge))

    assert [row.who.address for row in found] == ["Jl. Jawa 3", "Jl. Jawa 3", ""]
    assert [row.who.rt for row in found] == ["003", "003", ""]
    assert sum(row.principal for row in found) == 50_000


def test_rows_that_the_file_hides_are_read_and_named(here):
    rows = [["Nama", "NIK"], ["Siti", SITI], ["Budi", BUDI], ["", ""]]
    found = gathered(
        rows, lambda sheet: [sheet.set_row(n, None, None, {"hidden": 1}) for n in (2, 3)]
    )

    assert len(good(found)) == 2
    assert found.hidden == ["3"]


def test_a_formula_that_nobody_has_reckoned_is_not_read_as_nothing():
    found = of_xlsx(
        '<row r="2"><c r="C2"><f>5*5000</f></c><c r="D2"><f>5*5000</f><v>25000</v></c>'
        '<c r="E2" t="str"><f>IF(B2="","",1)</f><v></v></c><c r="F2"><f si="0"/></c></row>'
    )

    assert found.errors == {(1, 2): "=?", (1, 5): "=?"}
    assert cells.is_error("=?")


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "anggota.xlsx", "berkas ini kosong"),
        (b"", "anggota.csv", "berkas ini kosong"),
        (b"Nama~NIK\nSiti~33\n", "anggota.csv", "30 baris"),
        (written([["Catatan"]] * 33 + [["Nama", "NIK"], ["Siti", SITI]]), "a.xlsx", "30 baris"),
    ],
)
def test_a_list_without_a_beginning_is_told_where_it_was_looked_for(here, content, name, reason):
    with pytest.raises(DomainError) as refused:
        imports.keep(content, name)

    assert reason in str(refused.value).lower()
