"""The pages of assets and of things on loan."""

import io
from datetime import date
from uuid import uuid4

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from app.assets import borrowed, disposal, register
from app.assets.borrowed import Loan
from app.assets.disposal import Disposal
from app.assets.models import AssetGroup
from app.assets.register import Particulars
from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.extensions import db
from app.ledger import services as ledger

ASSETS, LOANS = "/k/maju/aset", "/k/maju/aset-pinjaman"
FREEZER = {
    "name": "Freezer Sharp",
    "quantity": "1",
    "group": "peralatan",
    "acquired_on": "20-01-2026",
    "cost": "4.800.000",
    "life_months": "48",
    "origin": "hibah",
    "condition": "baik",
}
CART = {
    "name": "Gerobak motor",
    "quantity": "2",
    "owner": "Pemkot Pekalongan",
    "received_on": "02-03-2026",
    "condition": "baik",
}


def key(**more):
    return {"key": str(uuid4()), **more}


@pytest.fixture
def asset(scope, coop):
    with scope(coop):
        what = Particulars(
            "Freezer",
            AssetGroup.EQUIPMENT,
            ledger.units()[0].id,
            date(2026, 1, 20),
            4_800_000,
            0,
            48,
        )
        register.enter(what, as_grant=True)
        db.session.commit()


@pytest.fixture
def loan(scope, coop):
    with scope(coop):
        borrowed.receive(
            Loan("Gerobak motor", "Pemkot Pekalongan", date(2026, 3, 2), value=9_000_000)
        )
        db.session.commit()


def unit(scope, coop):
    with scope(coop):
        return str(ledger.units()[1].id)


def test_an_asset_is_entered_depreciated_and_sold(scope, coop, sign_in):
    treasurer = sign_in(Role.TREASURER)
    sent = key(**FREEZER, unit_id=unit(scope, coop))

    assert treasurer.get(f"{ASSETS}/baru").status_code == 200
    for _ in range(2):
        assert treasurer.post(f"{ASSETS}/baru", data=sent).location.endswith("/aset/1")
    assert "INV-0001" in treasurer.get(f"{ASSETS}/").text
    assert "Rp100.000" in treasurer.get(f"{ASSETS}/penyusutan").text
    for _ in range(2):
        assert treasurer.post(f"{ASSETS}/penyusutan", data=key()).status_code == 303
    page = treasurer.get(f"{ASSETS}/1").text
    assert "Rp4.800.000" in page
    with scope(coop):
        money = str(ledger.account("cash").id)
        day = f"{Period.current().first_day:%d-%m-%Y}"
    assert treasurer.get(f"{ASSETS}/1/lepas").status_code == 200
    sold = key(on=day, proceeds="4.800.000", money=money, reason="dijual")
    assert treasurer.post(f"{ASSETS}/1/lepas", data=sold).location.endswith("/aset/1")
    assert "dijual" in treasurer.get(f"{ASSETS}/1").text


def test_the_page_tells_that_it_went_and_came_back(scope, coop, sign_in, asset):
    treasurer = sign_in(Role.TREASURER)
    with scope(coop):
        day, money = clock.today(), ledger.account("cash").id
        thing = register.find(1)
        gone = disposal.dispose(thing, Disposal(day, 4_800_000, money, "dijual ke Pak Slamet"))
        ledger.reverse(
            ledger.find_journal_by_id(gone.journal_id), reason="batal dibeli", on=clock.today()
        )
        db.session.commit()

    page = treasurer.get(f"{ASSETS}/1").text

    assert "dijual ke Pak Slamet" in page
    assert "Diambil kembali" in page or "Dibatalkan" in page
    assert f"{ASSETS}/1/lepas" in page


def test_what_is_thrown_away_waits_for_a_second_person(scope, coop, sign_in, asset):
    treasurer = sign_in(Role.TREASURER)
    with scope(coop):
        money = str(ledger.account("cash").id)
    day = f"{Period.current().first_day:%d-%m-%Y}"

    gone = treasurer.post(f"{ASSETS}/1/lepas", data=key(on=day, money=money, reason="rusak"))

    assert "/persetujuan/" in gone.location
    assert "INV-0001 Freezer: rusak" in treasurer.get(gone.location).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"cost": "0"},
        {"cost": "abc"},
        {"life_months": "0"},
        {"quantity": "0"},
        {"residual": "9.999.999"},
        {"acquired_on": "31-02-2026"},
        {"depreciated_from": "2024-13"},
        {"group": "kapal"},
    ],
)
def test_bad_input_is_said_beside_the_field(scope, coop, sign_in, wrong):
    sent = key(**(FREEZER | {"unit_id": unit(scope, coop)} | wrong))

    answer = sign_in(Role.TREASURER).post(f"{ASSETS}/baru", data=sent)

    assert answer.status_code == 422
    assert "field-wrong" in answer.text


