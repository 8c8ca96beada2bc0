"""Places where money lies."""

from datetime import date

import pytest

from app.auth.permissions import Role
from app.cash import tills
from app.cash.models import TillKind
from app.core.errors import DomainError, Invalid
from app.ledger import reports
from app.ledger.models import AccountRole
from tests.cash.conftest import put, sent
from tests.factories import make_member, pay

PAGE = "/k/maju/kas/"


def test_a_new_cooperative_has_the_usual_tills(scope, coop):
    with scope(coop):
        assert [till.name for till in tills.tills(TillKind.CASH)] == ["Kas Tunai"]
        assert len(tills.tills()) == 6
        assert tills.main_till().name == "Kas Tunai"


def test_a_till_holds_what_the_books_say(scope, coop):
    with scope(coop):
        pay(make_member("Siti"), on=date(2026, 3, 2), voluntary=45_000)
        held = {s.till.name: s.balance for s in tills.standings()}

        assert held["Kas Tunai"] == 45_000
        assert held["Bank BRI"] == 0


def test_another_till_has_an_account_of_its_own_beside_its_kind(scope, coop):
    with scope(coop):
        first, second = tills.add("Kas Gerai", TillKind.CASH), tills.add("BNI", TillKind.BANK)
        codes = {s.till.id: s.account.code for s in tills.standings()}

        assert codes[first.id] == "1.1.1.11"
        assert codes[second.id] == "1.1.1.40"
        assert reports.find_account("1.1.1.11").name == "Kas Gerai"


def test_two_tills_do_not_share_a_name(scope, coop):
    with scope(coop):
        with pytest.raises(Invalid):
            tills.add("Bank BRI", TillKind.BANK)
        with pytest.raises(Invalid):
            tills.change(tills.main_till(), name="Bank BRI", active=True)


def test_only_an_empty_till_is_put_away(scope, coop):
    with scope(coop):
        till = next(till for till in tills.tills() if till.name == "Bank Jateng")
        put(10, AccountRole.BANK_JATENG)
        with pytest.raises(DomainError, match="Rp10"):
            tills.change(till, name=till.name, active=False)
        with pytest.raises(DomainError):
            tills.change(tills.main_till(), name="Kas", active=False)

        empty = next(till for till in tills.tills() if till.name == "Deposit PPOB")
        tills.change(empty, name=empty.name, active=False)

        assert empty not in tills.tills()


def test_balances_are_shown_to_who_may_see_cash(sign_in, scope, coop):
    with scope(coop):
        put(1_250_000, AccountRole.BANK_BRI)

    for role in (Role.TREASURER, Role.CASHIER, Role.SUPERVISOR, Role.CHAIR):
        assert "Rp1.250.000" in sign_in(role).get(PAGE).text


def test_the_way_to_cash_stands_on_the_first_page_and_in_the_books(sign_in):
    assert 'href="/k/maju/kas/"' in sign_in(Role.CASHIER).get("/k/maju/").text
    assert 'href="/k/maju/kas/"' in sign_in(Role.TREASURER).get("/k/maju/buku/").text


def test_the_treasurer_adds_renames_and_puts_away(sign_in, scope, coop):
    treasurer = sign_in(Role.TREASURER)
    form = sent(name="Kas Gerai Sembako", kind="cash")
    for _ in range(2):
        assert treasurer.post(PAGE + "tempat/baru", data=form).status_code == 303
    assert "Kas Gerai Sembako" in treasurer.get(PAGE).text
    with scope(coop):
        added = tills.tills(TillKind.CASH)[1].id

    assert treasurer.get(f"{PAGE}tempat/{added}").status_code == 200
    assert treasurer.post(f"{PAGE}tempat/{added}", data=sent(name="Kas Toko")).status_code == 303
    with scope(coop):
        assert (tills.find(added).name, tills.find(added).active) == ("Kas Toko", False)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "Bank BRI"])
def test_a_name_that_cannot_be_is_said_beside_the_field(sign_in, name):
    response = sign_in(Role.TREASURER).post(PAGE + "tempat/baru", data=sent(name=name, kind="bank"))

    assert response.status_code == 422
    assert 'id="name-wrong"' in response.text


def test_an_unknown_kind_of_till_is_refused(sign_in):
    form = sent(name="Emas", kind="gold")

    assert sign_in(Role.TREASURER).post(PAGE + "tempat/baru", data=form).status_code == 422


def test_the_cashier_neither_adds_nor_changes_tills(sign_in, scope, coop):
    cashier = sign_in(Role.CASHIER)
    with scope(coop):
        main = tills.main_till().id

    assert cashier.get(PAGE + "tempat/baru").status_code == 403
    assert cashier.post(f"{PAGE}tempat/{main}", data=sent(name="x")).status_code == 403


def test_a_till_of_another_cooperative_is_not_found(sign_in, scope, coop, other_coop):
    with scope(coop):
        main = tills.main_till().id
    stranger = sign_in(Role.TREASURER, other_coop)

    assert stranger.get(PAGE).status_code == 404
    assert stranger.get(f"/k/sejahtera/kas/tempat/{main}").status_code == 404
