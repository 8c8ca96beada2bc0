"""Cancelling a receipt: asked for by one person, done by another."""

import io
from uuid import uuid4

import pytest
from pypdf import PdfReader

from app.approvals import services as approvals
from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.dues.payments import owed_principal
from app.dues.standing import standing
from app.extensions import db
from app.ledger import reversals
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members import services as members
from app.members.models import MemberState
from app.receipts import services as receipts
from app.receipts import voids
from app.savings import services as savings
from tenants.scope import act_as
from tests.conftest import make_user
from tests.factories import make_candidate, make_member, pay

YEAR = clock.today().year
PAGE = f"/k/maju/bukti/BKM/{YEAR}/1"


@pytest.fixture
def paid(scope, coop):
    """Siti has paid three months; the receipt is the first of the year."""
    with scope(coop):
        pay(make_member("Siti Rohmah"), on=clock.today(), dues=45_000)


@pytest.fixture
def cashier(sign_in):
    return sign_in(Role.CASHIER)


@pytest.fixture
def chair(sign_in):
    return sign_in(Role.CHAIR)


@pytest.fixture
def people(app, coop):
    with app.app_context():
        both = [make_user(name, f"{name}@example.org").id for name in ("asker", "other")]
        db.session.commit()
    return both


def ask(client, reason="salah jumlah", page=PAGE):
    return client.post(f"{page}/batal", data={"key": str(uuid4()), "reason": reason})


def answer(client, scope, coop, how="setuju", **data):
    with scope(coop):
        waiting = [shown.approval.id for shown in approvals.waiting()]
    form = {"key": str(uuid4()), **data}
    return [client.post(f"/k/maju/persetujuan/{id}/{how}", data=form) for id in waiting]


def first_receipt():
    return receipts.find("BKM", YEAR, 1)


def test_nothing_happens_until_another_person_agrees(paid, cashier, scope, coop):
    assert ask(cashier).status_code == 303

    page = cashier.get(PAGE).text
    assert "Orang lain harus menyetujui" in page
    with scope(coop):
        assert first_receipt().reversal is None


def test_agreed_it_reads_batal_everywhere_and_the_number_stays(paid, cashier, chair, scope, coop):
    with scope(coop):
        token = first_receipt().token
    ask(cashier)
    assert [r.status_code for r in answer(chair, scope, coop)] == [303]

    journals = "/k/maju/buku/jurnal"
    for page in (PAGE, f"/cek/{token}", "/k/maju/anggota/1/", journals):
        text = chair.get(page).text
        assert "BATAL" in text, page
        assert f"BKM-{YEAR}-0001" in text, page
    for name in ("kuitansi", "struk"):
        sheet = PdfReader(io.BytesIO(chair.get(f"{PAGE}/{name}.pdf").data)).pages[0]
        assert "BATAL" in sheet.extract_text().replace(" ", ""), name


def test_the_books_then_hold_a_mirror_of_today_and_the_months_are_owed_again(
    paid, cashier, chair, scope, coop
):
    ask(cashier)
    answer(chair, scope, coop)

    with scope(coop):
        mirror = first_receipt().reversal
        assert mirror.posted_on == clock.today()
        assert ledger.total(AccountRole.CASH) == 0
        assert standing(members.find(1)).ahead == 0
        assert pay(members.find(1), on=clock.today(), dues=15_000).number == 2


def test_it_cannot_be_asked_for_again_once_done(paid, cashier, chair, scope, coop):
    ask(cashier)
    answer(chair, scope, coop)

    assert (
        "sudah dibatalkan"
        in cashier.post(f"{PAGE}/batal", data={"key": str(uuid4()), "reason": "lagi"}).text
    )
    assert "Batalkan bukti ini" not in cashier.get(PAGE).text


def test_asked_twice_it_is_one_request(paid, cashier, scope, coop):
    ask(cashier)
    ask(cashier, "salah orang")

    with scope(coop):
        assert [shown.approval.reason for shown in approvals.waiting()] == ["salah jumlah"]


