"""Somebody who can leave, and how they do."""

from datetime import date
from uuid import uuid4

import pytest

from app.cash import tills
from app.core.period import Period
from app.departures import services
from app.departures.models import DepartureKind
from app.dues import accrual
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Line, Source, credit, debit
from app.members import services as members
from tests.factories import make_candidate, make_rate, pay

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


def sent(**more):
    return {"key": str(uuid4())} | more
