"""The savings statement (laporan simpanan): what a member had, what moved, what they have."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from sqlalchemy import func, select

from app.core import clock
from app.core.money import Rupiah
from app.extensions import db
from app.ledger import subsidiary
from app.ledger.subsidiary import Balances, Movement
from app.members.models import Member
from app.savings.services import KINDS

_AT_ONCE = 200  # members asked for together


@dataclass(frozen=True)
class Statement:
    """A member's savings from a day through a day, by kind."""

    member: Member
    first: date
    last: date
    opening: Balances
    movements: Sequence[Movement]

    @property
    def is_empty(self) -> bool:
        return not self.movements and not any(self.opening.values())

    @property
    def closing(self) -> Balances:
        return {
            kind: self.opening.get(kind, 0) + sum(m.amounts.get(kind, 0) for m in self.movements)
            for kind in KINDS
        }

    @property
    def rows(self) -> list[tuple[Movement, Rupiah]]:
        """Each movement with what the member had after it, all kinds together."""
        moved = [sum(movement.amounts.values()) for movement in self.movements]
        after = list(accumulate(moved, initial=sum(self.opening.values())))[1:]
        return list(zip(self.movements, after, strict=True))


def statement(member: Member, first: date, last: date) -> Statement:
    return _statements([member], first, last)[0]


def all_statements(year: int) -> Iterator[Statement]:
    """The statement of a year, up to today, of everybody who was registered by then."""
    first, last = days_of(year)
    query = select(Member).where(Member.registered_on <= last).order_by(Member.number)
    for part in db.session.scalars(query).partitions(_AT_ONCE):
        yield from _statements(part, first, last)


def count(year: int) -> int:
    """How many statements a year has."""
    registered = Member.registered_on <= days_of(year)[1]
    return db.session.scalar(select(func.count()).select_from(Member).where(registered)) or 0


def days_of(year: int) -> tuple[date, date]:
    """The first and the last day of a year, up to today."""
    return date(year, 1, 1), min(date(year, 12, 31), clock.today())


def years() -> list[int]:
    """The years that have a statement, the latest first."""
    earliest = db.session.scalar(select(func.min(Member.registered_on))) or clock.today()
    return list(range(clock.today().year, earliest.year - 1, -1))


def _statements(members: Sequence[Member], first: date, last: date) -> list[Statement]:
    ids = [member.id for member in members]
    opening = subsidiary.balances_before(ids, KINDS, first)
    moved = subsidiary.movements(ids, KINDS, first, last)
    return [Statement(m, first, last, opening.get(m.id, {}), moved.get(m.id, [])) for m in members]
