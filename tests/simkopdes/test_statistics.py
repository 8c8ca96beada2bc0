"""The ministry's statistics: taken over whole, compared in words, and never lost."""

import io
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.dues import accrual
from app.extensions import db
from app.launch.models import Readiness
from app.simkopdes import comparison, services, statistics
from app.simkopdes.commands import simkopdes
from app.simkopdes.comparison import Verdict
from app.simkopdes.models import MinistryFigures
from app.supervision import reporting
from app.supervision.checklist import State
from app.supervision.models import IndicatorMonth
from tests.factories import make_member, make_rate, pay

ON = date(2026, 8, 5)
HEAD = (
    "subdistrict,kelurahan,npwp,nib,transaction_value,pokok_amount,pokok_members,"
    "wajib_amount,wajib_members,savings_total"
)
MAJU = "Barat,Maju,1,0,57828000,25000,1,15000,1,40000"
SEJAHTERA = "Barat,Sejahtera,1,1,0,0,0,0,0,0"
HOME = "/kota/simkopdes/"
FILES = f"{HOME}berkas/"


def content(*rows, head=HEAD):
    return "\n".join([head, *rows]).encode()


def said(kept):
    return " ".join(statistics.in_words(kept.objections))


def lines():
    return {line.slug: line for line in comparison.lines(ON)}


@pytest.fixture
def reported(scope, coop, other_coop):
    """Maju has five members with principal and dues paid; Sejahtera nobody."""
    with scope(coop):
        make_rate()
        month = clock.today().replace(day=1)
        members = [make_member(f"Siti {number}", month) for number in range(5)]
        accrual.accrue(Period.current())
        for member in members:
            pay(member, on=clock.today(), dues=15_000, principal=25_000)
        reporting.report(clock.today())
        db.session.commit()


@pytest.fixture
def taken(app, coop, other_coop):
    def take(*rows, head=HEAD, name="statistik.csv", on=ON):
        kept = services.take_over(content(*rows, head=head), name, on)
        db.session.commit()
        return kept

    with app.app_context():
        yield take


def test_a_file_is_taken_over_with_columns_that_nobody_knows(taken, coop):
    kept = taken(MAJU, SEJAHTERA)
    found = db.session.get(MinistryFigures, (coop.id, ON))

    assert kept.cooperatives == 2
    assert (found.principal_amount, found.mandatory_members, found.tax_number) == (25_000, 1, 1)
    assert found.others["transaction_value"] == "57828000"


def test_the_same_file_again_is_taken_over_once(taken):
    assert taken(MAJU, SEJAHTERA).id == taken(MAJU, SEJAHTERA).id
    assert taken(MAJU, SEJAHTERA).id != taken(MAJU, SEJAHTERA, on=date(2026, 8, 6)).id


def test_semicolons_and_thousands_are_read_as_well(taken, coop):
    taken("Kelurahan MAJU;Rp25.000;-", head="Kelurahan;pokok_amount;pokok_members")
    found = db.session.get(MinistryFigures, (coop.id, ON))

    assert (found.principal_amount, found.principal_members) == (25_000, None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("25.000", 25_000),
        ("Rp 1.250.000,00", 1_250_000),
        ("25000.0", 25_000),
        ("25 000", 25_000),
        ("0.0", 0),
        ("25000.5", None),
        ("25,000", None),
        ("2.50", None),
        ("-25000", None),
        ("1e5", None),
    ],
)
def test_a_figure_is_read_as_it_is_meant_or_objected_to(taken, coop, written, read):
    kept = taken(f"Maju;{written}", head="kelurahan;pokok_amount")
    found = db.session.get(MinistryFigures, (coop.id, ON))

    assert found.principal_amount == read
    assert (written in said(kept)) == (read is None)


