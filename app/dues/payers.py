"""Whoever pays dues for others (pembayar): a programme, a company, the ward.

The savings are the members'; the payer is named on every receipt and has a statement of what
was paid for whom and when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.errors import DomainError
from app.core.money import Rupiah
from app.dues.models import Collection, CollectionPayment, Payer
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import Party
from app.ledger.proofs import Proof, proofs, purposes
from app.members.models import Member


@dataclass(frozen=True)
class Contact:
    """What is written down of a payer."""

    name: str
    contact: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True)
class PaidFor:
    """One payment for one member, as the payer's statement lists it."""

    on: date
    member: Member
    what: str
    amount: Rupiah
    proof: Proof


@dataclass(frozen=True)
class Statement:
    """What a payer paid from a day through a day; payments taken back are shown, not counted."""

    payer: Payer
    first: date
    last: date
    lines: Sequence[PaidFor]

    @property
    def total(self) -> Rupiah:
        return sum(line.amount for line in self.lines if not line.proof.is_void)

    @property
    def members(self) -> int:
        return len({line.member.id for line in self.lines if not line.proof.is_void})


def enter(who: Contact) -> Payer:
    """Write a payer down. The caller commits."""
    _refuse_known(who.name)
    party = ledger.open_party(who.name)
    payer = Payer(id=party.id, party=party)
    _write(payer, who)
    db.session.add(payer)
    db.session.flush()
    return payer


def amend(payer: Payer, who: Contact) -> None:
    """Correct what is written down of a payer. Receipts keep the name of their day."""
    if who.name.casefold() != payer.name.casefold():
        _refuse_known(who.name)
    payer.party.name = who.name
    _write(payer, who)
    db.session.flush()


def find(payer_id: int) -> Payer | None:
    return db.session.scalars(select(Payer).where(Payer.id == payer_id)).one_or_none()


def everybody() -> Sequence[tuple[Payer, int, date | None]]:
    """Every payer by name, with how many members were paid for and when they paid last."""
    query = (
        select(
            Payer,
            func.count(CollectionPayment.member_id.distinct()),
            func.max(Collection.paid_on),
        )
        .join(Party, Party.id == Payer.id)
        .outerjoin(Collection, Collection.payer_id == Payer.id)
        .outerjoin(CollectionPayment, CollectionPayment.collection_id == Collection.id)
        .group_by(Payer.tenant_id, Payer.id, Party.tenant_id, Party.id)
        .order_by(Party.name)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def payer_of(journal_id: int) -> str:
    """Who paid, where it was not the member; empty when it was."""
    query = (
        select(Party.name)
        .join(Collection, Collection.payer_id == Party.id)
        .join(CollectionPayment, CollectionPayment.collection_id == Collection.id)
        .where(CollectionPayment.journal_id == journal_id)
    )
    return db.session.scalar(query) or ""


def paid_for(member: Member) -> Sequence[tuple[date, str, Rupiah]]:
    """What others paid for a member: when, who, how much; the latest first."""
    query = (
        select(Collection.paid_on, Party.name, CollectionPayment.amount)
        .join(Collection, Collection.id == CollectionPayment.collection_id)
        .join(Party, Party.id == Collection.payer_id)
        .where(CollectionPayment.member_id == member.id)
        .order_by(CollectionPayment.journal_id.desc())
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def statement(payer: Payer, first: date, last: date) -> Statement:
    """What a payer paid, for whom and when; the first day first."""
    query = (
        select(CollectionPayment)
        .join(Collection, Collection.id == CollectionPayment.collection_id)
        .where(Collection.payer_id == payer.id, Collection.paid_on.between(first, last))
        .options(joinedload(CollectionPayment.member), joinedload(CollectionPayment.collection))
        .order_by(Collection.paid_on, CollectionPayment.journal_id)
    )
    payments = db.session.scalars(query).all()
    journals = [payment.journal_id for payment in payments]
    numbers, what = proofs(journals), purposes(journals)
    lines = [
        PaidFor(p.collection.paid_on, p.member, what[p.journal_id], p.amount, numbers[p.journal_id])
        for p in payments
    ]
    return Statement(payer, first, last, lines)


def _refuse_known(name: str) -> None:
    query = select(Payer.id).join(Party, Party.id == Payer.id)
    if db.session.scalar(query.where(func.lower(Party.name) == name.lower()).limit(1)):
        raise DomainError(_("“%(name)s” is on the list already.", name=name))


def _write(payer: Payer, who: Contact) -> None:
    payer.contact, payer.phone, payer.note = who.contact, who.phone, who.note
