"""Reading the lists of banks."""

from datetime import date

import pytest

from app.banking import statements
from app.core.errors import DomainError, Invalid

BRI = [
    ["Laporan Transaksi Finansial"],
    ["TGL_TRAN", "DESK_TRAN", "MUTASI_DEBET", "MUTASI_KREDIT", "SALDO_AKHIR_MUTASI"],
    ["01/11/2026 08:15", "SETORAN TUNAI", "0.00", "1,250,000.00", "3,250,000.00"],
    ["02/11/26", "BIAYA ADM", "12,000.00", "0.00", "3,238,000.00"],
    ["", "TOTAL", "12,000.00", "1,250,000.00", ""],
]
JATENG = [
    ["Tanggal", "Uraian", "Jumlah", "D/K", "Saldo"],
    ["30-10-2026", "PEMINDAHBUKUAN", "500.000,00", "K", "500.000,00"],
    ["31-10-2026", "PAJAK BUNGA", "1.234,56", "D", "498.765,44"],
]


def read(rows):
    return statements.lines(rows, statements.guess(rows))


def test_debit_and_credit_columns_are_read_from_our_side():
    lines = read(BRI)

    assert [line.amount for line in lines] == [1_250_000, -12_000]
    assert lines[0].on == date(2026, 11, 1)
    assert lines[1].balance == 3_238_000


def test_one_column_with_d_or_k_is_read():
    assert [line.amount for line in read(JATENG)] == [500_000, -1_235]


def test_the_latest_line_may_stand_on_top():
    upside_down = [JATENG[0], JATENG[2], JATENG[1]]

    assert [line.on.day for line in read(upside_down)] == [30, 31]


def test_columns_that_were_mapped_once_are_found_by_their_words():
    rows = [["Hari", "Ket", "Masuknya", "Keluarnya"], ["1-11-2026", "Setor", "5.000", ""]]
    assert not statements.is_complete(statements.guess(rows))

    known = {"day": "Hari", "text": "Ket", "credit": "Masuknya", "debit": "Keluarnya"}
    columns = statements.guess(rows, known)

    assert statements.is_complete(columns)
    assert statements.lines(rows, columns)[0].amount == 5_000


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,250,000.00", 1_250_000),
        ("1.250.000,00", 1_250_000),
        ("1.234,56", 1_235),
        ("-500.000", -500_000),
        ("(500,000.00)", -500_000),
        ("", 0),
        ("Rp 7.500", 7_500),
    ],
)
def test_amounts_are_read_as_banks_write_them(text, amount):
    assert statements.amount(text) == amount


@pytest.mark.parametrize("text", ["12a", "1.2.3", "9999999999999999"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(Invalid):
        statements.amount(text)


def test_a_row_that_cannot_be_read_is_named():
    broken = [*BRI[:2], ["31/02/2026", "SETOR", "0", "5000", ""]]

    with pytest.raises(DomainError, match="3"):
        read(broken)


def test_a_file_without_lines_is_refused():
    with pytest.raises(DomainError):
        read(BRI[:2])
