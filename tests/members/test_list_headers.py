"""Where a list begins, what its columns hold, and which of its rows are about somebody."""

import io

import pytest
import xlsxwriter

from app.members import imports, spreadsheet
from app.members.columns import guess
from app.members.examining import examine
from app.members.gathering import gather
from tests.members.conftest import examined

SITI, BUDI = "3375015205780001", "3375010207920002"


def listed(*rows, header=("Nama", "NIK")):
    return examined(*rows, titles=[], header=list(header))


def columns_of(*header):
    return dict(guess([list(header)]).of)


def sheets(**named):
    """A workbook with these sheets; one whose name begins with an underscore is hidden."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name, rows in named.items():
            sheet = book.add_worksheet(name.strip("_").replace("_", " "))
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name.startswith("_"):
                sheet.hide()
    return gather(spreadsheet.sheets(content.getvalue(), "anggota.xlsx"))


def names(found):
    return [row.name for row in examine(found.rows, found.columns).good]


def test_a_header_that_mentions_the_ktp_is_no_nik():
    header = ("Alamat KTP", "Nama (sesuai KTP)", "Foto KTP", "NIK/No KTP")

    assert columns_of(*header) == {"address": 0, "name": 1, "nik": 3}


def test_the_number_of_a_member_is_no_nik():
    assert columns_of("Nomor Induk Anggota", "Nama", "Nomor Induk Kependudukan")["nik"] == 2
    assert columns_of("No. Induk", "Nama")["nik"] == 0


def test_the_name_of_a_business_or_a_mother_is_nobodys_name():
    header = ("Nama Usaha", "Nama Ibu Kandung", "Nama Panggilan", "Nama Anggota", "NIK")

    assert columns_of(*header) == {"business": 0, "name": 3, "nik": 4}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("No. E-KTP", "nik"), ("NO IDENTITAS", "nik"), ("Jenis Kelamin (L/P)", "sex"),
        ("TTL", "birth"), ("Tmp & Tgl Lhr", "birth"), ("Tempat/Tanggal Lahir", "birth"),
        ("TGL/BLN/THN LAHIR", "born_on"), ("Tgl Gabung", "joined_on"),
        ("ANGGOTA SEJAK", "joined_on"), ("tanggal_terdaftar", "joined_on"),
        ("RT-RW", "neighbourhood"),
        ("Telp.", "phone"), ("Simp. Pokok (Rp)", "principal"), ("S.Wajib", "mandatory"),
        ("SP", "principal"), ("Tgl. Msk", "joined_on"), ("Hub. Ahli Waris", "heir_relation"),
        ("No HP Ahli Waris", "heir_phone"),
        ("Mata Pencaharian", "occupation"), ("Tgl Keluar", "left_on"),
    ],
)  # fmt: skip
def test_the_words_of_secretaries_are_known(header, field):
    assert columns_of("No", header, "x") == {field: 1}


@pytest.mark.parametrize(
    "header",
    ["Tunggakan Wajib", "Tgl Bayar Pokok", "Wajib per bulan", "Alamat Email", "Kode Wilayah",
     "Alamat Usaha", "NIK Suami", "NIK Kepala Keluarga", "No. KK", "Klinik"],
)  # fmt: skip
def test_what_only_looks_like_a_column_of_ours_is_left_alone(header):
    assert columns_of("No", header, "x") == {}


def test_the_nik_and_the_name_of_others_are_not_the_members():
    header = ("Nama KK", "Nama Pendata", "Nama", "NIK Ahli Waris", "NIK Suami", "No. NIK")

    assert columns_of(*header) == {"name": 2, "nik": 5}


@pytest.mark.parametrize(
    "header",
    ["Simpanan Pokok & Wajib", "Jml S. Pokok + Wajib", "Angsuran Pokok", "Penarikan Sukarela",
     "No. Bukti Pokok", "Hutang Pokok", "Cicilan Wajib", "Kuitansi Pokok"],
)  # fmt: skip
def test_what_is_not_savings_of_one_kind_is_not_taken_for_savings(header):
    assert columns_of("Nama", "NIK", header) == {"name": 0, "nik": 1}


def test_savings_of_one_kind_are_found_beside_their_sum():
    header = ("Nama", "NIK", "S. Pokok", "S. Wajib", "Jml S. Pokok + Wajib")

    assert columns_of(*header) == {"name": 0, "nik": 1, "principal": 2, "mandatory": 3}


def test_a_heading_of_an_rt_is_no_second_row_of_headers(here):
    found = listed(
        ["RT 01 / RW 05"],
        [1, "Siti", SITI],
        ["RT.02"],
        [1, "Budi", BUDI],
        ["RW VI"],
        [1, "Cici", "3375016809710003"],
        header=["No", "Nama", "NIK"],
    )

    places = [(row.who.rt, row.who.rw) for row in found.good]
    assert places == [("001", "005"), ("002", "005"), ("", "006")]


def test_what_a_row_says_of_its_rt_counts_more_than_the_heading(here):
    found = listed(["RT 01 / RW 05"], ["Siti", SITI, "7"], header=["Nama", "NIK", "RT"])

    assert (found.good[0].who.rt, found.good[0].who.rw) == ("007", "005")


def test_a_cell_phone_is_preferred_to_the_one_at_home():
    assert columns_of("Telp Rumah", "No HP/WA")["phone"] == 1


def test_headers_in_two_rows_are_read_together(here):
    table = [
        ["Nama", "NIK", "Alamat", "", "", "Simpanan", "", ""],
        ["", "", "Jalan", "RT", "RW", "Pokok", "Wajib", "Sukarela"],
        ["1", "2", "3", "4", "5", "6", "7", "8"],
        ["Siti", SITI, "Jl. Jawa 3", "3", "5", "25000", "15000", "5000"],
    ]
    found = examine(table, guess(table))

    [siti] = found.good
    assert (found.bad, siti.row, siti.who.rt, siti.who.rw) == ([], 4, "003", "005")
    assert (siti.who.address, siti.principal, siti.mandatory) == ("Jl. Jawa 3", 25_000, 15_000)
    assert siti.voluntary == 5_000


def test_months_are_added_up_unless_the_list_has_their_sum(here):
    header = ["Nama", "NIK", "Wajib Juni", "Wajib Juli"]
    months = listed(["Siti", SITI, 15_000, 10_000], header=header)
    summed = listed(["Siti", SITI, 15_000, 10_000, 25_000], header=[*header, "Jumlah Wajib"])

    assert months.good[0].mandatory == summed.good[0].mandatory == 25_000


@pytest.mark.parametrize("sum_", ["Jumlah Wajib 2025", "Wajib s/d Juli", "Total S. Wajib (2 bln)"])
def test_a_column_that_holds_the_months_is_not_added_to_them(here, sum_):
    found = listed(
        ["Siti", SITI, 15_000, 10_000, 25_000],
        header=["Nama", "NIK", "Wajib Juni", "Wajib Juli", sum_],
    )

    assert found.good[0].mandatory == 25_000


def test_sums_signatures_and_headings_are_nobody(here):
    found = examined(
        [1, "Siti", SITI, "Jl. A"],
        ["", "Sub Total RT 01", "", 1],
        ["RT 02"],
        ["NO", "NAMA", "NIK", "ALAMAT"],
        [2, "Budi", BUDI, "Jl. B"],
        ["", "JUMLAH", 2],
        ["Total anggota: 2 orang"],
        [],
        ["", "Mengetahui,", "", "Pekalongan, 19 November 2025"],
        ["", "Ketua", "", "Sekretaris"],
        ["", "H. Slamet Riyadi", "", "Siti Fatimah, S.Pd"],
        titles=[],
        header=["No", "Nama", "NIK", "Alamat"],
    )

    assert ([row.name for row in found.good], found.bad) == (["Siti", "Budi"], [])


@pytest.mark.parametrize("place", ["Bendan Kergon, 19 November 2025", "Pekalongan, ....... 2025"])
def test_the_place_and_day_of_signing_are_nobody(here, place):
    found = examined(
        ["Siti", SITI, "Batang, 12 Mei 1978"], [place], ["Sekretaris"], ["Siti Fatimah"],
        titles=[], header=["Nama", "NIK", "TTL"],
    )  # fmt: skip

    assert found.bad == []


def test_who_has_no_nik_is_told_and_not_lost(here):
    found = examined(
        [1, "Siti", "", "Jumlah anak 3"],
        [2, "Budi", BUDI, ""],
        [],
        ["", "Cici menyusul", "", ""],
        [4, "Dedi", "", "Ketua RT"],
        titles=[],
        header=["No", "Nama", "NIK", "Ket"],
    )

    assert [bad.name for bad in found.bad] == ["Siti", "Cici menyusul", "Dedi"]


def test_the_list_is_found_on_whichever_sheet_it_stands(here):
    notes = [[f"Petunjuk {number}"] for number in range(40)]
    found = sheets(Petunjuk=notes, Data=[["Nama", "NIK"], ["Siti", SITI]])

    assert names(found) == ["Siti"]
    assert found.unread == []


def test_a_hidden_sheet_is_not_read_but_named(here):
    old = [["Nama", "NIK"], ["Siti", SITI], ["Budi", BUDI]]
    found = sheets(Anggota=[["Nama", "NIK"], ["Siti", SITI]], _Dulu=old)

    assert names(found) == ["Siti"]
    assert found.unread == ["Dulu"]


def test_sheets_for_each_rw_are_one_list(here):
    found = sheets(
        RW_01=[["RW 01"], ["Nama", "NIK"], ["Siti", SITI], ["Ketua", "Pengurus RW"]],
        RW_02=[["Daftar"], ["RW 02"], ["Nama", "NIK"], ["Budi", BUDI], ["Cici", "33"]],
        Keluar=[["Nama", "NIK"], ["Dedi", "3375016809710003"]],
        Pengurus=[["Jabatan", "Nama", "NIK"], ["Ketua", "Siti", SITI]],
    )
    told = examine(found.rows, found.columns)

    assert names(found) == ["Siti", "Budi"]
    assert [found.columns.place(bad.row) for bad in told.bad][-1].startswith("5 ")
    assert "RW 02" in found.columns.place(told.bad[-1].row)
    assert found.unread == ["Keluar", "Pengurus"]


def test_a_list_in_sheets_says_in_which_of_them_a_row_stands(here):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name, nik in (("RW 01", SITI), ("RW 02", "33")):
            book.add_worksheet(name).write_row(0, 0, ["Nama", "NIK"])
            book.get_worksheet_by_name(name).write_row(1, 0, [f"Orang {name}", nik])
    kept = imports.keep(content.getvalue(), "anggota.xlsx")

    [bad] = kept.verdict["bad"]
    assert (bad["row"], bad["name"]) == (4, "Orang RW 02")
    assert bad["place"].startswith("2 ")
    assert "RW 02" in bad["place"]
    assert imports.bad_rows(kept)[0][:2] == ["Orang RW 02", "33"]
