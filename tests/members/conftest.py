"""Lists as people send them, made for the tests."""

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from app.members import imports, spreadsheet
from app.members.columns import guess
from app.members.examining import examine

HEADER = [
    "No", "Nama Lengkap", "N I K", "L/P", "Tempat, Tgl Lahir", "Alamat", "RT/RW", "No. HP / WA",
    "Pekerjaan", "Tgl Masuk", "S. Pokok", "S. Wajib (s/d skrg)", "Sukarela", "Ket.",
]  # fmt: skip
TITLES = [["DAFTAR ANGGOTA KOPERASI"], ["per 19 November 2025"], [], []]
RATNA = [
    1, "Ratna Khasanah", "3375046809719001", "P", "PEKALONGAN, 28 September 1971", "Gg. Mawar 73",
    "002/007", "6282295836295", "Buruh", "12.06.2025", 25_000, 75_000, "Rp 10.000", "batik",
]  # fmt: skip


def person(**changed):
    """Ratna's row, with other cells under some headers."""
    places = {
        "name": 1, "nik": 2, "sex": 3, "birth": 4, "address": 5, "rt": 6, "phone": 7,
        "joined": 9, "principal": 10, "mandatory": 11, "voluntary": 12,
    }  # fmt: skip
    row = list(RATNA)
    for field, value in changed.items():
        row[places[field]] = value
    return row


def workbook(*rows, titles=TITLES, header=HEADER):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False})
    book.set_properties({"created": datetime(2025, 11, 19)})  # noqa: DTZ001 (same bytes again)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Anggota")
    for number, row in enumerate([*titles, header, *rows]):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell, day)
            else:
                sheet.write(number, place, cell)
    book.add_worksheet("Catatan").write(0, 0, "Diisi oleh sekretaris")
    book.close()
    return content.getvalue()


def examined(*rows, **more):
    table = spreadsheet.read(workbook(*rows, **more), "anggota.xlsx")
    return examine(table, guess(table))


def kept(*rows, **more):
    """A list that was sent; with the same rows it is the same file."""
    return imports.keep(workbook(*rows, **more), "anggota.xlsx")


@pytest.fixture
def here(scope, coop):
    with scope(coop):
        yield coop
