"""The collection sheet (lembar penagihan): many members, one amount each, one save.

An officer goes from door to door with one list. Each amount is a payment like any other: a
journal with a number and a receipt of its own, the oldest month settled first, the rest paid
ahead. The sheet is written in one act, so either all of it stands or nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import g
from flask_babel import gettext as _
from sqlalchemy import func, select, text
from sqlalchemy.orm import joinedload

from app.core.errors import DomainError
from app.core.money import Rupiah
from app.dues.arrears import Debtor
from app.dues.models import Collection, CollectionPayment, Payer
from app.dues.payments import PAID, Method, describe
from app.dues.standings import Position, positions
from app.extensions import db
from app.ledger.batch import Entry, post_many
from app.ledger.models import AccountRole, Party, VoucherKind
from app.ledger.services import Line, Posted, Source, credit
from app.members import passive
from app.members.models import Member
from tenants.scope import current_tenant

LONGEST = 1000  # members on one sheet; a larger cooperative goes RT by RT
_PAYING = Member.joined_on.is_not(None) & Member.left_on.is_(None)


@dataclass(frozen=True)
class Place:
    """Whose sheet it is: a neighbourhood (RT/RW), a group (kelompok), or everybody."""

    rt: str = ""
    rw: str = ""
    group: str = ""

    @classmethod
    def parse(cls, key: str) -> "Place":
        """Read "rt:003/002" or "kelompok:PKK"; anything else is everybody."""
        kind, _colon, name = key.partition(":")
        if kind == "kelompok":
            return cls(group=name[:60])
        rt, _slash, rw = name.partition("/")
        return cls(rt=rt[:3], rw=rw[:3]) if kind == "rt" else cls()

    @property
    def key(self) -> str:
        if self.group:
            return f"kelompok:{self.group}"
        return f"rt:{self.rt}/{self.rw}" if self.rt or self.rw else ""

    @property
    def is_everybody(self) -> bool:
        return not self.key

    @property
    def name(self) -> str:
        """What it is called on the screen and on paper: RT 003/RW 002."""
        if self.is_everybody:
            return str(_("All members"))
        parts = [f"RT {self.rt}" if self.rt else "", f"RW {self.rw}" if self.rw else ""]
        return self.group or "/".join(part for part in parts if part)

    def holds(self, who: "Member | Debtor") -> bool:
        """Whether somebody belongs to it."""
        if self.group:
            return who.group == self.group
        return self.is_everybody or (who.rt, who.rw) == (self.rt, self.rw)


@dataclass(frozen=True)
class Row:
    """A member on the sheet, and how they stand."""

    member: Member
    position: Position


@dataclass(frozen=True)
class Given:
    """What one member gives on a sheet."""

    member: Member
    amount: Rupiah


@dataclass(frozen=True)
class Round:
    """One walk with the sheet: when, by which form, how and where it was paid, and by whom."""

    on: date
    key: UUID
    method: Method = Method.CASH
    place: Place = Place()
    payer: Payer | None = None


def places() -> list[tuple[Place, int]]:
    """Every neighbourhood and group with how many members pay dues there."""
    by_rt = (
        select(Member.rt, Member.rw, func.count())
        .where(_PAYING, (Member.rt != "") | (Member.rw != ""))
        .group_by(Member.rt, Member.rw)
        .order_by(Member.rw, Member.rt)
    )
    by_group = (
        select(Member.group, func.count())
        .where(_PAYING, Member.group != "")
        .group_by(Member.group)
        .order_by(Member.group)
    )
    return [
        *((Place(rt=rt, rw=rw), count) for rt, rw, count in db.session.execute(by_rt)),
        *((Place(group=group), count) for group, count in db.session.execute(by_group)),
    ]


def count() -> int:
    """How many members pay dues."""
    return int(db.session.scalar(select(func.count()).select_from(Member).where(_PAYING)) or 0)


def sheet(place: Place, *, limit: int = LONGEST) -> list[Row]:
    """Everybody of a place who pays dues, in the order in which one walks and reads."""
    query = (
        select(Member)
        .join(Party, Party.id == Member.id)
        .where(_PAYING)
        .order_by(Member.rw, Member.rt, Party.name, Member.number)
        .limit(limit)
    )
    if place.group:
        query = query.where(Member.group == place.group)
    elif not place.is_everybody:
        query = query.where(Member.rt == place.rt, Member.rw == place.rw)
    return _rows(db.session.scalars(query).all())


def rows_of(numbers: Iterable[int]) -> list[Row]:
    """Rows of members by their numbers, whoever and wherever they are."""
    query = select(Member).where(Member.number.in_(numbers)).order_by(Member.number)
    return _rows(db.session.scalars(query).all())


def record(given: Sequence[Given], walk: Round) -> Collection:
    """Record a whole sheet: a payment of dues for each member, all of them or none.

    Saved again with the same key it changes nothing; with other amounts it is an error. The
    caller commits.
    """
    if not given:
        raise DomainError(_("Enter how much money was received."))
    known = positions([one.member for one in given])
    till = walk.method.till()
    posted = post_many([_entry(one, known[one.member.id], walk, till) for one in given])
    if any(one.again for one in posted):
        return _saved_before(walk.key, posted)
    passive.resume([one.member for one in given], on=walk.on, reason=PAID)
    return _write_down(given, posted, walk)


def find(collection_id: int) -> Collection | None:
    return db.session.scalars(
        select(Collection).where(Collection.id == collection_id)
    ).one_or_none()


def payments_of(collection: Collection) -> Sequence[CollectionPayment]:
    """The payments of a sheet in the order of their receipts."""
    query = (
        select(CollectionPayment)
        .where(CollectionPayment.collection_id == collection.id)
        .options(joinedload(CollectionPayment.member))
        .order_by(CollectionPayment.journal_id)
    )
    return db.session.scalars(query).all()


def latest(limit: int = 10) -> Sequence[tuple[Collection, int, Rupiah]]:
    """The sheets that were saved last, with how many paid and how much."""
    query = (
        select(Collection, func.count(), func.sum(CollectionPayment.amount))
        .join(CollectionPayment, CollectionPayment.collection_id == Collection.id)
        .group_by(Collection.tenant_id, Collection.id)
        .order_by(Collection.id.desc())
        .limit(limit)
    )
    return [(sheet, count, int(total)) for sheet, count, total in db.session.execute(query)]


def _rows(members: Sequence[Member]) -> list[Row]:
    known = positions(members)
    return [Row(member, known[member.id]) for member in members]


def _entry(given: Given, position: Position, walk: Round, till: AccountRole | int) -> Entry:
    member, amount = given.member, given.amount
    months = describe(position.covers(amount))
    by = f" oleh {walk.payer.name}" if walk.payer else ""
    memo = f"Simpanan wajib {months}"[:200]
    return Entry(
        on=walk.on,
        memo=f"Setoran simpanan {member.name}{by}",
        source=Source("payment", f"{walk.key}/{member.number}"),
        lines=[
            Line(till, debit=amount),
            credit(AccountRole.MANDATORY_SAVINGS, amount, member.id, memo),
        ],
        voucher=VoucherKind.CASH_IN,
    )


def _saved_before(key: UUID, posted: Sequence[Posted]) -> Collection:
    """The sheet that was saved under this key, if it said the same."""
    saved = db.session.scalars(select(Collection).where(Collection.key == key)).one()
    if {one.journal_id for one in posted} != {one.journal_id for one in payments_of(saved)}:
        raise DomainError(_("This was already recorded, and differently. Reload the page."))
    return saved


_PAYMENTS = text("""
    INSERT INTO collection_payments (tenant_id, journal_id, collection_id, member_id, amount)
    SELECT :tenant, journal_id, :collection, member_id, amount
    FROM unnest(CAST(:journals AS bigint[]), CAST(:members AS bigint[]),
                CAST(:amounts AS bigint[])) AS given (journal_id, member_id, amount)
""")


def _write_down(given: Sequence[Given], posted: Sequence[Posted], walk: Round) -> Collection:
    saved = Collection(
        key=walk.key,
        paid_on=walk.on,
        method=walk.method.value,
        place=walk.place.key[:80],
        payer_id=walk.payer.id if walk.payer else None,
        created_by=g.get("actor_id"),
    )
    db.session.add(saved)
    db.session.flush()
    parameters = {
        "tenant": current_tenant().id,
        "collection": saved.id,
        "journals": [one.journal_id for one in posted],
        "members": [one.member.id for one in given],
        "amounts": [one.amount for one in given],
    }
    db.session.connection().execute(_PAYMENTS, parameters)
    return saved
