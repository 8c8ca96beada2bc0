"""The pages of money in and out in plain words."""

import io

import pytest
from pypdf import PdfReader

from app.auth.permissions import Role
from app.cash import shifts, tills
from app.cash.models import Direction, TillKind
from app.core import clock
from app.core.period import Period
from app.extensions import db
from app.ledger import months
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from tests.cash.conftest import picture, put, sent, word

TODAY = clock.today()
KAS = "/k/maju/kas/"


@pytest.fixture
def cashier(sign_in):
    return sign_in(Role.CASHIER)


@pytest.fixture
def treasurer(sign_in):
    return sign_in(Role.TREASURER)


@pytest.fixture
def ids(scope, coop):
    """The numbers that a form sends."""
    with scope(coop):
        put(500_000)
        return {
            "paper": word("Beli ATK dan fotokopi").id,
            "grant": word("Terima hibah", Direction.IN).id,
            "cash": tills.main_till().id,
            "bank": tills.tills(TillKind.BANK)[0].id,
        }


def form(ids, **more):
    known = {"category": ids["paper"], "amount": "45.000", "till": ids["cash"], "unit": "0"}
    return sent(**(known | {"on": f"{TODAY:%d-%m-%Y}", "note": "kertas F4"} | more))


def test_an_entry_leads_to_its_page_and_counts_once(cashier, ids, scope, coop):
    assert cashier.get(KAS + "keluar").status_code == 200
    data = form(ids)
    first, again = (cashier.post(KAS + "keluar", data=data) for _ in range(2))

    assert first.location == again.location
    page = cashier.get(first.location).text
    assert "BKK-" in page
    assert "Beban ATK dan Fotokopi" in page
    assert "Kas Tunai" in page
    assert "empat puluh lima ribu rupiah" in page
    with scope(coop):
        assert ledger.total(AccountRole.CASH) == 455_000


def test_from_what_was_recorded_one_goes_on_to_the_next(cashier, ids):
    posted = {
        "masuk": form(ids, category=ids["grant"]),
        "keluar": form(ids),
        "pindah": sent(source=ids["cash"], target=ids["bank"], amount="1", on=f"{TODAY:%d-%m-%Y}"),
    }
    for way, data in posted.items():
        page = cashier.get(cashier.post(KAS + way, data=data).location).text

        assert f'href="{KAS}{way}">Catat lagi' in page


@pytest.mark.parametrize(("amount", "is_long"), [("999.999.999", False), ("999.999.999.999", True)])
def test_a_sum_in_billions_is_set_smaller_to_fit_a_phone(cashier, ids, amount, is_long):
    data = form(ids, category=ids["grant"], amount=amount)

    page = cashier.get(cashier.post(KAS + "masuk", data=data).location).text

    assert f"Rp{amount}" in page
    assert ("money-long" in page) is is_long


def test_money_in_is_asked_where_it_comes_from(cashier, ids):
    assert "Uang dari apa?" in cashier.get(KAS + "masuk").text
    assert "Uang dari apa?" not in cashier.get(KAS + "keluar").text


def test_the_double_entry_is_shown_while_one_chooses(cashier, ids):
    asked = f"category={ids['paper']}&till={ids['cash']}&amount=45000"
    page = cashier.get(f"{KAS}keluar/jurnal?{asked}").text
    assert page.index("Beban ATK dan Fotokopi") < page.index("Kas Tunai")

    page = cashier.get(f"{KAS}masuk/jurnal?category={ids['grant']}&till={ids['cash']}").text
    assert page.index("Kas Tunai") < page.index("Hibah/Donasi")
    assert cashier.get(f"{KAS}masuk/jurnal?category=x&till=").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", ""),
        ("amount", "0"),
        ("amount", "-5"),
        ("amount", "600.000"),
        ("category", "999999"),
        ("category", ""),
        ("till", "x"),
        ("unit", "999999"),
        ("on", "31-02-2026"),
        ("on", "01-01-2099"),
        ("note", "x" * 121),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(cashier, ids, scope, coop, field, value):
    response = cashier.post(KAS + "keluar", data=form(ids, **{field: value}))

    assert response.status_code == 422
    assert f'id="{field}-wrong"' in response.text
    with scope(coop):
        assert ledger.total(AccountRole.CASH) == 500_000


def test_words_for_money_in_do_not_pay_out(cashier, ids):
    response = cashier.post(KAS + "keluar", data=form(ids, category=ids["grant"]))

    assert response.status_code == 422


def test_a_cashier_pays_only_out_of_drawers(cashier, treasurer, ids, scope, coop):
    with scope(coop):
        put(100_000, AccountRole.BANK_BRI)

    assert cashier.post(KAS + "keluar", data=form(ids, till=ids["bank"])).status_code == 422
    assert treasurer.post(KAS + "keluar", data=form(ids, till=ids["bank"])).status_code == 303


