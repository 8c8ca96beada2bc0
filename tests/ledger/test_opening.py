"""Opening balances: written down in pieces, recorded once, and what is unexplained is visible."""

from datetime import date
from uuid import uuid4

import pytest

from app.auth.permissions import Role
from app.core.errors import DomainError
from app.dues.standing import standing
from app.extensions import db
from app.ledger import opening, reports, verify
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members import services as members
from app.members.models import MemberState
from tests.factories import make_candidate, make_member

DAY = date(2025, 12, 31)
PAGE = "/k/maju/buku/saldo-awal"


def account(code):
    return reports.find_account(code)


def write(code, amount, party_id=None):
    opening.write({(account(code).id, party_id): amount})


def balance(code):
    lines = reports.trial_balance(DAY, DAY).lines
    return next((line.closing for line in lines if line.code == code), 0)


@pytest.fixture
def siti(scope, coop):
    with scope(coop):
        return make_member("Siti").id


def test_what_is_written_down_is_not_in_the_books_yet(scope, coop, siti):
    with scope(coop):
        write("1.1.1.01", 500_000)
        write("3.1.1.01", 25_000, siti)

        assert balance("1.1.1.01") == 0
        assert opening.sheet().difference == 475_000


def test_written_again_the_newer_amount_counts_and_nothing_removes_it(scope, coop):
    with scope(coop):
        write("1.1.1.01", 500_000)
        write("1.1.1.01", 400_000)
        assert opening.sheet().debit == 400_000

        write("1.1.1.01", 0)
        assert opening.sheet().totals == []


def test_they_are_recorded_once_and_the_unexplained_is_visible(scope, coop, siti):
    with scope(coop):
        write("1.1.1.01", 500_000)
        write("1.3.5.02", 20_000)
        write("3.4.1.01", -30_000)
        write("3.1.1.01", 25_000, siti)
        write("3.1.2.01", 180_000, siti)
        opening.record(DAY)

        assert balance("1.1.1.01") == 500_000
        assert balance("1.3.5.02") == -20_000
        assert balance("3.4.1.01") == 30_000
        assert balance("3.9.1.02") == -(500_000 - 20_000 + 30_000 - 25_000 - 180_000)
        assert ledger.balance(AccountRole.MANDATORY_SAVINGS, siti) == 180_000
        assert verify.differences() == []
        for again in (lambda: opening.record(DAY), lambda: write("1.1.1.01", 1)):
            with pytest.raises(DomainError):
                again()


def test_nothing_written_down_records_nothing(scope, coop):
    with scope(coop), pytest.raises(DomainError):
        opening.record(DAY)


def test_savings_brought_along_settle_the_oldest_dues(scope, coop, siti):
    with scope(coop):
        write("3.1.2.01", 30_000, siti)
        opening.record(DAY)
        db.session.commit()

        assert standing(members.find(1)).owed % 15_000 == 0


def test_a_treasurer_goes_from_page_to_page(scope, coop, sign_in, siti):
    treasurer = sign_in(Role.TREASURER)
    with scope(coop):
        cash, loss = account("1.1.1.01").id, account("3.4.1.01").id
    key = lambda **more: {"key": str(uuid4()), **more}  # noqa: E731

    assert treasurer.get(f"{PAGE}/akun").status_code == 200
    sent = key(**{f"account{cash}": "500.000", f"account{loss}": "-30.000"})
    assert treasurer.post(f"{PAGE}/akun", data=sent).status_code == 303
    assert 'value="500.000"' in treasurer.get(f"{PAGE}/akun").text
    savings = key(**{f"member{siti}_principal_savings": "25.000"})
    assert treasurer.post(f"{PAGE}/anggota", data=savings).location.endswith("/saldo-awal/")
    assert 'value="25.000"' in treasurer.get(f"{PAGE}/anggota").text
    assert "Rp505.000" in treasurer.get(f"{PAGE}/").text
    assert treasurer.post(f"{PAGE}/", data=key(on="31-02-2025")).status_code == 422
    assert treasurer.post(f"{PAGE}/", data=key(on="31-12-2025")).status_code == 303
    assert "JU-2025-0001" in treasurer.get(f"{PAGE}/").text
    assert treasurer.post(f"{PAGE}/", data=key(on="31-12-2025")).status_code == 422


def test_a_candidate_who_had_paid_the_principal_is_a_member(scope, coop, sign_in):
    with scope(coop):
        paid, unpaid = make_candidate("Siti").id, make_candidate("Budi").id
        opening.write({(account("3.1.1.01").id, paid): 25_000})
        opening.write({(account("3.1.1.01").id, unpaid): 24_999})
        db.session.commit()

    sent = {"key": str(uuid4()), "on": "31-12-2025"}
    assert sign_in(Role.TREASURER).post(f"{PAGE}/", data=sent).status_code == 303

    with scope(coop):
        states = [members.find_by_party(id).state for id in (paid, unpaid)]
        assert states == [MemberState.ACTIVE, MemberState.CANDIDATE]


def test_bad_amounts_are_said_beside_their_field(scope, coop, sign_in, siti):
    treasurer = sign_in(Role.TREASURER)
    with scope(coop):
        cash = account("1.1.1.01").id
    for where, name in (("akun", f"account{cash}"), ("anggota", f"member{siti}_voluntary_savings")):
        sent = {"key": str(uuid4()), name: "-5"}
        answer = treasurer.post(f"{PAGE}/{where}", data=sent)

        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.text


def test_members_come_in_pages(scope, coop, sign_in):
    with scope(coop):
        for number in range(21):
            make_member(f"Anggota {number}")
    treasurer = sign_in(Role.TREASURER)

    led = treasurer.post(f"{PAGE}/anggota", data={"key": str(uuid4())}).location

    assert led.endswith("anggota?setelah=20")
    assert "A0021" in treasurer.get(led).text


def test_a_supervisor_reads_but_does_not_write(sign_in):
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(f"{PAGE}/").status_code == 200
    assert supervisor.get(f"{PAGE}/akun").status_code == 403
    assert supervisor.post(f"{PAGE}/", data={"key": str(uuid4())}).status_code == 403


def test_a_stranger_does_not_learn_that_they_exist(sign_in, other_coop):
    assert sign_in(Role.TREASURER, other_coop).get(f"{PAGE}/").status_code == 404
