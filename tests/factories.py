"""Ready-made rows. Plain functions with defaults; call them inside a scope."""

from datetime import date
from itertools import count
from uuid import UUID, uuid4

from app.core.identity import read_nik
from app.dues import payments
from app.dues.payments import Payment
from app.extensions import db
from app.ledger.services import Posted
from app.members import services as members
from app.members.models import Member
from app.members.services import Particulars
from tenants.definitions import Key
from tenants.settings import decide

_serials = count(1)


def make_nik(day: int = 15, sex: str = "L") -> str:
    """A NIK of Pekalongan that no other test person has."""
    return f"337501{day + (40 if sex == 'P' else 0):02d}0580{next(_serials):04d}"


def make_candidate(name: str = "Budi", on: date = date(2025, 6, 12), **particulars: str) -> Member:
    nik = read_nik(particulars.pop("nik", "") or make_nik())
    member = members.register(Particulars(nik=nik, name=name, **particulars), on=on, consent=True)
    db.session.commit()
    return member


def make_member(name: str = "Budi", joined_on: date = date(2025, 6, 12), **more: str) -> Member:
    """A member who joined on a day; the principal is not paid, so the books are empty."""
    member = make_candidate(name, joined_on, **more)
    members.activate(member, on=joined_on)
    db.session.commit()
    return member


def make_rate(amount: int = 15_000, from_date: date = date(2025, 1, 1)) -> None:
    decide(Key.DUES, amount, from_date=from_date)
    db.session.commit()


def pay(member: Member, *, on: date, key: UUID | None = None, **parts: int) -> Posted:
    """pay(budi, on=…, dues=50_000)"""
    posted = payments.receive(member, Payment(**parts), on=on, key=key or uuid4())
    db.session.commit()
    return posted
