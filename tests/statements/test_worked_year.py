"""One year of one cooperative, computed by hand beside the code.

All figures in rupiah. The books open on 31 December 2024; 2025 is the year.

Kas tunai: 5.000.000 awal + 5.760.000 wajib + 75.000 pokok + 1.500.000 - 800.000 sukarela
  + 48.000.000 + 30.000.000 jual + 1.500.000 piutang - 60.000.000 beli + 9.000.000 - 6.200.000
  katering + 12.000.000 - 10.000.000 titip jual + 1.850.000 upah agen - 10.000.000 ke saldo agen
  + 4.000.000 titipan - 15.000.000 ke BRI - 8.400.000 gaji - 3.000.000 honor - 450.000 ATK
  - 150.000 ganti talangan - 15.000 + 5.000 selisih - 400.000 pajak - 600.000 SHU
  - 50.000 dana sosial - 25.000 pokok anggota keluar                              = 3.600.000
BRI: 20.000.000 - 5.000.000 pemasok - 3.500.000 setor titipan + 15.000.000 - 1.800.000 listrik
  - 600.000 internet - 2.400.000 sewa dua tahun - 3.000.000 alat + 96.000 - 72.000
  + 1.000.000 hibah                                                              = 19.724.000
Saldo agen: 10.000.000 + 400.000                                                 = 10.400.000
Persediaan: 8.000.000 + 66.000.000 - 40.000.000 - 25.500.000 - 1.650.000          = 6.850.000
"""

from datetime import date

import pytest

from app.core.period import Period
from app.extensions import db
from app.ledger import services as ledger
from app.ledger import verify
from app.statements.asked import Asked, Comparison
from app.statements.cash import cash
from app.statements.equity import equity
from app.statements.position import position
from app.statements.results import results
from app.statements.statement import Kind
from tests.statements.books import journal, year

CASH, BRI, FLOAT = "1.1.1.01", "1.1.1.02", "1.1.1.20"
STOCK, PAYABLE = "1.1.4.01", "2.1.3.01"
OPENING = date(2024, 12, 31)
SHOP, CONSIGNMENT, CATERING, AGENCY, LOANS = "01", "02", "03", "04", "06"


def day(month: int, number: int = 15) -> date:
    return date(2025, month, number)


@pytest.fixture(autouse=True)
def books(scope, coop):
    with scope(coop):
        opening()
        members_pay()
        shop()
        other_units()
        office()
        surplus_of_last_year()
        somebody_leaves_and_somebody_errs()
        db.session.flush()
        yield


def opening():
    journal(
        OPENING,
        "Saldo awal",
        (CASH, 5_000_000),
        (BRI, 20_000_000),
        (STOCK, 8_000_000),
        ("1.3.3.01", 12_000_000),
        ("1.3.5.02", -2_000_000),
        (PAYABLE, -3_000_000),
        ("2.1.1.03", -4_000_000),
        ("3.1.1.01", -2_500_000),
        ("3.1.2.01", -18_000_000),
        ("3.2.1.01", -10_000_000),
        ("3.3.1.01", -3_500_000),
        ("3.4.1.01", -2_000_000),
    )


def members_pay():
    for month in range(1, 13):  # 32 members, Rp15.000 each
        journal(day(month), "Simpanan wajib", (CASH, 480_000), ("3.1.2.01", -480_000))
    journal(day(3), "Simpanan pokok 3 anggota", (CASH, 75_000), ("3.1.1.01", -75_000))
    journal(day(4), "Setor sukarela", (CASH, 1_500_000), ("2.1.1.03", -1_500_000))
    journal(day(9), "Tarik sukarela", (CASH, -800_000), ("2.1.1.03", 800_000))


