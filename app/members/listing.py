"""The register as a list: searched, narrowed, a page at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Select, any_, func, literal, select
from sqlalchemy.orm import contains_eager

from app.extensions import db
from app.ledger.models import Party
from app.members import services
from app.members.models import Member, MemberState


class Group(StrEnum):
    """Whom the list shows; nobody chosen means everybody."""

    ACTIVE = "aktif"
    OWING = "menunggak"
    PASSIVE = "pasif"
    CANDIDATES = "calon"
    LEFT = "keluar"
    UNASKED = "belum-setuju"


@dataclass(frozen=True)
class Choice:
    """What a list of members is narrowed to."""

    text: str = ""
    group: Group | None = None
    place: str = ""  # RT/RW as "003/002"

    @property
    def is_everybody(self) -> bool:
        return self == Choice()


@dataclass(frozen=True)
class Counts:
    """How many people the groups hold that are counted without looking at the dues."""

    everybody: int
    of: Mapping[Group, int]


def chosen(choice: Choice, owing: Callable[[], Sequence[int]]) -> Select[Member]:
    """The members of a choice. `owing` says who is in arrears, where that is asked: dues stand
    above the register, so whoever asks brings it along.
    """
    query = select(Member).join(Party, Party.id == Member.id).options(contains_eager(Member.party))
    if choice.text:
        query = query.where(services.matches(choice.text))
    if choice.place:
        rt, _, rw = choice.place.partition("/")
        query = query.where(Member.rt == rt, Member.rw == rw)
    if choice.group is Group.OWING:
        ids = literal(list(owing()), ARRAY(BigInteger))
        query = query.where(Member.id == any_(ids))
    elif choice.group:
        query = query.where(_CONDITIONS[choice.group])
    return query


def how_many(query: Select[Member]) -> int:
    counted = query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    return db.session.scalar(counted) or 0


def part(query: Select[Member], *, first: int, size: int) -> Sequence[Member]:
    """Some of the members by name, after the first ones."""
    # Everybody has a name; to say so lets the database take the page from its index of names.
    ordered = query.where(Party.name != "").order_by(Party.name, Member.number)
    return db.session.scalars(ordered.offset(first).limit(size)).all()


def counts() -> Counts:
    """The size of every group in one look at the register."""
    filtered = [func.count().filter(condition) for condition in _CONDITIONS.values()]
    everybody, *of = db.session.execute(select(func.count(Member.id), *filtered)).one()
    return Counts(everybody, dict(zip(_CONDITIONS, of, strict=True)))


def places() -> Sequence[str]:
    """Every RT/RW in which somebody of the register lives, by RW and RT."""
    pairs = select(Member.rt, Member.rw).where(Member.rt != "").distinct()
    return [
        f"{rt}/{rw}" if rw else rt
        for rt, rw in db.session.execute(pairs.order_by(Member.rw, Member.rt))
    ]


_CONDITIONS: dict[Group, Any] = {
    Group.ACTIVE: services.in_state(MemberState.ACTIVE),
    Group.PASSIVE: services.in_state(MemberState.PASSIVE),
    Group.CANDIDATES: services.in_state(MemberState.CANDIDATE),
    Group.LEFT: services.in_state(MemberState.LEFT),
    Group.UNASKED: Member.consent_at.is_(None) & Member.left_on.is_(None),
}
