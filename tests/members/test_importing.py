import io
import json
from datetime import date

import pytest
import xlsxwriter

from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members import importing, services, spreadsheet
from app.members.importing import digest, enter, examine, guess
from app.members.models import MemberState
from app.savings.services import balances
from tenants.settings import Key, decide_for_city

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
        "name": 1, "nik": 2, "birth": 4, "rt": 6, "phone": 7, "joined": 9, "principal": 10,
        "mandatory": 11, "voluntary": 12,
    }  # fmt: skip
    row = list(RATNA)
    for field, value in changed.items():
        row[places[field]] = value
    return row


def workbook(*rows, titles=TITLES, header=HEADER):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False})
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


@pytest.fixture
def here(scope, coop):
    with scope(coop):
        yield coop


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
        ({"name": "x" * 121}, "120"),
        ({"phone": "0812"}, "08"),
        ({"mandatory": "dua puluh"}, "dua puluh"),
        ({"mandatory": -5000}, "-5000"),
    ],
)
def test_a_bad_row_is_told_with_a_reason(here, changed, reason):
    found = examined(person(**changed), person(nik="3375020207929002", birth=""))

    assert [bad.row for bad in found.bad] == [6]
    assert reason in found.bad[0].reason
    assert len(found.good) == 1


def test_blank_rows_sums_and_repeated_headers_are_skipped(here):
    found = examined(RATNA, [], HEADER, [2], ["", "JUMLAH", "", "", "", "", "", "", "", "", 25_000])

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
        examined(RATNA, titles=[], header=["satu", "dua"])


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


def test_good_rows_are_entered_with_what_they_had_saved(here):
    found = examined(RATNA, person(nik="3375020207929002", birth="", principal=10_000))
    ratna, other = enter(found.good, on=clock.today(), source=digest(b"1"))
    db.session.commit()

    assert (ratna.state, ratna.joined_on) == (MemberState.ACTIVE, date(2025, 6, 12))
    assert other.state is MemberState.CANDIDATE
    assert balances(ratna) == {
        AccountRole.PRINCIPAL_SAVINGS: 25_000,
        AccountRole.MANDATORY_SAVINGS: 75_000,
        AccountRole.VOLUNTARY_SAVINGS: 10_000,
    }
    assert ledger.total(AccountRole.PRINCIPAL_SAVINGS) == 35_000


def test_the_same_list_twice_adds_nobody(here):
    enter(examined(RATNA).good, on=clock.today(), source=digest(b"1"))
    again = examined(RATNA)
    enter(again.good, on=clock.today(), source=digest(b"1"))

    assert (len(again.good), len(again.bad)) == (0, 1)
    assert "A0001" in again.bad[0].reason
    assert services.count(MemberState.ACTIVE) == 1


def test_a_digest_tells_files_apart():
    assert importing.digest(b"1") != importing.digest(b"2")


@pytest.fixture
def run(app, coop, tmp_path):
    """`flask members import`, with a list of two people of whom one is wrong."""
    file = tmp_path / "anggota.xlsx"
    file.write_bytes(workbook(RATNA, person(nik="337502020792900")))

    def invoke(*options, tenant="maju", file=file):
        arguments = ["members", "import", "--tenant", tenant, *options, str(file)]
        return app.test_cli_runner().invoke(args=arguments)

    return invoke


def test_the_command_says_in_json_what_it_did(run, scope, coop):
    result = run("--json")

    assert result.exit_code == 0, result.output
    said = json.loads(result.output)
    assert (said["good"], said["bad"], said["rows"][0]["row"]) == (1, 1, 7)
    assert set(said) == {"good", "bad", "rows"}
    assert "15" in said["rows"][0]["reason"]
    with scope(coop):
        assert services.find(1).name == "Ratna Khasanah"


def test_a_dry_run_enters_nobody(run, scope, coop):
    result = run("--dry-run")

    assert "1 would be taken over" in result.output
    with scope(coop):
        assert services.find(1) is None


def test_an_unknown_cooperative_and_a_broken_file_are_said(run, tmp_path):
    broken = tmp_path / "anggota.ods"
    broken.write_bytes(b"%PDF-1.7")

    assert run(tenant="nowhere").exit_code == 1
    assert "nowhere" in run(tenant="nowhere").output
    assert run(file=broken).exit_code == 1
