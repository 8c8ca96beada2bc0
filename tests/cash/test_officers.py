"""What officers paid from their own pocket."""

from uuid import uuid4

import pytest

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.auth.permissions import Role
from app.cash import officers, tills
from app.cash.officers import Expense
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.ledger import services as ledger
from app.ledger import verify
from app.ledger.models import AccountRole
from tenants.scope import act_as
from tests.cash.conftest import put, sent, word

TODAY = clock.today()
PAGE = "/k/maju/kas/talangan/"


@pytest.fixture
def chair(sign_in):
    return sign_in(Role.CHAIR, name="ketua")


@pytest.fixture
def treasurer(sign_in):
    return sign_in(Role.TREASURER)


def spend(amount, key=None):
    officer = next(user for user in officers.officers() if user.name == "ketua")
    expense = Expense(officer, word("Beli konsumsi rapat"), amount, "nasi kotak")
    outcome = officers.spend(expense, on=TODAY, key=key or uuid4())
    db.session.commit()
    return outcome


def test_what_an_officer_paid_is_owed_to_them_and_counts_once(scope, coop, chair):
    with scope(coop):
        key = uuid4()
        for _ in range(2):
            spend(120_000, key)
        spend(30_000)

        assert [(debt.party.name, debt.amount) for debt in officers.owed()] == [("ketua", 150_000)]
        assert ledger.total(AccountRole.OWED_TO_OFFICERS) == 150_000
        assert ledger.total(AccountRole.CASH) == 0
        assert verify.differences() == []


def test_it_is_paid_back_in_parts_and_no_more_than_owed(scope, coop, chair):
    with scope(coop):
        put(500_000)
        spend(120_000)
        main = tills.main_till()
        officers.repay(officers.owed()[0], 100_000, main, on=TODAY, key=uuid4())
        with pytest.raises(DomainError), db.session.begin_nested():
            officers.repay(officers.owed()[0], 20_001, main, on=TODAY, key=uuid4())
        officers.repay(officers.owed()[0], 20_000, main, on=TODAY, key=uuid4())

        assert officers.owed() == []
        assert ledger.total(AccountRole.CASH) == 380_000


def test_a_till_pays_back_no_more_than_it_holds(scope, coop, chair):
    with scope(coop):
        put(1_000)
        spend(120_000)

        with pytest.raises(DomainError, match=r"Rp1\.000"):
            officers.repay(officers.owed()[0], 120_000, tills.main_till(), on=TODAY, key=uuid4())


def test_large_debts_and_large_repayments_want_a_second_person(scope, coop, chair, people):
    with scope(coop):
        put(5_000_000)
        act_as(people[0])
        asked = spend(2_000_000)
        assert isinstance(asked, Approval)
        assert officers.owed() == []
        act_as(people[1])
        approvals.approve(asked.id, officers.carry_out)
        debt = officers.owed()[0]
        with pytest.raises(DomainError):
            officers.repay(debt, 2_000_001, tills.main_till(), on=TODAY, key=uuid4())

        asked = officers.repay(debt, 2_000_000, tills.main_till(), on=TODAY, key=uuid4())
        assert ledger.total(AccountRole.CASH) == 5_000_000
        act_as(people[0])
        approvals.approve(asked.id, officers.carry_out)

        assert ledger.total(AccountRole.CASH) == 3_000_000
        assert officers.owed() == []


def form(scope, coop, **more):
    with scope(coop):
        officer = next(user.id for user in officers.officers() if user.name == "ketua")
        food = word("Beli konsumsi rapat").id
    known = {"officer": officer, "category": food, "amount": "120.000", "note": "nasi kotak"}
    return sent(**(known | {"unit": "0", "on": f"{TODAY:%d-%m-%Y}"} | more))


def test_the_pages_lead_from_the_expense_to_the_repayment(treasurer, chair, scope, coop):
    assert "ketua" in treasurer.get(PAGE + "baru").text
    data = form(scope, coop)
    first, again = (treasurer.post(PAGE + "baru", data=data) for _ in range(2))
    assert first.location == again.location
    recorded = treasurer.get(first.location).text
    assert "Utang kepada Pengurus" in recorded
    assert f'href="{PAGE}baru">Catat lagi' in recorded
    assert "Rp120.000" in chair.get(PAGE).text

    with scope(coop):
        put(200_000)
        party, main = officers.owed()[0].party.id, tills.main_till().id
    assert "Rp120.000" in treasurer.get(f"{PAGE}{party}/bayar").text
    paying = sent(amount="120000", till=main, on=f"{TODAY:%d-%m-%Y}")
    back, again = (treasurer.post(f"{PAGE}{party}/bayar", data=paying) for _ in range(2))

    assert back.location == again.location
    assert "BKK-" in treasurer.get(back.location).text
    assert "Rp120.000" not in treasurer.get(PAGE).text


@pytest.mark.parametrize(
    ("field", "value"), [("officer", "0"), ("amount", ""), ("note", ""), ("category", "x")]
)
def test_what_cannot_be_is_said_beside_its_field(treasurer, chair, scope, coop, field, value):
    response = treasurer.post(PAGE + "baru", data=form(scope, coop, **{field: value}))

    assert response.status_code == 422
    assert f'id="{field}-wrong"' in response.text


def test_too_large_a_repayment_is_said_beside_the_amount(treasurer, chair, scope, coop):
    treasurer.post(PAGE + "baru", data=form(scope, coop))
    with scope(coop):
        put(500_000)
        party, main = officers.owed()[0].party.id, tills.main_till().id
    paying = sent(amount="120001", till=main, on=f"{TODAY:%d-%m-%Y}")
    response = treasurer.post(f"{PAGE}{party}/bayar", data=paying)

    assert response.status_code == 422
    assert 'id="amount-wrong"' in response.text
    assert "Utang kepada ketua tinggal Rp120.000." in response.text


def test_each_of_several_mistakes_is_named(treasurer, chair):
    page = treasurer.post(PAGE + "baru", data=sent()).text

    assert "Siapa yang membayar? Pilih salah satu" in page
    assert "Jumlah: Bagian ini perlu diisi." in page


def test_who_does_not_handle_cash_only_reads(sign_in, treasurer, chair, scope, coop):
    treasurer.post(PAGE + "baru", data=form(scope, coop))
    with scope(coop):
        party = officers.owed()[0].party.id

    assert chair.get(PAGE + "baru").status_code == 403
    assert sign_in(Role.CASHIER).get(f"{PAGE}{party}/bayar").status_code == 403
    assert sign_in(Role.SUPERVISOR).get(PAGE).status_code == 200


def test_a_debt_of_another_cooperative_is_not_found(
    sign_in, other_coop, treasurer, chair, scope, coop
):
    treasurer.post(PAGE + "baru", data=form(scope, coop))
    with scope(coop):
        party = officers.owed()[0].party.id
    stranger = sign_in(Role.TREASURER, other_coop, name="orang lain")

    assert stranger.get(PAGE).status_code == 404
    assert stranger.get(f"/k/sejahtera/kas/talangan/{party}/bayar").status_code == 404
