from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import g
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.auth.models import User
from app.core import clock
from app.extensions import db

PAGE = 50


@dataclass(frozen=True)
class Filter:
    """Which events to show; what is None does not narrow."""

    actor_id: int | None = None
    record: str | None = None
    record_id: str | None = None
    on: date | None = None


def note(action: str, record: str, record_id: object, **after: Any) -> None:
    """Note an act that changes no row, such as looking at a NIK. The caller commits."""
    db.session.add(
        AuditEvent(
            tenant_id=g.tenant.id if "tenant" in g else None,
            actor_id=g.get("actor_id"),
            action=action,
            record=record,
            record_id=str(record_id),
            after=after or None,
        )
    )


def events(which: Filter, *, before_id: int | None = None) -> Sequence[tuple[AuditEvent, str]]:
    """Up to `PAGE` events with the name of who acted (empty: the system), latest first."""
    query = (
        select(AuditEvent, User.name)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(AuditEvent.tenant_id == (g.tenant.id if "tenant" in g else None))
        .order_by(AuditEvent.id.desc())
        .limit(PAGE)
    )
    for column in ("actor_id", "record", "record_id"):
        if (wanted := getattr(which, column)) is not None:
            query = query.where(getattr(AuditEvent, column) == wanted)
    if which.on is not None:
        start = clock.start_of(which.on)
        query = query.where(AuditEvent.at >= start, AuditEvent.at < start + timedelta(days=1))
    if before_id is not None:
        query = query.where(AuditEvent.id < before_id)
    return [(event, name or "") for event, name in db.session.execute(query)]


def named(found: Iterable[AuditEvent], names_somebody: Callable[[str], bool]) -> dict[int, str]:
    """The names of everybody whom the values of these events mean by their number."""
    numbers = {
        value
        for event in found
        for values in (event.before or {}, event.after or {})
        for column, value in values.items()
        if names_somebody(column) and isinstance(value, int)
    }
    query = select(User.id, User.name).where(User.id.in_(numbers))
    return {row.id: row.name for row in db.session.execute(query)} if numbers else {}


def actors() -> Sequence[tuple[int, str]]:
    """Everybody who has ever changed something in this scope, by name."""
    here = AuditEvent.tenant_id.is_not_distinct_from(g.tenant.id if "tenant" in g else None)
    query = (
        select(User.id, User.name)
        .where(User.id.in_(select(AuditEvent.actor_id).where(here).distinct()))
        .order_by(User.name)
    )
    return [(row.id, row.name) for row in db.session.execute(query)]