ANOTHER_ORDER = (
    "Catatan;NIB;Wajib Amount;Kelurahan;Pokok Members;Wajib Members;Pokok Amount;"
    "Savings Total;NPWP;Pétugas\r\n"
    "“lama”;1;15.000;Kelurahan MAJU ;1;1;Rp 25.000;40.000;1;Zoë\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_another_order_other_names_and_encodings_are_read(taken, coop, encoding):
    services.take_over(ANOTHER_ORDER.encode(encoding), "statistik.csv", ON)
    kept = db.session.get(MinistryFigures, (coop.id, ON))

    assert (kept.principal_amount, kept.mandatory_amount, kept.savings_total) == (
        25_000,
        15_000,
        40_000,
    )
    assert (kept.principal_members, kept.mandatory_members) == (1, 1)
    assert kept.others["catatan"].strip("“”") == "lama"
    assert "Zoë" in kept.others.values()


def test_what_is_wrong_with_rows_is_said_and_nothing_is_lost(taken, coop):
    other = MAJU.replace(",1,40000", ",9,99")
    kept = taken(MAJU, other, "Barat,Tidak Ada,1", "Barat,,1", head=HEAD)
    words = said(kept)

    assert "Sejahtera tidak ada di berkas" in words
    assert "Baris 3" in words
    assert "baris 2" in words
    assert "Tidak Ada" in words
    assert "Baris 5" in words
    assert db.session.get(MinistryFigures, (coop.id, ON)).savings_total == 40_000
    assert kept.rows[2][-1] == "99"


def test_a_figure_that_is_none_is_not_known(taken, coop):
    kept = taken("Barat,Maju,1,0,0,banyak,-3,15000,1,40000", SEJAHTERA)
    found = db.session.get(MinistryFigures, (coop.id, ON))

    assert "banyak" in said(kept)
    assert (found.principal_amount, found.principal_members) == (None, None)


def test_another_file_of_the_day_keeps_what_it_does_not_name(taken, coop, other_coop):
    taken(MAJU, SEJAHTERA)
    taken(SEJAHTERA.replace(",0,0", ",7,7"))

    assert db.session.get(MinistryFigures, (coop.id, ON)).savings_total == 40_000
    assert db.session.get(MinistryFigures, (other_coop.id, ON)).savings_total == 7


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        (b"%PDF-1.7", "statistik.pdf"),
        (b"%PDF-1.7", "statistik.csv"),
        (b"\xff\xd8\xff", "foto.csv"),
        (b"nama,jumlah\nMaju,1", "statistik.csv"),
        (b"kelurahan\nJakarta", "statistik.csv"),
        (b"", "kosong.csv"),
    ],
)
def test_a_file_of_another_kind_is_refused(app, coop, sent, name):
    with app.app_context():
        with pytest.raises(DomainError):
            services.take_over(sent, name, ON)
        assert db.session.scalars(select(MinistryFigures)).all() == []


def test_transactions_are_held_against_the_sales_of_all_months(taken, reported, coop):
    for month, sales in ((date(2026, 7, 1), 57_000_000), (date(2026, 8, 1), 828_000)):
        row = {"tenant_id": coop.id, "period": month}
        db.session.add(IndicatorMonth(**row, sales_members=sales, sales_others=None, fees=0))
    db.session.add(IndicatorMonth(tenant_id=coop.id, period=date(2026, 9, 1), sales_members=7))
    taken(MAJU, SEJAHTERA)
    found = {pair.what.column: pair for pair in lines()["maju"].pairs}
    value, volume = found["transaction_value"], found["transaction_volume"]

    assert (value.theirs, value.ours, value.verdict) == (57_828_000, 57_828_000, Verdict.SAME)
    assert (volume.ours, volume.verdict) == (None, Verdict.UNKNOWN)
    assert "transaction_value" not in lines()["maju"].others
    none_of_ours = {pair.what.column: pair for pair in lines()["sejahtera"].pairs}
    assert none_of_ours["transaction_value"].ours is None


@pytest.mark.parametrize("sent", ["", "banyak", "9" * 16, "-5"])
def test_transactions_that_are_no_number_are_not_known(taken, coop, other_coop, sent):
    taken(f"Barat,Maju,1,1,{sent},0,0,0,0,0", SEJAHTERA)
    found = {pair.what.column: pair.theirs for pair in lines()["maju"].pairs}

    assert found["transaction_value"] is None


