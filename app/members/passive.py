"""Members who are passive (pasif) for a time: decided from a list, with the reason kept."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import g
from sqlalchemy import select, text
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
    new = db.session.execute(
        postgresql.insert(PassiveSpell)
        .values([_spell(member, on, reason) for member in members])
        .on_conflict_do_nothing()
        .returning(PassiveSpell.member_id)
    ).all()
    _forget(members)
    return len(new)


def _spell(member: Member, on: date, reason: str) -> dict[str, Any]:
    return {
        "tenant_id": current_tenant().id,
        "member_id": member.id,
        "from_on": on,
        "reason": reason,
        "end_reason": "",
        "created_at": clock.now(),
        "created_by": g.get("actor_id"),
    }


# Part of every payment of dues, hence SQL and not the ORM.
_RESUME = text("""
    UPDATE passive_spells SET until_on = greatest(from_on, CAST(:on AS date)), end_reason = :reason
    WHERE tenant_id = :tenant AND member_id = ANY(:members) AND until_on IS NULL
    RETURNING member_id
""")


def resume(members: Sequence[Member], *, on: date, reason: str) -> int:
    """Let passive members be active again; the others are left alone. Says how many were passive.

    The caller commits.
    """
    values = {
        "tenant": current_tenant().id,
        "members": [member.id for member in members],
        "on": on,
        "reason": reason,
    }
    ended = db.session.connection().execute(_RESUME, values).all()
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
