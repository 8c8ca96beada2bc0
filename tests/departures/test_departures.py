"""Leaving: billing ends, what is saved is owed back, and it is paid out once."""

import io
from datetime import date
from uuid import uuid4

import pytest
from pypdf import PdfReader

from app.approvals import services as approvals
from app.auth.permissions import Role
from app.cash import shifts, tills, transfers
from app.cash.models import TillKind
from app.cash.transfers import Transfer
from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.departures import services
from app.departures.models import DepartureKind
from app.dues import accrual, arrears
from app.dues.standing import standing
from app.extensions import db
from app.ledger import services as ledger
from app.ledger import verify
from app.ledger.models import AccountRole
from app.ledger.services import Line, Source, credit, debit
from app.members import services as members
from app.members.models import MemberState
from tenants.scope import act_as
from tests.conftest import make_user
from tests.factories import make_candidate, make_member, make_rate, pay

ADDRESS = "/k/maju/keluar/"


def owe(member, role, amount, key):
    """What the member owes or is owed besides savings, as another package would book it."""
    if role is AccountRole.MEMBER_RECEIVABLE:
        lines = [Line(role, debit=amount, party_id=member.id), credit(AccountRole.OPENING, amount)]
    else:
        lines = [debit(AccountRole.OPENING, amount), credit(role, amount, member.id)]
    source = Source("test", key)
    ledger.post(on=date(2026, 3, 1), memo="Latihan", source=source, lines=lines)


@pytest.fixture
def g4(scope, coop):
    """Case G4: joined in July 2025, paid six months, saved, owes the shop."""
    with scope(coop):
        make_rate()
        member = make_candidate("Siti", date(2025, 7, 1))
        pay(member, on=date(2025, 7, 1), principal=25_000)
        pay(member, on=date(2025, 12, 31), dues=90_000)
        pay(member, on=date(2026, 1, 5), voluntary=120_000)
        owe(member, AccountRole.SURPLUS_PAYABLE, 8_215, "shu")
        owe(member, AccountRole.MEMBER_RECEIVABLE, 37_500, "toko")
        accrual.accrue(Period(2026, 3))
        db.session.commit()


def depart(kind=DepartureKind.RESIGNATION, on=date(2026, 3, 20)):
    member = members.find(1)
    services.depart(member, kind, on=on, reason="Bekerja di luar kota", letter="12/2026")
    db.session.commit()
    return member


def refund(member, recipient="", papers=""):
    return services.refund(
        member, on=date(2026, 3, 25), recipient=recipient, papers=papers, till=tills.main_till()
    )


def test_case_g4_comes_to_205715(scope, coop, g4):
    with scope(coop):
        due = services.settlement(members.find(1))

        assert (due.principal, due.mandatory, due.voluntary) == (25_000, 90_000, 120_000)
        assert (due.surplus, due.receivable, due.cancelled) == (8_215, 37_500, 45_000)
        assert due.refund == 205_715


def test_leaving_ends_billing_and_cancels_what_was_not_paid(scope, coop, g4):
    with scope(coop):
        member = depart()
        accrual.accrue(Period(2026, 4))

        assert member.state is MemberState.LEFT
        assert standing(member).owed == 0
        assert max(m.period for m in standing(member).months) == Period(2026, 3)
        assert arrears.debtors() == []


def test_on_leaving_savings_become_a_debt_of_the_cooperative(scope, coop, g4):
    with scope(coop):
        member = depart()
        held = ledger.balances_of(member.id)

        assert held[AccountRole.PRINCIPAL_SAVINGS] == held[AccountRole.MANDATORY_SAVINGS] == 0
        assert held[AccountRole.PRINCIPAL_REFUNDS] == 25_000
        assert held[AccountRole.MANDATORY_REFUNDS] == 90_000
        assert services.settlement(member).refund == 205_715


def test_paying_out_leaves_nothing_owed_either_way(scope, coop, g4):
    with scope(coop):
        cash = ledger.total(AccountRole.CASH)
        member = depart()
        refund(member)

        assert ledger.total(AccountRole.CASH) == cash - 205_715
        assert set(ledger.balances_of(member.id).values()) == {0}
        assert services.unpaid() == []
        assert verify.differences() == []


def test_a_refund_comes_out_of_the_till_one_chooses(sign_in, scope, coop, g4):
    treasurer = sign_in(Role.TREASURER)
    with scope(coop):
        depart()
        bank = tills.tills(TillKind.BANK)[0]
        transfers.move(
            Transfer(tills.main_till(), bank, 220_000, 0, ""), on=clock.today(), key=uuid4()
        )
        db.session.commit()
        bank_id = bank.id

    short = treasurer.post(f"{ADDRESS}1/bayar", data=sent(on="25-03-2026"))
    paid = treasurer.post(f"{ADDRESS}1/bayar", data=sent(on="25-03-2026", till=bank_id))

    assert short.status_code == 422
    assert 'id="till-wrong"' in short.text
    assert paid.status_code == 303
    with scope(coop):
        assert ledger.total(AccountRole.CASH) == 15_000
        assert ledger.total(AccountRole.BANK_BRI) == 220_000 - 205_715


def test_a_refund_usually_comes_out_of_the_drawer_in_hand(app, scope, coop):
    with app.app_context():
        officer = make_user("Kasir", "kasir@example.org").id
        db.session.commit()
    with scope(coop):
        act_as(officer)
        drawer = tills.add("Laci Dua", TillKind.CASH)
        shifts.open_shift(drawer, 0)

        assert shifts.usual_till().id == drawer.id


