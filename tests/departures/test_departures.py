"""Leaving: billing ends, what is saved is owed back, and it is paid out once."""

from datetime import date

import pytest

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.cash import shifts, tills
from app.cash.models import TillKind
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
from app.members import services as members
from app.members.models import MemberState
from tenants.scope import act_as
from tests.conftest import make_user
from tests.departures.conftest import depart, owe, refund
from tests.factories import make_candidate, make_member, pay


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
        asked = services.ask_or_refund(
            member, on=clock.today(), recipient="", papers="", till=tills.main_till()
        )
        assert isinstance(asked, Approval)
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
