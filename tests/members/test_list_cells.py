"""What stands in the cells of a list: every spelling, and what cannot be told for certain."""

from datetime import date

import pytest

from app.core import clock
from app.core.errors import Invalid
from app.members import cells, services
from tests.members.conftest import RATNA, examined, person

BORN = "28-09-1971"


def reason(**changed):
    """Why this row cannot be taken over."""
    found = examined(person(**changed))
    assert found.good == []
    return found.bad[0].reason


@pytest.mark.parametrize(
    "text",
    ["3375.0468.0971.9001", "337504-680971-9001", "3375046809719001.0", "\u200b3375046809719001",
     "3375 0468\u00a00971 9001", "NIK: 3375046809719001"],
)  # fmt: skip
def test_signs_that_nobody_sees_do_not_spoil_a_nik(here, text):
    [row] = examined(person(nik=text)).good

    assert row.who.nik.digits == "3375046809719001"


@pytest.mark.parametrize("text", ["3.37505E+15", "3,37505E+15", "3.3750468097190E+15"])
def test_a_nik_that_excel_has_shortened_is_not_guessed(here, text):
    assert text in reason(nik=text)


def test_digits_that_excel_made_zero_are_not_taken_for_a_nik(here):
    """Excel keeps fifteen digits: its long numbers all end in 0."""
    found = examined(person(nik=3375046809719010), person(nik=3375020207929020, sex="L"))

    assert (found.good, len(found.bad)) == ([], 2)
    assert "E+15" in found.bad[0].reason


def test_a_number_that_kept_all_its_digits_proves_the_others(here):
    found = examined(person(nik=3375046809719010), person(nik=3375020207929001, sex="L", birth=""))

    assert len(found.good) == 2


@pytest.mark.parametrize(
    "text",
    ["12-Agt-25", "12 Agustus 2025", "12–08–2025", "12Agustus2025", "2025/08/12", 45881,
     "12-08-2025.", "2025-08-12 00:00:00",
     "12/08/2025 10:30", "Selasa, 12 Agustus 2025", "12.8.25"],
)  # fmt: skip
def test_more_spellings_of_a_day_are_read(here, text):
    [row] = examined(person(joined=text)).good

    assert row.joined_on == date(2025, 8, 12)


@pytest.mark.parametrize("text", ["Juni 2025", "2025", "12082025", "06/20/2025", "kemarin"])
def test_what_is_no_whole_day_is_told_with_its_column(here, text):
    assert "Tgl Masuk" in reason(joined=text)


def test_two_digits_of_a_year_are_of_the_last_hundred_years():
    assert cells.day("17/8/45") == date(1945, 8, 17)


def test_who_is_over_a_hundred_by_the_nik_needs_a_day_of_birth(here):
    """Two digits of a year: 10 is taken for 1910 rather than for 2010."""
    child = {"nik": "3375015205100001"}

    assert "116" in reason(**child, birth="")
    assert len(examined(person(**child, birth="Batang, 12-05-2010")).good) == 1
    assert len(examined(person(**child, birth="Batang, 12-05-1910")).good) == 1


def test_nobody_is_born_in_the_future(here):
    assert "12-05-2078" in reason(birth="Pekalongan, 12-05-2078")


def test_place_and_day_of_birth_are_read_in_both_orders(here):
    [row] = examined(person(birth="28-09-1971, Pekalongan")).good

    assert (row.who.birth_place, row.who.born_on) == ("Pekalongan", None)


def test_a_birth_in_the_american_order_agrees_but_makes_the_other_days_doubtful(here):
    siti = {"nik": "3375015205780001", "birth": "Pekalongan, 05/12/1978"}
    [row] = examined(person(**siti, joined="20/06/2025")).good

    assert row.who.born_on is None
    assert "Tgl Masuk" in reason(**siti, joined="08/12/2025")


@pytest.mark.parametrize(
    ("text", "rt", "rw"),
    [("RW 05 RT 03", "003", "005"), ("RT 03/RW V", "003", "005"), ("3", "003", ""),
     ("3-5", "003", "005"), ("003\u00a0/ 005", "003", "005"), ("3.0", "003", "")],
)  # fmt: skip
def test_more_spellings_of_rt_and_rw_are_read(here, text, rt, rw):
    [row] = examined(person(rt=text)).good

    assert (row.who.rt, row.who.rw) == (rt, rw)


def test_rt_and_rw_that_excel_made_a_day_are_told(here):
    assert "03-05-2026" in reason(rt=date(2026, 5, 3))


def test_rt_and_rw_may_both_stand_under_rt(here):
    found = examined(
        ["Siti", "3375015205780001", "003/005", ""],
        titles=[],
        header=["Nama", "NIK", "RT", "RW"],
    )

    assert (found.good[0].who.rt, found.good[0].who.rw) == ("003", "005")


@pytest.mark.parametrize(
    "text",
    ["0812‑3456‑7890", "(0812) 3456 7890 (WA)", "62-812-3456-7890", 81234567890, "81234567890.0",
     "0812-3456-7890 an. Budi"],
)  # fmt: skip
def test_more_spellings_of_a_telephone_are_read(here, text):
    [row] = examined(person(phone=text)).good

    assert row.who.phone == "+6281234567890"


def test_of_two_telephones_the_second_is_kept_in_the_note(here):
    [row] = examined(person(phone="0812.3456.7890 / 0857-1234-5678")).good

    assert row.who.phone == "+6281234567890"
    assert row.who.note == "batik; HP lain 085712345678"


