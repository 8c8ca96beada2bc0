"""The files that lists come in: whatever Excel, LibreOffice or an export makes of them."""

import io
import zipfile

import pytest
import xlsxwriter

from app.core.errors import DomainError
from app.members import imports, spreadsheet
from app.members.columns import guess
from app.members.examining import examine
from app.members.markup import of_xlsx
from tests.members.conftest import RATNA, person, workbook

LINES = 'Nama{s}NIK{s}Alamat{s}Pokok\nSiti{s}3375015205780001{s}"Jl. A, RT 1, RW 2"{s}25.000\n'
BUDI = "Budi{s}3375010207920002{s}{s}25.000\n"


def of_text(text, encoding="utf-8"):
    table = spreadsheet.read(text.encode(encoding), "anggota.csv")
    return examine(table, guess(table))


def cells(write):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        write(book.add_worksheet())
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_commas_in_an_address_do_not_separate_cells(here, sign, encoding):
    found = of_text((LINES + BUDI).format(s=sign), encoding)

    assert [row.name for row in found.good] == ["Siti", "Budi"]
    assert found.good[0].who.address == "Jl. A, RT 1, RW 2"


def test_commas_without_quotation_marks_do_not_either(here):
    found = of_text("Nama;NIK;Alamat\nSiti;3375015205780001;Jl. A, Gg. B, No. 3, RT 1, RW 2\n")

    assert found.good[0].who.address == "Jl. A, Gg. B, No. 3, RT 1, RW 2"


def test_an_amount_that_a_comma_has_cut_in_two_is_not_read_as_fifty_rupiah(here):
    found = of_text("Nama,NIK,Pokok\nSiti,3375015205780001,50,000\nBudi,3375010207920002,25000\n")

    assert [row.principal for row in found.good] == [25_000]
    assert [bad.name for bad in found.bad] == ["Siti"]


def test_a_quotation_mark_that_is_not_closed_swallows_nobody(here):
    found = of_text('Nama;NIK\n"Siti;3375015205780001\nBudi "Bud";3375010207920002\n')

    assert [row.name for row in found.good] == ["Siti", 'Budi "Bud']


def test_a_cell_of_two_lines_is_one_cell(here):
    found = of_text('Nama;NIK;"No\nHP"\n"Siti\nAminah";3375015205780001;081234567890\n')

    assert found.good[0].name == "Siti Aminah"
    assert found.good[0].who.phone == "+6281234567890"


def test_the_line_that_names_the_separator_is_no_row(here):
    found = of_text("sep=;\r\nNama;NIK\r\nSiti;3375015205780001\r\n")

    assert found.good[0].row == 2


def test_rows_within_quotation_marks_are_rows(here):
    found = of_text('"Nama,NIK,Alamat"\n"Siti,3375015205780001,Jl. A"\n')

    assert found.good[0].who.address == "Jl. A"


def test_a_nik_kept_as_text_by_a_formula_is_read(here):
    assert len(of_text('Nama,NIK\nSiti,"=""3375015205780001"""\n').good) == 1


def test_text_whose_niks_all_end_in_zero_went_through_excel(here):
    rows = "".join(f"Orang {n};33750152057800{n}0\n" for n in range(10, 15))

    assert of_text("Nama;NIK\n" + rows).good == []


def test_signs_of_control_never_reach_the_register(here):
    found = of_text("Nama;NIK\nSi\x07ti\u200b\x1b;3375015205780001\n")

    assert found.good[0].name == "Si ti"


def test_an_error_without_a_word_does_not_take_its_neighbours(here):
    markup = of_xlsx('<row r="1"><c r="A1" t="e"/><c r="B1"><v>7</v></c></row>')

    assert markup.errors == {}


@pytest.mark.parametrize("name", ["anggota.TXT", "anggota.tsv", "ANGGOTA.CSV"])
def test_text_of_any_name_is_read(here, name):
    assert imports.keep((LINES + BUDI).format(s="\t").encode("utf-16"), name).good == 2


def test_a_zero_sign_in_a_workbook_is_kept_like_any_list(here):
    """It is written as _x0000_, and the database knows no such letter."""
    old, new = io.BytesIO(of_rows(["Nama", "NIK"], ["ZZSiti", "3375015205780001"])), io.BytesIO()
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as changed:
        for part in source.namelist():
            changed.writestr(part, source.read(part).replace(b"ZZSiti", b"_x0000_Siti"))

    assert imports.keep(new.getvalue(), "a.xlsx").verdict["good"][0]["name"] == "Siti"


def test_an_error_of_excel_is_not_read_as_nothing(here):
    def write(sheet):
        sheet.write_row(0, 0, ["Nama", "NIK", "Pokok"])
        sheet.write_row(1, 0, ["Siti", "3375015205780001"])
        sheet.write_formula(1, 2, "=Z1+1", None, "#REF!")

    table = spreadsheet.read(cells(write), "anggota.xlsx")
    found = examine(table, guess(table))

    assert "#REF!" in found.bad[0].reason
    assert "Pokok" in found.bad[0].reason


@pytest.mark.parametrize("place", [(1_048_575, 16_383), (1_048_575, 0)])
def test_a_cell_at_the_far_end_does_not_take_all_memory(here, place):
    def write(sheet):
        sheet.write_row(0, 0, ["Nama", "NIK"])
        sheet.write(*place, "x")

    with pytest.raises(DomainError):
        spreadsheet.read(cells(write), "anggota.xlsx")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "anggota.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "anggota.xls"),
        (b"<html><table><tr><td>Nama</td></tr></table>", "anggota.xls"),
        (b"  <html><table><tr><td>Nama</td></tr></table>", "anggota.csv"),
        (b"<html>", "anggota.xlsx"),
    ],
)
def test_a_locked_an_old_and_a_web_page_are_refused_in_words(here, content, name):
    with pytest.raises(DomainError):
        imports.keep(content, name)


def test_the_rows_left_out_can_be_put_right_and_sent_again(here):
    first = imports.keep(workbook(RATNA, person(nik="33750202079290")), "anggota.xlsx")
    header, [row] = imports.header_of(first), imports.bad_rows(first)
    again = imports.keep(of_rows([*header, "Alasan"], row), "belum-masuk.xlsx")
    assert imports.header_of(again) == header
    assert len(imports.bad_rows(again)[0]) == len(header) + 1

    row[2] = "3375020207920001"
    row[3], row[4] = "L", ""
    fine = imports.keep(of_rows([*header, "Alasan"], row), "belum-masuk.xlsx")
    assert (fine.good, fine.bad) == (1, 0)


def of_rows(*rows):
    return cells(lambda sheet: [sheet.write_row(n, 0, row) for n, row in enumerate(rows)])


def test_headers_of_two_rows_come_back_as_one_that_is_understood(here):
    rows = (
        ["Nama", "NIK", "Simpanan", ""],
        ["", "", "Pokok", "Wajib"],
        ["Siti", "33", "25000", "15000"],
    )
    kept = imports.keep(of_rows(*rows), "anggota.xlsx")
    again = imports.keep(of_rows(imports.header_of(kept), rows[2]), "anggota.xlsx")

    assert kept.columns["of"] == again.columns["of"]
