"""Paying out voluntary savings."""

from datetime import timedelta
from uuid import uuid4

import pytest

from app.auth.permissions import Role
from app.cash import tills, transfers
from app.cash.models import TillKind
from app.cash.transfers import Transfer
from app.core import clock
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members import services as members
from app.savings import services
from tests.factories import make_member, pay

PAGE = "/k/maju/simpanan/1/tarik"


@pytest.fixture(autouse=True)
def siti(scope, coop):
    with scope(coop):
        pay(make_member("Siti"), on=clock.today(), voluntary=100_000)


@pytest.fixture
def treasurer(sign_in):
    return sign_in(Role.TREASURER)


def form(amount, days=0):
    day = clock.today() + timedelta(days=days)
    return {"key": str(uuid4()), "amount": amount, "on": f"{day:%d-%m-%Y}"}


def held():
    return services.balances(members.find(1))[AccountRole.VOLUNTARY_SAVINGS]


def test_the_balance_is_shown(treasurer):
    assert "Rp100.000" in treasurer.get(PAGE).text


def test_whoever_has_nothing_to_take_out_is_told_so_instead_of_asked(treasurer, scope, coop):
    assert "Semua, Rp100.000" in treasurer.get(PAGE).text
    with scope(coop):
        make_member("Budi")
    page = treasurer.get("/k/maju/simpanan/2/tarik").text

    assert "Belum ada yang bisa ditarik" in page
    assert 'name="amount"' not in page


def test_a_withdrawal_leads_to_its_receipt_and_counts_once(treasurer, scope, coop):
    sent = form("40000")
    first, again = treasurer.post(PAGE, data=sent), treasurer.post(PAGE, data=sent)

    assert first.location == again.location
    assert "/bukti/BKK/" in first.location
    assert "Rp40.000" in treasurer.get(first.location).text
    with scope(coop):
        assert held() == 60_000


def test_more_than_the_balance_is_refused_beside_the_amount(treasurer, scope, coop):
    response = treasurer.post(PAGE, data=form("100001"))

    assert response.status_code == 422
    assert 'id="amount-wrong"' in response.text
    with scope(coop):
        assert held() == 100_000


@pytest.mark.parametrize("amount", ["", "0", "-5", "15.000,50", "1234567890123456"])
def test_an_amount_that_cannot_be_is_refused(treasurer, amount):
    assert treasurer.post(PAGE, data=form(amount)).status_code == 422


def test_a_day_to_come_is_refused(treasurer):
    assert treasurer.post(PAGE, data=form("1000", days=1)).status_code == 422


def test_it_comes_out_of_the_drawer_in_hand_or_the_bank_one_chooses(treasurer, scope, coop):
    with scope(coop):
        bank = tills.tills(TillKind.BANK)[0]
        move = Transfer(tills.main_till(), bank, 70_000, 0, "")
        transfers.move(move, on=clock.today(), key=uuid4())
        db.session.commit()
        bank_id, drawer_id = bank.id, tills.main_till().id

    short = treasurer.post(PAGE, data=form("40000") | {"till": drawer_id})
    paid = treasurer.post(PAGE, data=form("40000") | {"till": bank_id})
    nowhere = treasurer.post(PAGE, data=form("40000") | {"till": 999_999})

    assert short.status_code == nowhere.status_code == 422
    assert "Rp30.000" in short.text
    assert paid.status_code == 303
    with scope(coop):
        assert ledger.total(AccountRole.BANK_BRI) == 30_000


def test_a_large_withdrawal_waits_for_a_second_person(sign_in, treasurer, scope, coop):
    with scope(coop):
        pay(members.find(1), on=clock.today(), voluntary=5_000_000)
        db.session.commit()

    asked = treasurer.post(PAGE, data=form("5000000"))
    assert "/persetujuan/" in asked.location
    with scope(coop):
        assert held() == 5_100_000
    answered = sign_in(Role.CHAIR).post(f"{asked.location}/setuju", data={"key": str(uuid4())})

    assert answered.status_code == 303
    with scope(coop):
        assert held() == 100_000


def test_the_cashier_does_not_pay_out(sign_in):
    assert sign_in(Role.CASHIER).get(PAGE).status_code == 403