@pytest.mark.parametrize("text", ["tidak ada", "-", "belum ada", "0", "x"])
def test_who_has_no_telephone_has_none(here, text):
    assert examined(person(phone=text)).good[0].who.phone == ""


def test_a_telephone_that_excel_has_shortened_is_told(here):
    assert "8.12346E+10" in reason(phone="8.12346E+10")


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [("Rp 25.000,-", 25_000), ("25.000,00", 25_000), ("25,000", 25_000), ("25000.0", 25_000),
     ("1,250,000.00", 1_250_000), ("50rb", 50_000), ("50k", 50_000), ("1,5 juta", 1_500_000),
     ("25 000", 25_000), ("25.000.-", 25_000), ("IDR 25.000", 25_000), ("-", 0), ("Rp -", 0),
     ("nihil", 0), ("belum bayar", 0)],
)  # fmt: skip
def test_more_spellings_of_an_amount_are_read(text, rupiah):
    assert cells.amount(text) == rupiah


@pytest.mark.parametrize("text", ["-5000", "(5.000)", "25.00", "25000.5", "lunas", "1+1"])
def test_what_is_no_amount_in_whole_rupiah_is_told(text):
    with pytest.raises(Invalid):
        cells.amount(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Rp 15.000,50", "memakai sen"),
        (25000.4, "memakai sen"),
        ("-50.000", "kurang dari nol"),
        ("(50.000)", "kurang dari nol"),
        (-50_000, "kurang dari nol"),
        ("9999999999999999", "terlalu besar"),
        ("999.999.999.999.999", "terlalu besar"),
        ("lima puluh ribu", "tidak terbaca"),
    ],
)
def test_each_slip_in_an_amount_has_its_own_words(here, text, reason):
    [bad] = examined(person(principal=text)).bad

    assert reason in bad.reason


@pytest.mark.parametrize("text", ["Rp50.000,=", "50.000 rupiah", "Rp 50.000,-"])
def test_an_amount_ends_as_receipts_write_it(text):
    assert cells.amount(text) == 50_000


def test_two_telephones_in_two_lines_are_two(here):
    [row] = examined(person(phone="0812 3456 7890\n081234567891")).good

    assert row.who.phone == "+6281234567890"
    assert "081234567891" in row.who.note


def test_a_note_that_is_too_long_is_told_once(here):
    row = [*person()[:-1], "k" * 201]
    [bad] = examined(row).bad

    assert len(bad.reasons) == 1


@pytest.mark.parametrize("name", ["+Siti", "@Siti", "=Siti", "-Siti", "12345", "-"])
def test_what_is_no_name_is_told(here, name):
    assert reason(name=name)


def test_the_apostrophe_of_excel_is_no_part_of_a_cell(here):
    [row] = examined(person(name="'Ratna", joined="'12-06-2025", rt="'005/003")).good

    assert (row.name, row.joined_on, row.who.rt) == ("Ratna", date(2025, 6, 12), "005")


@pytest.mark.parametrize("name", ["محمد علي", "’Aisyah", "R. Ng. Slamet, S.Pd.", "Siti 😀"])
def test_a_name_may_be_written_as_people_are_called(here, name):
    assert examined(person(name=name)).good[0].name == name


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!", "Err:502"])
@pytest.mark.parametrize("field", ["name", "address", "mandatory"])
def test_a_formula_that_came_to_nothing_is_told_with_its_column(here, field, error):
    told = reason(**{field: error})

    assert error in told


def test_of_two_people_with_one_nik_neither_is_taken(here):
    found = examined(RATNA, person(name="Joko Susilo"), person(nik="3375015205780001", birth=""))

    assert [row.row for row in found.good] == [8]
    assert "Joko Susilo" in found.bad[0].reason
    assert "Ratna Khasanah" in found.bad[1].reason


@pytest.mark.parametrize("name", ["RATNA KHASANAH, S.Pd", "Ratna", "Ratna Kasanah"])
def test_one_person_in_two_spellings_counts_once(here, name):
    found = examined(RATNA, person(name=name))

    assert [row.row for row in found.good] == [6]


@pytest.mark.parametrize("name", ["Alm. Ratna", "Ratna (almh)"])
def test_who_has_died_is_not_made_a_member(here, name):
    assert name in reason(name=name)


def test_who_has_left_by_the_list_is_not_made_a_member(here):
    header = ["Nama", "NIK", "Ket", "Tgl Keluar"]
    found = examined(
        ["Siti", "3375015205780001", "keluar 3/5/2026", ""],
        ["Budi", "3375010207920002", "", "12/01/2026"],
        ["Ratna", "3375046809719001", "Ibu rumah tangga, keluarga besar", "-"],
        titles=[],
        header=header,
    )

    assert [row.name for row in found.good] == ["Ratna"]


def test_who_left_is_not_brought_back_by_an_old_list(here):
    ratna = services.register(examined(RATNA).good[0].who, on=clock.today(), consent=True)
    services.leave(ratna, on=clock.today(), reason="pindah")

    assert "A0001" in reason()
    assert "A0001" in reason(joined="")


def test_who_joined_again_after_leaving_is_taken_over(here):
    ratna = services.register(examined(RATNA).good[0].who, on=date(2025, 6, 12), consent=True)
    services.leave(ratna, on=date(2025, 8, 1), reason="pindah")

    assert len(examined(person(joined="02/08/2025")).good) == 1