def shop():
    for month in (2, 5, 8, 11):  # a quarter of 48.000.000 and of 30.000.000
        journal(
            day(month),
            "Penjualan anggota",
            (CASH, 12_000_000),
            ("4.1.1.01", -12_000_000),
            ("5.1.1.01", 10_000_000),
            (STOCK, -10_000_000),
            unit=SHOP,
        )
        journal(
            day(month, 20),
            "Penjualan umum",
            (CASH, 7_500_000),
            ("4.2.1.01", -7_500_000),
            ("5.1.1.01", 6_375_000),
            (STOCK, -6_375_000),
            unit=SHOP,
        )
        journal(day(month, 25), "Beli barang", (STOCK, 15_000_000), (CASH, -15_000_000), unit=SHOP)
    journal(
        day(6),
        "Penjualan kredit anggota",
        ("1.1.2.05", 2_000_000),
        ("4.1.1.01", -2_000_000),
        ("5.1.1.01", 1_650_000),
        (STOCK, -1_650_000),
        unit=SHOP,
    )
    journal(day(7), "Terima piutang", (CASH, 1_500_000), ("1.1.2.05", -1_500_000), unit=SHOP)
    journal(day(7), "Beli tempo", (STOCK, 6_000_000), (PAYABLE, -6_000_000), unit=SHOP)
    journal(day(8), "Bayar pemasok", (PAYABLE, 5_000_000), (BRI, -5_000_000), unit=SHOP)


def other_units():
    journal(day(10), "Katering", (CASH, 9_000_000), ("4.2.1.03", -9_000_000), unit=CATERING)
    journal(day(10), "Belanja", ("5.1.1.03", 6_200_000), (CASH, -6_200_000), unit=CATERING)
    sold = ((CASH, 12_000_000), ("2.1.3.03", -10_800_000), ("4.1.1.02", -1_200_000))
    journal(day(6), "Titip jual", *sold, unit=CONSIGNMENT)
    journal(day(7), "Bayar penitip", ("2.1.3.03", 10_000_000), (CASH, -10_000_000), unit="02")
    journal(day(2), "Isi saldo agen", (FLOAT, 10_000_000, AGENCY), (CASH, -10_000_000))
    journal(day(5), "Upah agen", (CASH, 1_850_000), ("4.1.4.01", -1_850_000), unit=AGENCY)
    journal(day(6), "Bagi hasil bank", (FLOAT, 400_000), ("4.1.4.02", -400_000), unit=AGENCY)
    journal(day(7), "Titipan", (CASH, 4_000_000), ("2.1.3.04", -4_000_000), unit=LOANS)
    journal(day(8), "Setor titipan", ("2.1.3.04", 3_500_000), (BRI, -3_500_000), unit=LOANS)
    journal(day(12), "Imbalan", ("1.1.2.06", 250_000), ("4.1.4.04", -250_000), unit=LOANS)


def office():
    journal(day(2, 26), "Setor ke BRI", (BRI, 15_000_000), (CASH, -15_000_000))
    for month in range(1, 13):
        journal(day(month, 27), "Gaji", ("6.1.1.01", 700_000), (CASH, -700_000))
        journal(day(month, 28), "Penyusutan", ("6.1.7.01", 100_000), ("1.3.5.02", -100_000))
        journal(day(month), "Listrik", ("6.1.3.01", 150_000), (BRI, -150_000))
        journal(day(month), "Internet", ("6.1.3.02", 50_000), (BRI, -50_000))
    journal(day(12), "Honor", ("6.1.1.02", 3_000_000), (CASH, -3_000_000))
    journal(day(3), "ATK", ("6.1.2.01", 450_000), (CASH, -450_000))
    journal(day(4), "ATK, uang pribadi", ("6.1.2.01", 200_000), ("2.1.3.07", -200_000))
    journal(day(5), "Ganti uang pribadi", ("2.1.3.07", 150_000), (CASH, -150_000))
    journal(day(1), "Sewa dua tahun", ("1.1.5.01", 2_400_000), (BRI, -2_400_000))
    journal(day(12, 31), "Sewa tahun ini", ("6.1.4.01", 1_200_000), ("1.1.5.01", -1_200_000))
    journal(day(6), "Kulkas", ("1.3.3.01", 3_000_000), (BRI, -3_000_000))
    journal(day(12, 31), "Bunga bank", (BRI, 96_000), ("9.1.1.01", -96_000))
    journal(day(12, 31), "Administrasi bank", ("9.2.1.01", 72_000), (BRI, -72_000))
    journal(day(5), "Kas kurang", ("6.1.9.11", 15_000), (CASH, -15_000))
    journal(day(6), "Kas lebih", (CASH, 5_000), ("9.1.1.02", -5_000))
    # 0,5 % of 92.700.000: sales and catering, commission and fees, nothing that passes through.
    journal(day(12, 31), "PPh final", ("9.3.1.01", 463_500), ("2.1.4.05", -463_500))
    journal(day(12, 31), "Bayar PPh", ("2.1.4.05", 400_000), (CASH, -400_000))
    journal(day(9), "Hibah", (BRI, 1_000_000), ("3.2.1.01", -1_000_000))


