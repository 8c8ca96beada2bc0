"""The pages of the final tax and of the interest: what they show, and who books."""

from datetime import date
from uuid import uuid4

import pytest

from app.auth.permissions import Role
from app.core.period import Period
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from tenants.definitions import Key
from tenants.settings import setting
from tests.factories import make_member, pay
from tests.statements.books import decide_rate, sell

MARCH = Period(2026, 3)
DAY = date(2026, 3, 2)
PLACE = "/k/maju/laporan"


@pytest.fixture
def march(scope, coop):
    with scope(coop):
        decide_rate(600)
        sell(24_750_000)
        pay(make_member("Siti"), on=date(2026, 2, 15), voluntary=73_000_000)
        db.session.commit()


PAGES = [f"{PLACE}/pajak?bulan=2026-03", f"{PLACE}/bunga?bulan=2026-03"]
BOOKING = [f"{PLACE}/pajak/2026-03/catat", f"{PLACE}/bunga/2026-03/catat"]


@pytest.mark.usefixtures("march")
def test_the_page_shows_formula_base_rate_and_the_date_of_the_rule(sign_in):
    page = sign_in(Role.TREASURER).get(PAGES[0]).text

    for said in ("Rp24.750.000 × 0,5 %", "Rp123.750", "PP 55/2022", "1 Jan 2025", "31 Des 2028"):
        assert said in page


@pytest.mark.usefixtures("march")
def test_the_page_shows_interest_and_tax_of_each_member(sign_in):
    page = sign_in(Role.TREASURER).get(PAGES[1]).text

    for said in ("Siti", "6 %", "365", "Rp240.000", "Rp372.000", "Rp37.200", "Rp334.800"):
        assert said in page


@pytest.mark.usefixtures("march")
@pytest.mark.parametrize(("address", "page"), list(zip(BOOKING, PAGES, strict=True)))
def test_a_treasurer_books_it_once(sign_in, scope, coop, address, page):
    treasurer = sign_in(Role.TREASURER)
    assert f'action="{address}"' in treasurer.get(page).text

    for key in (uuid4(), uuid4()):
        assert treasurer.post(address, data={"key": str(key)}).status_code == 303

    assert f'action="{address}"' not in treasurer.get(page).text
    with scope(coop):
        expected = 123_750 if "pajak" in address else 0
        assert ledger.total(AccountRole.FINAL_TAX_PAYABLE) == expected


@pytest.mark.parametrize("wrong", ["bulan=2026-13", "bulan=x", "bulan=2999-01"])
@pytest.mark.parametrize("page", ["pajak", "bunga"])
def test_a_month_that_is_none_is_said_beside_the_field(sign_in, page, wrong):
    response = sign_in(Role.TREASURER).get(f"{PLACE}/{page}?{wrong}")

    assert response.status_code == 422
    assert 'id="bulan-wrong"' in response.text


@pytest.mark.parametrize("page", ["pajak", "bunga"])
def test_without_a_month_the_last_one_is_shown(sign_in, page):
    assert sign_in(Role.TREASURER).get(f"{PLACE}/{page}").status_code == 200


@pytest.mark.usefixtures("march")
@pytest.mark.parametrize("address", BOOKING)
def test_a_supervisor_looks_but_does_not_book(sign_in, address):
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(PAGES[0]).status_code == 200
    assert supervisor.post(address, data={"key": str(uuid4())}).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_others_do_not_see_it(sign_in, other_coop, page):
    assert sign_in(Role.CASHIER).get(page).status_code == 403
    assert sign_in(Role.TREASURER, other_coop).get(page).status_code == 404


def test_no_such_month_is_booked(sign_in):
    data = {"key": str(uuid4())}

    assert (
        sign_in(Role.TREASURER).post(f"{PLACE}/pajak/2026-13/catat", data=data).status_code == 404
    )


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("savings.interest_rate", "0", 0),
        ("tax.final_rate", "0,5", 50),
        ("tax.final_until", "31-12-2029", "2029-12-31"),
    ],
)
def test_rates_and_days_are_set_on_the_page_of_settings(sign_in, scope, coop, key, value, kept):
    treasurer = sign_in(Role.TREASURER)
    data = {"key": str(uuid4()), "value": value, "from_date": "01-01-2026", "legal_basis": "RAT"}

    assert treasurer.post(f"/k/maju/setelan/{key}", data=data).status_code == 303

    with scope(coop):
        assert setting(Key(key), date(2026, 2, 1)) == kept
    assert treasurer.get("/k/maju/setelan/").status_code == 200


@pytest.mark.parametrize(("key", "value"), [("tax.final_rate", "101"), ("tax.final_until", "x")])
def test_a_rate_or_day_that_is_none_is_said_beside_the_field(sign_in, key, value):
    data = {"key": str(uuid4()), "value": value, "from_date": "01-01-2026", "legal_basis": "RAT"}
    response = sign_in(Role.TREASURER).post(f"/k/maju/setelan/{key}", data=data)

    assert response.status_code == 422
    assert 'id="value-wrong"' in response.text