def test_nobody_is_paid_out_twice(scope, coop, g4):
    with scope(coop):
        member = depart()
        refund(member)

        with pytest.raises(DomainError, match=r"already|sudah"):
            refund(member)


def test_a_refund_that_was_cancelled_is_owed_again_and_paid_once_more(sign_in, scope, coop, g4):
    treasurer, chair = sign_in(Role.TREASURER), sign_in(Role.CHAIR)
    with scope(coop):
        depart()
        cash = ledger.total(AccountRole.CASH)
    receipt = treasurer.post(f"{ADDRESS}1/bayar", data=sent(on="25-03-2026")).location
    treasurer.post(f"{receipt}/batal", data=sent(reason="salah orang"))
    waiting = chair.get("/k/maju/persetujuan/").text
    number = waiting.split("/persetujuan/")[1].split('"')[0]
    assert chair.post(f"/k/maju/persetujuan/{number}/setuju", data=sent()).status_code == 303

    with scope(coop):
        assert services.find(members.find(1)).refunded is None
        assert ledger.total(AccountRole.CASH) == cash
        assert len(services.unpaid()) == 1
    again = treasurer.post(f"{ADDRESS}1/bayar", data=sent(on="25-03-2026"))

    assert again.status_code == 303
    assert again.location != receipt
    with scope(coop):
        assert ledger.total(AccountRole.CASH) == cash - 205_715
        assert services.unpaid() == []
        assert verify.differences() == []


def test_nobody_leaves_twice(scope, coop, g4):
    with scope(coop):
        depart()

        with pytest.raises(DomainError):
            depart()


def test_what_a_deceased_had_goes_to_the_heir_on_papers_only(scope, coop, g4):
    with scope(coop):
        member = depart(DepartureKind.DEATH)
        with pytest.raises(DomainError):
            refund(member)
        db.session.rollback()

        refund(members.find(1), recipient="Ahmad", papers="SKAW 3/2026")
        assert services.find(members.find(1)).recipient == "Ahmad"


def test_who_owes_more_than_is_saved_is_not_paid_out(scope, coop):
    with scope(coop):
        member = make_member()
        owe(member, AccountRole.MEMBER_RECEIVABLE, 10_000, "toko")
        member = depart()

        with pytest.raises(DomainError):
            refund(member)


def test_a_large_refund_waits_for_a_second_person(app, scope, coop):
    with app.app_context():
        asker, other = (make_user(n, f"{n}@example.org").id for n in ("satu", "dua"))
        db.session.commit()
    with scope(coop):
        act_as(asker)
        member = make_member()
        pay(member, on=date(2025, 7, 1), voluntary=2_000_000)
        depart()
        posted, asked = services.ask_or_refund(
            member, on=clock.today(), recipient="", papers="", till=tills.main_till()
        )
        assert posted is None
        assert services.find(member).refunded is None

        act_as(other)
        approvals.approve(asked.id, services.carry_out)

        assert services.find(member).refunded == 2_000_000


def test_who_comes_back_gets_a_new_number(scope, coop, g4):
    with scope(coop):
        nik = members.find(1).nik
        depart()
        again = make_candidate("Siti", date(2026, 6, 1), nik=nik)

        assert again.number == 2


def sent(**more):
    return {"key": str(uuid4())} | more


def test_the_treasurer_notes_a_leaving_and_pays_out(sign_in, scope, coop, g4):
    treasurer = sign_in(Role.TREASURER)
    assert "Rp205.715" in treasurer.get(f"{ADDRESS}1").text

    left = treasurer.post(
        f"{ADDRESS}1",
        data=sent(kind="mengundurkan_diri", on="20-03-2026", reason="Pindah kerja", letter=""),
    )
    assert left.status_code == 303
    assert "Siti" in treasurer.get(ADDRESS).text
    paid = treasurer.post(f"{ADDRESS}1/bayar", data=sent(on="25-03-2026"))

    assert paid.status_code == 303
    assert "/bukti/BKK/2026/" in paid.location
    with scope(coop):
        assert services.find(members.find(1)).refunded == 205_715


def test_the_paper_carries_the_sum_and_never_the_whole_nik(sign_in, scope, coop, g4):
    with scope(coop):
        nik = depart().nik
    response = sign_in(Role.SECRETARY).get(f"{ADDRESS}1/surat.pdf")
    text = PdfReader(io.BytesIO(response.data)).pages[0].extract_text()

    assert "205.715" in text
    assert "dua ratus lima ribu" in text
    assert nik not in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on": "20-03-2027"}, "belum tiba"),
        ({"on": "01-01-2020"}, "sebelum"),
        ({"reason": ""}, "diisi"),
        ({"kind": "diberhentikan"}, "berita acara"),
    ],
)
def test_a_leaving_that_cannot_be_is_refused_beside_the_field(sign_in, g4, typed, said):
    data = sent(kind="pindah", on="20-03-2026", reason="Pindah", letter="") | typed
    response = sign_in(Role.SECRETARY).post(f"{ADDRESS}1", data=data)

    assert response.status_code == 422
    assert said in response.text


def test_the_secretary_does_not_pay_out_and_the_cashier_lets_nobody_go(sign_in, g4):
    assert sign_in(Role.SECRETARY).post(f"{ADDRESS}1/bayar", data=sent()).status_code == 403
    assert sign_in(Role.CASHIER).post(f"{ADDRESS}1", data=sent()).status_code == 403


def test_a_stranger_finds_nobody_who_left(sign_in, other_coop, g4):
    assert sign_in(Role.TREASURER, other_coop).get(f"{ADDRESS}1").status_code == 404