def surplus_of_last_year():
    journal(
        day(3, 20),
        "Pembagian SHU 2024",
        ("3.4.1.01", 2_000_000),
        ("3.3.1.01", -800_000),
        ("2.1.2.01", -800_000),
        ("2.1.2.04", -200_000),
        ("2.1.2.05", -200_000),
    )
    journal(day(4), "Bayar SHU", ("2.1.2.01", 600_000), (CASH, -600_000))
    journal(day(5), "Dana sosial", ("2.1.2.05", 50_000), (CASH, -50_000))


def somebody_leaves_and_somebody_errs():
    left = (("3.1.1.01", 25_000), ("3.1.2.01", 180_000))
    owed = (("2.1.1.01", -25_000), ("2.1.1.02", -180_000))
    journal(day(11), "Anggota keluar", *left, *owed)
    journal(day(11, 20), "Kembali simpanan pokok", ("2.1.1.01", 25_000), (CASH, -25_000))
    posted = journal(day(12), "Salah catat", (CASH, 100_000), ("3.1.2.01", -100_000))
    wrong = ledger.find_journal(posted.kind, posted.year, posted.number)
    ledger.reverse(wrong, reason="dobel", on=day(12, 16))


def lines(statement, column=0):
    """What stands on the statement: label to figure, without the heads."""
    return {row.label: row.amounts[column] for row in statement.rows if row.kind is not Kind.HEAD}


def all_hold(statement):
    return [check for check in statement.checks if not check.holds] == []


def test_the_position_at_the_end_of_the_year():
    statement = position(year(2025))

    assert lines(statement) == {
        "Kas dan setara kas": 33_724_000,
        "Piutang usaha dan mitra": 250_000,
        "Piutang anggota": 500_000,
        "Persediaan": 6_850_000,
        "Biaya dan uang muka dibayar di muka": 1_200_000,
        "Jumlah aset lancar": 42_524_000,
        "Aset tetap, harga perolehan": 15_000_000,
        "Akumulasi penyusutan aset tetap": -3_200_000,
        "Jumlah aset tidak lancar": 11_800_000,
        "Jumlah aset": 54_324_000,
        "Simpanan sukarela": 4_700_000,
        "Utang simpanan anggota keluar": 180_000,
        "Utang SHU anggota": 200_000,
        "Dana-dana SHU": 350_000,
        "Utang usaha": 4_000_000,
        "Utang konsinyasi": 800_000,
        "Titipan angsuran dan pembayaran": 500_000,
        "Utang kepada pengurus": 50_000,
        "Utang pajak": 63_500,
        "Jumlah kewajiban jangka pendek": 10_843_500,
        "Jumlah kewajiban": 10_843_500,
        "Simpanan pokok": 2_550_000,
        "Simpanan wajib": 23_580_000,
        "Hibah dan donasi": 11_000_000,
        "Cadangan": 4_300_000,
        "SHU tahun berjalan": 2_050_500,
        "Jumlah ekuitas": 43_480_500,
        "Jumlah kewajiban dan ekuitas": 54_324_000,
    }
    assert all_hold(statement)


