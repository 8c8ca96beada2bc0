from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, bindparam, func, or_, select, update

from app.audit import services as audit
from app.core import clock
from app.core.errors import DomainError
from app.core.identity import Nik, Sex
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import Party
from app.members.models import Member, MemberState, PassiveSpell
from tenants.definitions import Key
from tenants.settings import history, setting


@dataclass(frozen=True)
class Particulars:
    """What is written down of a person, in the order of a KTP."""

    nik: Nik
    name: str
    birth_place: str = ""
    born_on: date | None = None  # where it differs from the NIK, with a note why
    birth_note: str = ""
    address: str = ""
    rt: str = ""
    rw: str = ""
    phone: str = ""
    occupation: str = ""
    group: str = ""
    business: str = ""
    note: str = ""
    heir_name: str = ""
    heir_relation: str = ""
    heir_phone: str = ""
    sex: Sex | None = field(default=None)


class AlreadyMember(DomainError):
    """A NIK that is registered here; `member` is who it belongs to."""

    def __init__(self, member: Member) -> None:
        super().__init__(
            _(
                "This NIK is registered already: %(name)s, %(code)s.",
                name=member.name,
                code=member.code,
            )
        )
        self.member = member


def register(who: Particulars, *, on: date, consent: bool) -> Member:
    """Enter a person in the register under the next number, as a candidate (calon).

    Raises `AlreadyMember` for a NIK that is registered and has not left. Where the
    cooperative admits on registration, the person is a member at once. The caller commits.
    """
    if (known := find_by_nik(who.nik.digits)) is not None:
        raise AlreadyMember(known)
    party = ledger.open_party(who.name)
    member = Member(
        id=party.id,
        party=party,
        number=ledger.next_number("member"),
        registered_on=on,
        consent_version=consent_version() if consent else "",
        consent_at=clock.now() if consent else None,
    )
    _write(member, who)
    db.session.add(member)
    db.session.flush()
    if setting(Key.ADMISSION, on) == "registration":
        activate(member, on=on)
    return member


def amend(member: Member, who: Particulars) -> None:
    """Correct a member's particulars; what they were before stands in the audit trail."""
    known = find_by_nik(who.nik.digits)
    if known is not None and known.id != member.id:
        raise AlreadyMember(known)
    _write(member, who)
    member.party.name = who.name
    db.session.flush()


def activate(member: Member, *, on: date) -> None:
    """Make a candidate a member from a day on; who is one already stays as they are.

    One statement, so that the register is right even when two people do it at once.
    """
    db.session.execute(
        update(Member)
        .where(Member.id == member.id, Member.joined_on.is_(None), Member.left_on.is_(None))
        .values(joined_on=max(on, member.registered_on))
    )
    db.session.refresh(member, ["joined_on"])


def agree(member: Member) -> None:
    """Note that a member agreed to what is kept of them; who has agreed already is left alone.

    Whoever came from a list was a member on paper, and is asked when they next come by.
    """
    if member.consent_at is None:
        member.consent_version, member.consent_at = consent_version(), clock.now()
        db.session.flush()


def leave(member: Member, *, on: date, reason: str) -> None:
    """Note that a member has left: no dues from the next month on. Their savings stay theirs."""
    if member.left_on is not None:
        raise DomainError(_("This member has left already."))
    if on < (member.joined_on or member.registered_on):
        raise DomainError(_("Nobody leaves before they joined."))
    member.left_on, member.left_reason = on, reason
    db.session.flush()


def reveal_nik(member: Member) -> str:
    """The whole NIK; who looked is noted. The caller commits."""
    audit.note("looked", "members", member.id, field="nik")
    return member.nik


_BY_NUMBER = select(Member).where(Member.number == bindparam("number"))


def find(number: int) -> Member | None:
    return db.session.scalars(_BY_NUMBER, {"number": number}).one_or_none()