def test_figures_beside_each_other_are_judged_in_words(taken, reported):
    taken("Barat,Maju,1,0,0,125000,5,0,0,201000", SEJAHTERA)
    line = lines()["maju"]
    verdicts = {pair.what.column: pair.verdict for pair in line.pairs}

    assert verdicts == {
        "transaction_value": Verdict.UNKNOWN,
        "transaction_volume": Verdict.UNKNOWN,
        "principal_members": Verdict.SAME,
        "principal_amount": Verdict.SAME,
        "mandatory_members": Verdict.UNREPORTED,
        "mandatory_amount": Verdict.UNREPORTED,
        "savings_total": Verdict.DIFFERS,
        "tax_number": Verdict.DIFFERS,
        "business_number": Verdict.SAME,
    }
    assert next(p.difference for p in line.pairs if p.what.column == "savings_total") == -1_000
    assert line.ours_on == clock.today()
    assert lines()["sejahtera"].pairs[0].verdict is Verdict.UNKNOWN


def test_a_document_in_the_register_counts_as_a_number_that_is_known(scope, taken, coop):
    taken(MAJU, SEJAHTERA)
    db.session.add(Readiness(tenant_id=coop.id, item="npwp", state=State.HELD))
    db.session.commit()

    assert lines()["maju"].pairs[-2].verdict is Verdict.SAME


def test_the_dinas_takes_a_file_over_and_compares(sign_in, other_coop, reported):
    dinas = sign_in(Role.CITY_AGENCY, None)
    assert "Belum ada statistik" in dinas.get(HOME).text
    form = {"key": str(uuid4()), "on": "05-08-2026"}
    form["file"] = (io.BytesIO(content(MAJU)), "statistik.csv")
    response = dinas.post(FILES, data=form)
    assert response.status_code == 303
    assert "Sejahtera tidak ada di berkas" in dinas.get(response.location).text

    page = dinas.get(HOME).text
    assert "Maju" in page
    assert 'pill-wait">belum lapor?' not in page
    assert "Siti" not in page
    assert 'pill-warn">beda' in dinas.get(f"{HOME}?tampil=beda").text
    assert "Rp57.828.000" in dinas.get(f"{HOME}koperasi/maju").text
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(dinas.get(f"{HOME}perbandingan.xlsx").data)
    ).get_sheet_by_index(0)
    assert ["Barat", "Maju", "Seluruh simpanan Rp"] in [row[:3] for row in book.to_python()]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"on": "31-02-2026"}, "tidak ada"),
        ({"on": "01-01-2099"}, "belum tiba"),
        ({"file": (io.BytesIO(b"%PDF"), "x.pdf")}, ".xlsx, .ods"),
        ({"file": None}, "isi"),
    ],
)
def test_a_wrong_form_is_refused_beside_the_field(sign_in, coop, wrong, words):
    form = {"key": str(uuid4()), "on": "05-08-2026"}
    form["file"] = (io.BytesIO(content(MAJU)), "statistik.csv")
    sent = {name: value for name, value in (form | wrong).items() if value}
    response = sign_in(Role.CITY_AGENCY, None).post(FILES, data=sent)

    assert response.status_code == 422
    assert words in response.text


@pytest.mark.parametrize("asked", ["hari=2020-01-01", "hari=besok", "kecamatan=Mars", "tampil=x"])
def test_what_is_no_choice_is_not_found(sign_in, taken, asked):
    taken(MAJU)

    assert sign_in(Role.CITY_AGENCY, None).get(f"{HOME}?{asked}").status_code == 404


def test_a_companion_reads_but_takes_nothing_over(sign_in, taken):
    taken(MAJU)
    companion = sign_in(Role.CITY_COMPANION, None)

    assert companion.get(HOME).status_code == 200
    assert companion.get(FILES).status_code == 403


def test_the_command_takes_over_and_says_what_is_missing(app, coop, other_coop, tmp_path):
    file = Path(tmp_path / "statistik.csv")
    file.write_bytes(content(MAJU))
    run = app.test_cli_runner().invoke
    result = run(simkopdes, ["import", str(file), "--on", "2026-08-05"])

    assert result.exit_code == 0, result.output
    assert "1 cooperatives" in result.output
    assert "Sejahtera" in result.output


@pytest.mark.parametrize(
    ("on", "sent"),
    [("2099-01-01", "kelurahan\nMaju"), ("x", "kelurahan\nMaju"), ("2026-08-05", "a\nb")],
)
def test_the_command_refuses_what_cannot_be(app, coop, tmp_path, on, sent):
    file = Path(tmp_path / "statistik.csv")
    file.write_text(sent)
    result = app.test_cli_runner().invoke(simkopdes, ["import", str(file), "--on", on])

    assert result.exit_code == 1
    assert "Error" in result.output
