"""The receipt of a payment."""

import pytest

from app.auth.permissions import Role
from app.core import clock
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole, VoucherKind
from app.ledger.services import Source, credit, debit
from tests.factories import make_member, pay


@pytest.fixture
def address(scope, coop):
    with scope(coop):
        posted = pay(make_member("Siti", phone="+6281234567890"), on=clock.today(), dues=45_000)
        return f"/k/maju/bukti/BKM/{posted.year}/{posted.number}"


def test_it_says_what_was_received_from_whom_and_in_words(address, sign_in):
    page = sign_in(Role.CASHIER).get(address).text

    for expected in ("Siti", "Rp45.000", "empat puluh lima ribu rupiah", "BKM-"):
        assert expected in page
    assert "https://wa.me/6281234567890?text=" in page


def test_a_receipt_taken_back_says_so(address, sign_in, scope, coop):
    with scope(coop):
        journal = ledger.find_journal(VoucherKind.CASH_IN, clock.today().year, 1)
        ledger.reverse(journal, reason="salah", on=clock.today())
        db.session.commit()

    assert "JU-" in sign_in(Role.CASHIER).get(address).text


def test_a_journal_without_a_member_has_no_receipt(scope, coop, sign_in):
    with scope(coop):
        ledger.post(
            on=clock.today(),
            memo="x",
            source=Source("t", "1"),
            lines=[debit(AccountRole.CASH, 1), credit(AccountRole.OPENING, 1)],
            voucher=VoucherKind.CASH_IN,
        )
        db.session.commit()
    client, year = sign_in(Role.TREASURER), clock.today().year

    for path in (f"BKM/{year}/1", f"BKM/{year}/2", f"JU/{year}/1", f"XX/{year}/1"):
        assert client.get(f"/k/maju/bukti/{path}").status_code == 404


def test_a_stranger_does_not_see_it(address, sign_in, other_coop):
    assert sign_in(Role.TREASURER, other_coop).get(address).status_code == 404