def test_after_a_refusal_it_says_why_and_may_be_asked_for_anew(paid, cashier, chair, scope, coop):
    ask(cashier)
    answer(chair, scope, coop, "kembalikan", answer="uangnya ada di laci")
    assert "uangnya ada di laci" in cashier.get(PAGE).text
    ask(cashier, "memang salah")

    answer(chair, scope, coop)
    with scope(coop):
        assert "memang salah" in first_receipt().reversal.memo


def test_without_a_reason_it_is_not_asked(paid, cashier, scope, coop):
    response = ask(cashier, "")

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text
    with scope(coop):
        assert approvals.waiting() == []


def test_who_asked_does_not_agree_themselves(paid, chair, sign_in, scope, coop):
    treasurer = sign_in(Role.TREASURER)
    ask(treasurer)
    answer(treasurer, scope, coop)

    with scope(coop):
        assert first_receipt().reversal is None


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARY, Role.SUPERVISOR])
def test_who_has_no_till_does_not_ask(paid, sign_in, role):
    assert ask(sign_in(role)).status_code == 403


def test_a_stranger_finds_nothing_to_cancel(paid, sign_in, other_coop):
    assert ask(sign_in(Role.TREASURER, other_coop)).status_code == 404


def test_a_receipt_that_does_not_exist_is_not_cancelled(paid, cashier):
    assert ask(cashier, page=f"/k/maju/bukti/BKM/{YEAR}/9").status_code == 404
    assert ask(cashier, page=f"/k/maju/bukti/JU/{YEAR}/1").status_code == 404


def void(people, receipt):
    act_as(people[0])
    asked = voids.ask(receipt, reason="salah", page="/")
    act_as(people[1])
    approvals.approve(asked.id, reversals.carry_out)


def test_principal_taken_back_leaves_the_member_one_who_owes_it_again(scope, coop, people):
    with scope(coop):
        member = make_candidate("Ani", on=clock.today())
        pay(member, on=clock.today(), principal=25_000)
        void(people, first_receipt())

        assert member.state is MemberState.ACTIVE
        assert owed_principal(member, clock.today()) == 25_000
        assert first_receipt().owed >= 25_000
        pay(member, on=clock.today(), principal=25_000)
        assert owed_principal(member, clock.today()) == 0


def test_a_reversal_is_not_cancelled(scope, coop, people, paid):
    with scope(coop):
        void(people, first_receipt())
        mirror = first_receipt().reversal

        with pytest.raises(DomainError):
            reversals.ask(mirror, title="x", amount=1, reason="x", page="/")


def test_savings_that_were_taken_out_since_cannot_be_cancelled(scope, coop, people):
    with scope(coop):
        member = make_member("Ani")
        pay(member, on=clock.today(), voluntary=50_000)
        savings.withdraw(member, 50_000, on=clock.today(), key=uuid4())

        with pytest.raises(DomainError):
            void(people, first_receipt())


def test_a_payment_out_is_cancelled_like_one_in(scope, coop, people):
    with scope(coop):
        member = make_member("Ani")
        pay(member, on=clock.today(), voluntary=50_000)
        savings.withdraw(member, 20_000, on=clock.today(), key=uuid4())
        void(people, receipts.find("BKK", YEAR, 1))

        assert savings.balances(member)[AccountRole.VOLUNTARY_SAVINGS] == 50_000
        assert receipts.find("BKK", YEAR, 1).reversal is not None


def test_what_two_requests_ask_is_done_once(scope, coop, people, paid):
    """The second one is refused: the mirror stands already."""
    with scope(coop):
        act_as(people[0])
        journal = first_receipt().journal
        both = [
            reversals.ask(journal, kind=kind, title="x", amount=1, reason="x", page="/")
            for kind in (reversals.KIND, voids.KIND)
        ]
        act_as(people[1])
        approvals.approve(both[0].id, reversals.carry_out)

        with pytest.raises(DomainError):
            approvals.approve(both[1].id, reversals.carry_out)