def test_the_results_of_the_year():
    statement = results(year(2025))

    assert lines(statement) == {
        "Penjualan barang kepada anggota": 50_000_000,
        "Jumlah pendapatan dari anggota": 50_000_000,
        "Penjualan barang kepada umum": 30_000_000,
        "Katering untuk umum": 9_000_000,
        "Jumlah pendapatan dari bukan anggota": 39_000_000,
        "Komisi titip jual": 1_200_000,
        "Upah agen dan pembayaran tagihan": 2_250_000,
        "Imbalan penyaluran KUR/Kupedes": 250_000,
        "Jumlah pendapatan jasa dan komisi": 3_700_000,
        "Jumlah pendapatan": 92_700_000,
        "Harga pokok barang dagangan": 67_150_000,
        "Harga pokok katering": 6_200_000,
        "Jumlah beban pokok penjualan": 73_350_000,
        "SHU kotor": 19_350_000,
        "Gaji pegawai": 8_400_000,
        "Honor pengurus dan pengawas": 3_000_000,
        "Administrasi dan rapat": 650_000,
        "Listrik, air, dan internet": 2_400_000,
        "Sewa dan asuransi": 1_200_000,
        "Penyusutan": 1_200_000,
        "Selisih kas kurang": 15_000,
        "Jumlah beban usaha dan perkoperasian": 16_865_000,
        "SHU usaha": 2_485_000,
        "Bunga bank": 96_000,
        "Selisih kas lebih": 5_000,
        "Administrasi bank": -72_000,
        "Jumlah di luar usaha": 29_000,
        "SHU sebelum pajak": 2_514_000,
        "Pajak penghasilan": 463_500,
        "Jumlah beban pajak": 463_500,
        "SHU setelah pajak": 2_050_500,
    }
    assert all_hold(statement)


def test_the_changes_in_equity():
    statement = equity(year(2025))

    # opening, surplus, added, taken, closing; the mistake of December was added and taken back
    found = {row.label: list(row.amounts) for row in statement.rows if row.amounts}
    assert found == {
        "Simpanan pokok": [2_500_000, 0, 75_000, -25_000, 2_550_000],
        "Simpanan wajib": [18_000_000, 0, 5_860_000, -280_000, 23_580_000],
        "Hibah dan donasi": [10_000_000, 0, 1_000_000, 0, 11_000_000],
        "Cadangan": [3_500_000, 0, 800_000, 0, 4_300_000],
        "SHU belum dibagikan dan tahun berjalan": [2_000_000, 2_050_500, 0, -2_000_000, 2_050_500],
        "Jumlah ekuitas": [36_000_000, 2_050_500, 7_735_000, -2_305_000, 43_480_500],
    }
    assert all_hold(statement)