def test_name_and_place_can_be_changed(sign_in, asset):
    treasurer = sign_in(Role.TREASURER)
    change = {"name": "Freezer besar", "location": "Gudang", "condition": "rusak_ringan"}

    assert treasurer.post(f"{ASSETS}/1", data=key(**change | {"name": ""})).status_code == 422
    assert treasurer.post(f"{ASSETS}/1", data=key(**change)).status_code == 303
    assert "Gudang" in treasurer.get(f"{ASSETS}/1").text


@pytest.mark.parametrize("where", [f"{ASSETS}/2", f"{ASSETS}/2/lepas", f"{LOANS}/2"])
def test_what_is_not_there_is_not_found(sign_in, where):
    assert sign_in(Role.TREASURER).get(where).status_code == 404


def test_a_thing_on_loan_comes_and_goes_without_touching_the_books(scope, coop, sign_in):
    treasurer = sign_in(Role.TREASURER)
    assert treasurer.get(f"{LOANS}/baru").status_code == 200
    assert treasurer.post(f"{LOANS}/baru", data=key(**CART | {"owner": ""})).status_code == 422
    assert treasurer.post(f"{LOANS}/baru", data=key(**CART)).location.endswith("/1")
    assert "Pemkot Pekalongan" in treasurer.get(f"{LOANS}/").text
    back = f"{LOANS}/1/kembali"

    assert treasurer.post(back, data=key(on="01-03-2026")).status_code == 422
    assert treasurer.post(back, data=key(on="03-03-2026")).status_code == 303
    assert treasurer.post(back, data=key(on="04-03-2026")).status_code == 422
    with scope(coop):
        assert register.agreements() == []
        with pytest.raises(DomainError):
            borrowed.give_back(borrowed.find(1), on=date(2026, 3, 5))


def test_the_registers_are_printed_and_go_to_excel(sign_in, asset, loan):
    supervisor = sign_in(Role.SUPERVISOR)

    for where, name, figure in (
        (ASSETS, "Freezer", 4_800_000),
        (LOANS, "Gerobak motor", 9_000_000),
    ):
        printed = supervisor.get(f"{where}/daftar.pdf")
        text = PdfReader(io.BytesIO(printed.data)).pages[0].extract_text()
        assert name in text
        assert f"{figure:,}".replace(",", ".") in text
        book = CalamineWorkbook.from_filelike(
            io.BytesIO(supervisor.get(f"{where}/daftar.xlsx").data)
        )
        cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
        assert figure in cells


def test_an_empty_register_says_what_to_do(sign_in):
    treasurer = sign_in(Role.TREASURER)

    for where in (f"{ASSETS}/", f"{LOANS}/", f"{ASSETS}/penyusutan"):
        assert "empty-title" in treasurer.get(where).text
    assert treasurer.get(f"{ASSETS}/daftar.pdf").mimetype == "application/pdf"


PAGES = [f"{ASSETS}/", f"{ASSETS}/1", f"{ASSETS}/penyusutan", f"{LOANS}/", f"{LOANS}/1"]


@pytest.mark.parametrize("page", PAGES)
def test_supervisors_read_cashiers_and_strangers_do_not(sign_in, asset, loan, other_coop, page):
    assert sign_in(Role.SUPERVISOR).get(page).status_code == 200
    assert sign_in(Role.CASHIER).get(page).status_code == 403
    assert sign_in(Role.TREASURER, other_coop, "asing").get(page).status_code == 404


@pytest.mark.parametrize(
    "page", [f"{ASSETS}/baru", f"{ASSETS}/1", f"{ASSETS}/1/lepas", f"{LOANS}/baru"]
)
def test_supervisors_change_nothing(sign_in, asset, page):
    assert sign_in(Role.SUPERVISOR).post(page, data=key()).status_code == 403
