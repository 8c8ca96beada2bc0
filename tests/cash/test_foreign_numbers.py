"""Numbers of another cooperative typed into one's own forms: never taken, never named."""

import pytest

from app.auth.permissions import Role
from app.cash import tills
from app.cash.models import Direction, TillKind
from app.core import clock
from app.ledger import reports, verify
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from tests.cash.conftest import put, sent, word
from tests.factories import make_member, pay

TODAY = f"{clock.today():%d-%m-%Y}"


def numbers():
    """What the forms of a cooperative carry."""
    return {
        "spent": word("Beli ATK dan fotokopi").id,
        "granted": word("Terima hibah", Direction.IN).id,
        "drawer": tills.main_till().id,
        "bank": tills.tills(TillKind.BANK)[0].id,
        "cost": reports.find_account("6.1.2.01").id,
        "debt": reports.find_account("2.1.3.01").id,
    }


@pytest.fixture
def here(scope, coop):
    with scope(coop):
        put(500_000)
        pay(make_member("Siti"), on=clock.today(), voluntary=50_000)
        return numbers()


@pytest.fixture
def there(scope, other_coop):
    with scope(other_coop):
        tills.add("Kas Rahasia Sejahtera", TillKind.CASH)
        return numbers()


FORMS = [
    ("kas/keluar", {"category": "spent", "till": "drawer"}, {"amount": "5", "unit": "0"}),
    ("kas/masuk", {"category": "granted", "till": "drawer"}, {"amount": "5", "unit": "0"}),
    ("kas/pindah", {"source": "drawer", "target": "bank"}, {"amount": "5"}),
    ("kas/giliran/buka", {"till": "drawer"}, {"count": "550000"}),
    ("simpanan/1/tarik", {"till": "drawer"}, {"amount": "5"}),
    (
        "buku/jurnal/baru",
        {"lines-0-account": "cost", "lines-1-account": "debt"},
        {"memo": "x", "lines-0-debit": "5", "lines-1-credit": "5"},
    ),
]
CASES = [(page, chosen, more, field) for page, chosen, more in FORMS for field in chosen]


@pytest.mark.parametrize(("page", "chosen", "more"), FORMS)
def test_ones_own_numbers_are_taken(sign_in, here, page, chosen, more):
    own = {name: here[what] for name, what in chosen.items()}

    response = sign_in(Role.TREASURER).post(f"/k/maju/{page}", data=sent(on=TODAY, **own, **more))

    assert response.status_code == 303


@pytest.mark.parametrize(("page", "chosen", "more", "field"), CASES)
def test_a_number_from_elsewhere_is_taken_by_no_form(
    sign_in, scope, coop, other_coop, here, there, page, chosen, more, field
):
    mixed = {name: (there if name == field else here)[what] for name, what in chosen.items()}

    response = sign_in(Role.TREASURER).post(f"/k/maju/{page}", data=sent(on=TODAY, **mixed, **more))

    assert response.status_code in (404, 422)
    assert "Sejahtera" not in response.text
    with scope(coop):
        assert ledger.total(AccountRole.CASH) == 550_000
        assert verify.differences() == []
    with scope(other_coop):
        assert ledger.total(AccountRole.CASH) == 0
