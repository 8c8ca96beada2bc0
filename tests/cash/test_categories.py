"""The plain words for money in and out."""

import pytest

from app.auth.permissions import Role
from app.cash import categories
from app.cash.models import Direction
from app.core.errors import DomainError, Invalid
from app.ledger import reports
from app.ledger import services as ledger
from tests.cash.conftest import sent, word

PAGE = "/k/maju/kas/kata/"


def account(code):
    return reports.find_account(code).id


def test_a_new_cooperative_has_words_for_what_it_usually_does(scope, coop):
    with scope(coop):
        assert len(categories.explained()) == 35
        assert {category.direction for category, _account in categories.explained()} == set(
            Direction
        )


def test_a_word_stands_for_no_account_that_others_keep(scope, coop):
    with scope(coop):
        offered = {each.code for each in categories.accounts_to_choose()}
        assert {"6.1.2.01", "3.2.1.01", "4.1.4.03"} <= offered
        assert offered.isdisjoint({"1.1.1.01", "2.1.1.03", "3.1.2.01", "2.1.3.07", "3.9.1.01"})

        with pytest.raises(DomainError):
            categories.add(Direction.OUT, "Ambil kas", account("1.1.1.01"), None)


def test_a_word_changes_and_is_put_away(scope, coop):
    with scope(coop):
        category = word("Bayar promosi")
        categories.change(
            category,
            name="Bayar iklan",
            account_id=account("6.1.9.99"),
            unit_id=None,
            active=False,
        )

        assert category not in categories.categories(Direction.OUT)


def test_two_words_are_never_alike(scope, coop):
    with scope(coop), pytest.raises(Invalid):
        categories.add(Direction.OUT, "Bayar promosi", account("6.1.9.99"), None)


@pytest.fixture
def treasurer(sign_in):
    return sign_in(Role.TREASURER)


def form(scope, coop, **more):
    with scope(coop):
        known = {"account": account("6.1.9.99"), "unit": ledger.units()[0].id}
    return sent(**(known | {"direction": "out", "name": "Beli galon air", "active": "y"} | more))


def test_the_treasurer_adds_and_changes_words(treasurer, scope, coop):
    data = form(scope, coop)
    for _ in range(2):
        assert treasurer.post(PAGE + "baru", data=data).status_code == 303
    assert "Beli galon air" in treasurer.get(PAGE).text
    with scope(coop):
        added = word("Beli galon air").id

    assert "Beli galon air" in treasurer.get(f"{PAGE}{added}").text
    changed = form(scope, coop, name="Beli air minum")
    assert treasurer.post(f"{PAGE}{added}", data=changed).status_code == 303
    assert "Beli air minum" in treasurer.get("/k/maju/kas/keluar").text


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "Bayar promosi"), ("account", "0"), ("unit", ""), ("name", "x" * 61)],
)
def test_what_cannot_be_is_said_beside_its_field(treasurer, scope, coop, field, value):
    response = treasurer.post(PAGE + "baru", data=form(scope, coop, **{field: value}))

    assert response.status_code == 422
    assert f'id="{field}-wrong"' in response.text


def test_the_cashier_reads_the_words_and_does_not_change_them(sign_in, scope, coop):
    cashier = sign_in(Role.CASHIER)

    assert cashier.get(PAGE).status_code == 200
    assert cashier.get(PAGE + "baru").status_code == 403
    assert cashier.post(PAGE + "baru", data=form(scope, coop)).status_code == 403


def test_a_word_of_another_cooperative_is_not_found(sign_in, other_coop, scope, coop):
    with scope(coop):
        known = word("Bayar promosi").id
    stranger = sign_in(Role.TREASURER, other_coop)

    assert stranger.get(PAGE).status_code == 404
    assert stranger.get(f"/k/sejahtera/kas/kata/{known}").status_code == 404