def test_the_cash_flows_of_the_year():
    statement = cash(year(2025))

    assert lines(statement) == {
        "Penerimaan dari penjualan, jasa, dan komisi": 90_450_000,
        "Penerimaan piutang, bersih": 1_500_000,
        "Pembayaran untuk barang dagangan dan bahan": -71_200_000,
        "Hasil titip jual yang diterima": 10_800_000,
        "Pembayaran kepada penitip": -10_000_000,
        "Titipan angsuran dan pembayaran diterima": 4_000_000,
        "Titipan angsuran dan pembayaran disetorkan": -3_500_000,
        "Pembayaran gaji dan honor": -11_400_000,
        "Pembayaran beban usaha": -5_415_000,
        "Bunga dan administrasi bank, bersih": 29_000,
        "Pembayaran pajak": -400_000,
        "Pembayaran dari dana-dana SHU": -50_000,
        "Arus kas bersih dari aktivitas operasi": 4_814_000,
        "Pembelian aset tetap dan investasi": -3_000_000,
        "Arus kas bersih dari aktivitas investasi": -3_000_000,
        "Setoran simpanan pokok dan wajib": 5_835_000,
        "Pengembalian simpanan pokok dan wajib": -25_000,
        "Setoran simpanan sukarela": 1_500_000,
        "Penarikan simpanan sukarela": -800_000,
        "Pembayaran SHU kepada anggota": -600_000,
        "Hibah dan donasi": 1_000_000,
        "Arus kas bersih dari aktivitas pendanaan": 6_910_000,
        "Kenaikan (penurunan) bersih kas": 8_724_000,
        "Kas dan setara kas pada awal periode": 25_000_000,
        "Kas dan setara kas pada akhir periode": 33_724_000,
    }
    assert all_hold(statement)


def test_each_line_of_business_has_its_own_result():
    statement = results(Asked(day(1, 1), day(12, 31), every_unit=True))

    after_tax = next(row for row in statement.rows if row.label == "SHU setelah pajak")
    assert dict(zip(statement.heads, after_tax.amounts, strict=True)) == {
        "Jumlah": 2_050_500,
        "Kantor (umum)": -17_299_500,
        "Gerai sembako": 12_850_000,
        "Titip jual UMKM": 1_200_000,
        "Katering": 2_800_000,
        "BRILink dan Laku Pandai": 2_250_000,
        "PPOB": 0,
        "Penyaluran KUR/Kupedes": 250_000,
    }


def test_what_lines_of_business_owe_each_other_comes_to_nothing():
    statement = position(Asked(day(1, 1), day(12, 31), every_unit=True))

    between = next(row for row in statement.rows if row.label == "Hubungan dengan gerai lain")
    whole, *units = between.amounts
    assert whole == 0
    assert sum(units) == 0
    assert any(units)


def test_beside_the_year_stands_its_beginning():
    asked = Asked(day(1, 1), day(12, 31), Comparison.YEAR_START)

    statement = position(asked)

    assert statement.heads == ["31 Des 2025", "31 Des 2024"]
    assert lines(statement, 1)["Jumlah aset"] == 43_000_000
    assert lines(statement, 1)["SHU belum dibagikan"] == 2_000_000


def test_a_quarter_stands_beside_the_quarter_before():
    statement = results(Asked(day(4, 1), day(6, 30), Comparison.PREVIOUS))

    assert statement.heads == ["1 Apr 2025 – 30 Jun 2025", "1 Jan 2025 – 31 Mar 2025"]
    assert lines(statement, 0)["Jumlah pendapatan"] == 24_950_000
    assert lines(statement, 1)["Jumlah pendapatan"] == 19_500_000


def test_twelve_months_of_cash_add_up_to_the_year():
    months = list(Period(2025, 1).through(Period(2025, 12)))
    change = "Kenaikan (penurunan) bersih kas"

    statements = [cash(Asked(month.first_day, month.last_day)) for month in months]

    assert all(all_hold(statement) for statement in statements)
    assert sum(statement.amount(change) for statement in statements) == 8_724_000


def test_broken_months_agree_with_whole_ones():
    halves = results(Asked(day(1, 1), day(6, 14))), results(Asked(day(6, 15), day(12, 31)))

    assert sum(half.amount("SHU setelah pajak") for half in halves) == 2_050_500


def test_the_next_year_opens_with_the_surplus_not_yet_divided():
    statement = position(Asked(date(2026, 1, 1), date(2026, 1, 31)))

    assert lines(statement)["SHU belum dibagikan"] == 2_050_500
    assert "SHU tahun berjalan" not in lines(statement)
    assert all_hold(statement)


def test_the_summaries_are_what_the_journals_say():
    assert verify.differences() == []
