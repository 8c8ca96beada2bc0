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

from app.ledger import services as ledger
from tests.statements.books import journal

CASH, BRI, FLOAT = "1.1.1.01", "1.1.1.02", "1.1.1.20"
STOCK, PAYABLE = "1.1.4.01", "2.1.3.01"
OPENING = date(2024, 12, 31)
SHOP, CONSIGNMENT, CATERING, AGENCY, LOANS = "01", "02", "03", "04", "06"


def day(month: int, number: int = 15) -> date:
    return date(2025, month, number)


def happens():
    """Everything of the year, in the order of the docstring above."""
    opening()
    members_pay()
    shop()
    other_units()
    office()
    surplus_of_last_year()
    somebody_leaves_and_somebody_errs()


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
