import io
import json
import zipfile
from datetime import date, datetime, timedelta
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.extensions import db
from app.ledger import services as ledger
from app.ledger import verify
from app.ledger.models import AccountRole, Month
from app.members import imports, services, spreadsheet
from app.members.columns import guess
from app.members.examining import examine
from app.members.models import ImportMode, ImportState, MemberState
from app.savings.services import balances
from tenants.definitions import Key
from tenants.settings import decide_for_city

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


def kept(*rows, **more):
    """A list that was sent; with the same rows it is the same file."""
    return imports.keep(workbook(*rows, **more), "anggota.xlsx")


def entered(*rows, mode=ImportMode.GOOD_ROWS):
    sent = kept(*rows)
    sent.mode = mode
    imports.carry_out(sent.id, lambda _done, _total: None)
    db.session.commit()
    return sent


def test_good_rows_are_entered_with_what_they_had_saved(here):
    sent = entered(RATNA, person(nik="3375020207929002", birth="", sex="L", principal=10_000))
    ratna, other = services.find(1), services.find(2)

    assert (sent.state, sent.good, sent.saved_in_all) == (ImportState.ENTERED, 2, 205_000)
    assert (ratna.state, ratna.joined_on) == (MemberState.ACTIVE, date(2025, 6, 12))
    assert ratna.note == "batik"
    assert ratna.consent_at is None
    assert other.state is MemberState.CANDIDATE
    assert balances(ratna) == {
        AccountRole.PRINCIPAL_SAVINGS: 25_000,
        AccountRole.MANDATORY_SAVINGS: 75_000,
        AccountRole.VOLUNTARY_SAVINGS: 10_000,
    }
    assert ledger.total(AccountRole.PRINCIPAL_SAVINGS) == 35_000
    assert verify.differences() == []


def test_the_same_list_twice_adds_nobody(here):
    first = entered(RATNA)
    again = entered(RATNA)

    assert (again.good, again.bad) == (0, 1)
    assert "A0001" in again.verdict["bad"][0]["reasons"][0]
    assert imports.entered_before(again).id == first.id
    assert services.count(MemberState.ACTIVE) == 1


def test_an_order_carried_out_twice_enters_the_list_once(here):
    sent = entered(RATNA)
    again = imports.carry_out(sent.id, lambda _done, _total: None)

    assert again == {"good": 1, "bad": 0, "state": "entered"}
    assert services.find(2) is None


def test_all_or_nothing_enters_nothing_while_a_row_is_wrong(here):
    sent = entered(RATNA, person(nik="33750202079290"), mode=ImportMode.ALL)

    assert sent.state is ImportState.REFUSED
    assert sent.refusal
    assert services.find(1) is None
    assert (
        services.register(examined(RATNA).good[0].who, on=clock.today(), consent=True).number == 1
    )


def test_who_registered_meanwhile_is_left_alone(here):
    sent = kept(RATNA, person(nik="3375020207929002", birth="", sex="L"))
    services.register(examined(RATNA).good[0].who, on=clock.today(), consent=True)
    sent.mode = ImportMode.GOOD_ROWS
    imports.carry_out(sent.id, lambda _done, _total: None)

    assert (sent.good, sent.bad) == (1, 1)
    assert services.find(2).nik == "3375020207929002"


def test_a_closed_month_refuses_the_list_and_enters_nobody(here):
    sent = kept(RATNA)
    sent.mode = ImportMode.GOOD_ROWS
    db.session.add(Month(period=Period.current().first_day, closed_at=clock.now()))
    db.session.flush()
    imports.carry_out(sent.id, lambda _done, _total: None)

    assert sent.state is ImportState.REFUSED
    assert services.find(1) is None


def test_an_entered_list_keeps_only_the_rows_that_were_left_out(here):
    sent = entered(RATNA, person(nik="33750202079290", name="Teguh"))

    assert sent.verdict["good"] == []
    assert "Ratna Khasanah" not in str(sent.rows)
    assert [row[1] for row in imports.bad_rows(sent)] == ["Teguh"]
    assert "14" in imports.bad_rows(sent)[0][-1]


def test_old_lists_are_forgotten_but_not_their_figures(here):
    done, open_one = entered(RATNA, person(nik="1")), kept(person(nik="2"))
    recent = kept(RATNA)
    for old in (done, open_one):
        old.created_at = clock.now() - timedelta(days=31)
    db.session.flush()

    assert imports.forget_old() == 2
    assert imports.forget_old() == 0
    db.session.expire_all()
    assert (done.rows, done.is_kept, done.good, done.bad) == ([], False, 1, 1)
    assert imports.find(open_one.id) is None
    assert imports.find(recent.id) is not None


def test_no_nik_of_a_list_reaches_the_trail(here):
    entered(RATNA, person(nik="33750202079290"))
    trail = db.session.scalars(select(AuditEvent)).all()

    assert any(event.record == "member_imports" for event in trail)
    assert "3375046809719001" not in str([(event.before, event.after) for event in trail])
    assert "33750202079290" not in str([(event.before, event.after) for event in trail])


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
