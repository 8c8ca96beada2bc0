"""Things on loan (barang pinjaman): whose they are, where they stand, when they went back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from app.assets.models import BorrowedAsset, Condition
from app.core.errors import DomainError
from app.core.money import Rupiah
from app.extensions import db
from app.ledger import services as ledger


@dataclass(frozen=True)
class Loan:
    """What is written down of a thing on loan."""

    name: str
    owner: str
    received_on: date
    brand: str = ""
    quantity: int = 1
    agreement: str = ""
    value: Rupiah = 0
    location: str = ""
    condition: Condition = Condition.GOOD
    note: str = ""


def receive(what: Loan) -> BorrowedAsset:
    """Enter a thing that was lent to the cooperative. The books stay as they are."""
    thing = BorrowedAsset(number=ledger.next_number("borrowed"), **asdict(what))
    db.session.add(thing)
    db.session.flush()
    return thing


def give_back(thing: BorrowedAsset, *, on: date) -> None:
    """Note that it went back to its owner. The caller commits."""
    if thing.returned_on is not None:
        raise DomainError(_("It went back already."))
    if on < thing.received_on:
        raise DomainError(_("Nothing goes back before it came."))
    thing.returned_on = on
    db.session.flush()


def find(number: int) -> BorrowedAsset | None:
    return db.session.scalar(select(BorrowedAsset).where(BorrowedAsset.number == number))


def things() -> Sequence[BorrowedAsset]:
    """Everything that is or was on loan: what is here first."""
    query = select(BorrowedAsset).order_by(
        BorrowedAsset.returned_on.is_not(None), BorrowedAsset.number
    )
    return db.session.scalars(query).all()