@pytest.mark.parametrize("on", ["05-03-2026", "05-01-2026"])
def test_a_closed_month_is_said_beside_the_date(cashier, ids, scope, coop, on):
    with scope(coop):
        months.close(Period(2026, 3))
        db.session.commit()
    response = cashier.post(KAS + "keluar", data=form(ids, on=on))

    assert response.status_code == 422
    assert 'id="on-wrong"' in response.text


def test_above_the_limit_the_cashier_waits_for_the_chair(cashier, sign_in, ids, scope, coop):
    with scope(coop):
        put(2_000_000)
    data = form(ids, amount="1.000.000", photo=(io.BytesIO(picture()), "nota.jpg"))
    response = cashier.post(KAS + "keluar", data=data)
    assert "/persetujuan/" in response.location
    chair = sign_in(Role.CHAIR)
    assert f"/kas/foto/{data['key']}" in chair.get(response.location).text

    assert chair.post(response.location + "/setuju", data=sent()).status_code == 303

    with scope(coop):
        assert ledger.total(AccountRole.CASH) == 1_500_000
    assert f"/kas/foto/{data['key']}" in chair.get("/k/maju/buku/jurnal/BKK/2026/1").text


def test_money_goes_to_the_drawer_that_one_has_in_hand(cashier, ids, scope, coop):
    with scope(coop):
        other = tills.add("Kas Gerai", TillKind.CASH)
        db.session.commit()
    cashier.post(KAS + "giliran/buka", data=sent(till=other.id, count="0"))

    page = cashier.get(KAS + "masuk").text

    assert f'<option selected value="{other.id}">' in page


def test_money_is_moved_on_the_page(cashier, ids, scope, coop):
    assert cashier.get(KAS + "pindah").status_code == 200
    data = sent(source=ids["cash"], target=ids["bank"], amount="100000", fee="", on="02-11-2026")
    first, again = (cashier.post(KAS + "pindah", data=data) for _ in range(2))

    assert first.location == again.location
    assert "Kas di Bank BRI" in cashier.get(first.location).text


@pytest.mark.parametrize(
    ("field", "value"),
    [("target", "same"), ("amount", "900.000"), ("fee", "-1"), ("on", "besok"), ("source", "bank")],
)
def test_a_move_that_cannot_be_is_said_beside_its_field(cashier, ids, field, value):
    values = {"same": ids["cash"], "bank": ids["bank"]}
    data = sent(source=ids["cash"], target=ids["bank"], amount="1000", fee="", on="02-11-2026")
    response = cashier.post(KAS + "pindah", data=data | {field: values.get(value, value)})

    assert response.status_code == 422
    assert f'id="{field}-wrong"' in response.text


def test_the_voucher_is_printed(cashier, ids):
    where = cashier.post(KAS + "keluar", data=form(ids, note="#kertas *F4*")).location
    page = PdfReader(io.BytesIO(cashier.get(where + ".pdf").data)).pages[0].extract_text()

    assert "Bukti kas keluar" in page
    assert "#kertas *F4*" in page
    assert "empat puluh lima ribu rupiah" in page


def test_journals_of_other_work_have_no_page_here(treasurer, ids):
    assert treasurer.get(KAS + "catatan/JU/2026/1").status_code == 404
    assert treasurer.get(KAS + "catatan/XX/2026/1").status_code == 404


def test_supervisors_read_and_do_not_record(sign_in, cashier, ids):
    where = cashier.post(KAS + "keluar", data=form(ids)).location
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(where).status_code == 200
    for page in ("keluar", "masuk", "pindah"):
        assert supervisor.get(KAS + page).status_code == 403
        assert supervisor.post(KAS + page, data=form(ids)).status_code == 403


def test_another_cooperative_sees_nothing_of_it(sign_in, other_coop, cashier, ids):
    where = cashier.post(KAS + "keluar", data=form(ids)).location
    stranger = sign_in(Role.TREASURER, other_coop)

    assert stranger.get(where).status_code == 404
    assert stranger.get(where.replace("/maju/", "/sejahtera/")).status_code == 404
    foreign = stranger.post("/k/sejahtera/kas/keluar", data=form(ids))
    assert foreign.status_code == 422


def test_a_shift_counts_what_was_paid_out_of_its_drawer(cashier, ids, scope, coop):
    opening = sent(till=ids["cash"], count="500000")
    assert cashier.post(KAS + "giliran/buka", data=opening).status_code == 303
    cashier.post(KAS + "keluar", data=form(ids))
    with scope(coop):
        shift = shifts.latest()[0].shift.id

    closing = cashier.post(f"{KAS}giliran/{shift}/tutup", data=sent(n100000="4", n5000="11"))

    assert closing.status_code == 303