def find_by_nik(digits: str) -> Member | None:
    """The person with this NIK who has not left."""
    query = select(Member).where(Member.nik == digits, Member.left_on.is_(None))
    return db.session.scalars(query).one_or_none()


def find_by_party(party_id: int) -> Member | None:
    return db.session.scalars(select(Member).where(Member.id == party_id)).one_or_none()


def left_by(day: date) -> set[int]:
    """The parties of those who have left by the end of a day."""
    return set(db.session.scalars(select(Member.id).where(Member.left_on <= day)))


def search(text: str, *, limit: int = 8) -> Sequence[Member]:
    """Members whose name, number or telephone contains what was typed, best first.

    Where nothing contains it, names that sound alike (trigrams): "Sitti" finds Siti.
    """
    query = (
        select(Member).join(Party, Party.id == Member.id).where(Party.tenant_id == Member.tenant_id)
    )
    closest = func.similarity(Party.name, text).desc()
    found = query.where(matches(text)).order_by(closest, Member.number).limit(limit)
    members = db.session.scalars(found).all()
    if members or len(text) < 3:
        return members
    alike = query.where(func.similarity(Party.name, text) > 0.25)
    return db.session.scalars(alike.order_by(closest, Member.number).limit(limit)).all()


def numbered_after(number: int, *, limit: int) -> Sequence[Member]:
    """The next people in the register, by number, who have not left."""
    query = select(Member).where(Member.number > number, Member.left_on.is_(None))
    return db.session.scalars(query.order_by(Member.number).limit(limit)).all()


def by_number() -> dict[int, Member]:
    """The whole register, those who have left included, by number."""
    return {member.number: member for member in db.session.scalars(select(Member))}


def matches(text: str) -> Any:
    """The condition that a member's name, number or telephone contains what was typed."""
    text = " ".join(text.split())
    pattern = f"%{text.replace('%', '').replace('_', '')}%"
    conditions: list[Any] = [Party.name.ilike(pattern)]
    digits = "".join(c for c in text if c.isdecimal())
    if text.upper().lstrip("A").lstrip("0").isdecimal() and len(digits) <= 6:
        conditions.append(Member.number == int(digits))
    local = digits.removeprefix("62") if digits.startswith("62") else digits.lstrip("0")
    if len(local) >= 3:  # fewer stand in nearly every telephone number
        conditions.append(Member.phone.like(f"%{local}%"))
    return or_(*conditions)


def count(state: MemberState) -> int:
    """How many people are in a state now."""
    return db.session.scalar(counting(state)) or 0


def counting(state: MemberState) -> Select[int]:
    """The same as a question, to be asked together with others."""
    return select(func.count()).select_from(Member).where(in_state(state))


def in_state(state: MemberState) -> Any:
    """The condition that a member is a candidate, active, passive, or has left."""
    if state is MemberState.LEFT:
        return Member.left_on.is_not(None)
    passive = Member.id.in_(select(PassiveSpell.member_id).where(PassiveSpell.until_on.is_(None)))
    here = Member.left_on.is_(None)
    match state:
        case MemberState.PASSIVE:
            return here & passive
        case MemberState.ACTIVE:
            return here & Member.joined_on.is_not(None) & ~passive
        case _:
            return here & Member.joined_on.is_(None)


def consent_version() -> str:
    """The version of the consent text in force: the day from which it counts."""
    known = [row for row in history(Key.CONSENT) if row.from_date <= clock.today()]
    return max((row.from_date for row in known), default=clock.today()).isoformat()


def columns_of(who: Particulars) -> dict[str, Any]:
    """What stands of a person in the register, as its columns; the name is the party's."""
    plain = (f.name for f in fields(who) if f.name not in ("nik", "name", "born_on", "sex"))
    return {
        **{name: getattr(who, name) for name in plain},
        "nik": who.nik.digits,
        "sex": who.sex or who.nik.sex,
        "born_on": who.born_on or who.nik.born_on,
    }


def _write(member: Member, who: Particulars) -> None:
    for name, value in columns_of(who).items():
        setattr(member, name, value)
