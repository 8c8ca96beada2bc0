"""Members who are passive (pasif) for a time: decided from a list, with the reason kept."""

from collections.abc import Sequence
from datetime import date

from flask import g
from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql

from app.core import clock
from app.extensions import db
from app.members.models import Member, PassiveSpell
from tenants.scope import current_tenant


def pause(members: Sequence[Member], *, on: date, reason: str) -> int:
    """Let members be passive from a day on; who is already stays so. Says how many became it.

    The caller commits.
    """
    if not members:
        return 0
    rows = [
        {
            "tenant_id": current_tenant().id,
            "member_id": member.id,
            "from_on": on,
            "reason": reason,
            "end_reason": "",
            "created_at": clock.now(),
            "created_by": g.get("actor_id"),
        }
        for member in members
    ]
    new = db.session.execute(
        postgresql.insert(PassiveSpell)
        .values(rows)
        .on_conflict_do_nothing()
        .returning(PassiveSpell.member_id)
    ).all()
    _forget(members)
    return len(new)


def resume(members: Sequence[Member], *, on: date, reason: str) -> int:
    """Let passive members be active again; the others are left alone. Says how many were passive.

    The caller commits.
    """
    ended = db.session.execute(
        update(PassiveSpell)
        .where(
            PassiveSpell.tenant_id == current_tenant().id,
            PassiveSpell.member_id.in_([member.id for member in members]),
            PassiveSpell.until_on.is_(None),
        )
        .values(until_on=func.greatest(PassiveSpell.from_on, on), end_reason=reason)
        .returning(PassiveSpell.member_id)
        .execution_options(synchronize_session=False)
    ).all()
    if ended:
        _forget(members)
    return len(ended)


def spells_of(member: Member) -> Sequence[PassiveSpell]:
    """When a member was passive, the latest first."""
    query = select(PassiveSpell).where(PassiveSpell.member_id == member.id)
    return db.session.scalars(query.order_by(PassiveSpell.from_on.desc())).all()


def now() -> Sequence[tuple[Member, PassiveSpell]]:
    """Who is passive now and has not left, by name."""
    query = (
        select(Member, PassiveSpell)
        .join(PassiveSpell, PassiveSpell.member_id == Member.id)
        .where(PassiveSpell.until_on.is_(None), Member.left_on.is_(None))
        .order_by(PassiveSpell.from_on, Member.number)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def _forget(members: Sequence[Member]) -> None:
    """What was read of their state before no longer holds."""
    for member in members:
        db.session.expire(member, ["passive_since"])
