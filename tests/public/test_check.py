"""The page behind the code on a receipt, as anybody on the street sees it."""

import pytest

from app.auth.permissions import Role
from app.core import clock
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole, VoucherKind
from app.ledger.services import Source, credit, debit
from app.receipts import services as receipts
from app.receipts.checking import initials
from app.receipts.tokens import Reference, read, sign
from tests.factories import make_member, pay


@pytest.fixture
def token(scope, coop):
    with scope(coop):
        member = make_member("Siti Rohmah", phone="+6281234567890", address="Jl. Jawa 28")
        posted = pay(member, on=clock.today(), dues=45_000)
        receipt = receipts.find("BKM", posted.year, posted.number)
        return receipt.token


def test_anybody_learns_that_a_receipt_holds_and_nothing_of_the_member(app, token):
    page = app.test_client().get(f"/cek/{token}").text

    for expected in ("SAH", "BKM-", "Rp45.000", "Maju", "S. R."):
        assert expected in page
    for secret in ("Siti", "Rohmah", "A0001", "Jl. Jawa", "6281234567890", "wajib"):
        assert secret not in page


def test_a_cancelled_receipt_reads_batal(app, scope, coop, token):
    with scope(coop):
        journal = ledger.find_journal(VoucherKind.CASH_IN, clock.today().year, 1)
        ledger.reverse(journal, reason="salah", on=clock.today())
        db.session.commit()
    page = app.test_client().get(f"/cek/{token}").text

    assert "BATAL" in page
    assert "SAH" not in page


@pytest.mark.parametrize("change", ["x", "1-1", "1-1.AAAA", "☃", "1-999999.abc.def", "%00"])
def test_a_forged_address_gets_a_friendly_answer(app, token, change):
    response = app.test_client().get(f"/cek/{change}")

    assert response.status_code == 404
    assert "bukan bukti dari kami" in response.text


def test_a_signature_of_one_receipt_does_not_fit_another(app, token):
    reference, signature = token.split(".")
    tenant_id, journal_id = reference.split("-")
    other = f"{tenant_id}-{int(journal_id) + 1}.{signature}"

    assert app.test_client().get(f"/cek/{other}").status_code == 404


def test_a_journal_that_is_no_receipt_is_not_shown_even_when_signed(app, scope, coop):
    with scope(coop):
        posted = ledger.post(
            on=clock.today(),
            memo="x",
            source=Source("t", "1"),
            lines=[debit(AccountRole.CASH, 1), credit(AccountRole.OPENING, 1)],
        )
        db.session.commit()
        tokens = [
            sign(Reference(coop.id, posted.journal_id)),
            sign(Reference(coop.id, 10**9)),
            sign(Reference(10**9, posted.journal_id)),
        ]

    for token in tokens:
        assert app.test_client().get(f"/cek/{token}").status_code == 404


def test_a_receipt_of_one_cooperative_is_not_found_in_another(app, scope, coop, other_coop, token):
    with scope(coop):
        forged = sign(Reference(other_coop.id, read(token).journal_id))

    assert app.test_client().get(f"/cek/{forged}").status_code == 404


def test_paper_of_before_a_new_secret_can_still_be_checked(app, token, monkeypatch):
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", ["older", app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "a new one, of thirty-two characters")

    assert app.test_client().get(f"/cek/{token}").status_code == 200


def test_without_the_earlier_secret_it_cannot(app, token, monkeypatch):
    monkeypatch.setitem(app.config, "SECRET_KEY", "a new one, of thirty-two characters")

    assert app.test_client().get(f"/cek/{token}").status_code == 404


def test_an_officer_who_is_signed_in_sees_the_same(sign_in, token):
    assert "S. R." in sign_in(Role.TREASURER).get(f"/cek/{token}").text


@pytest.mark.parametrize(
    ("name", "expected"), [("Siti Rohmah", "S. R."), ("  nur  ", "N."), ("H. Zaenal", "H. Z.")]
)
def test_initials_are_all_that_is_told_of_a_name(name, expected):
    assert initials(name) == expected
