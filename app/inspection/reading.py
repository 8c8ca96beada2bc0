"""Requests to look inside as their pages show them, with who asked and who answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from app.auth.models import User
from app.core import clock
from app.extensions import db
from app.inspection.models import Inspection, InspectionLook, InspectionState
from tenants.models import Tenant


@dataclass(frozen=True)
class Told:
    """One request, with the names that belong to it."""

    inspection: Inspection
    cooperative: Tenant
    asked_by: str
    decided_by: str
    looks: int


def of_cooperative(tenant: Tenant) -> Sequence[Told]:
    """Every request about a cooperative, the latest first."""
    return _told(_query().where(Inspection.tenant_id == tenant.id))


def of_asker(user: User) -> Sequence[Told]:
    """What somebody has asked for, the latest first."""
    return _told(_query().where(Inspection.asked_by == user.id))


def waiting_of_others(user: User) -> Sequence[Told]:
    """What colleagues wait for and somebody could grant in an emergency."""
    waiting = Inspection.state == InspectionState.WAITING
    return _told(_query().where(waiting, Inspection.asked_by != user.id))


def find(inspection_id: int) -> Told | None:
    """A request; inside a scope, one about that cooperative."""
    return next(iter(_told(_query().where(Inspection.id == inspection_id))), None)


def looks(inspection: Inspection, *, first: int, limit: int) -> Sequence[InspectionLook]:
    """The pages that were opened, the latest first."""
    query = (
        select(InspectionLook)
        .where(InspectionLook.inspection_id == inspection.id)
        .order_by(InspectionLook.id.desc())
        .offset(first)
        .limit(limit)
    )
    return db.session.scalars(query).all()


def counting_waiting(tenant: Tenant) -> Select[int]:
    """How many requests a cooperative has not answered, as a question."""
    waiting = Inspection.state == InspectionState.WAITING
    return select(func.count()).where(Inspection.tenant_id == tenant.id, waiting)


# The moment at which a question is asked, which may be long after it was put.
_NOW = bindparam("now", callable_=lambda: clock.now(), type_=DateTime(timezone=True))


def going_on(tenant: Tenant) -> Sequence[Inspection]:
    """What is in force at this moment, the one that lasts longest first."""
    query = select(Inspection).where(*_in_force(tenant)).order_by(Inspection.expires_at.desc())
    return db.session.scalars(query).all()


def counting_going_on(tenant: Tenant) -> Select[int]:
    """How many those are, as a question."""
    return select(func.count()).where(*_in_force(tenant))


def _in_force(tenant: Tenant) -> list[ColumnElement[bool]]:
    return [
        Inspection.tenant_id == tenant.id,
        Inspection.state == InspectionState.GRANTED,
        Inspection.expires_at > _NOW,
    ]


def _query() -> Select[Any]:
    asker, decider = aliased(User), aliased(User)
    opened = (
        select(func.count()).where(InspectionLook.inspection_id == Inspection.id).scalar_subquery()
    )
    return (
        select(Inspection, Tenant, asker.name, decider.name, opened)
        .join(Tenant, Tenant.id == Inspection.tenant_id)
        .join(asker, asker.id == Inspection.asked_by)
        .outerjoin(decider, decider.id == Inspection.decided_by)
        .order_by(Inspection.id.desc())
    )


def _told(query: Select[Any]) -> Sequence[Told]:
    return [
        Told(inspection, tenant, asker, decider or "", opened)
        for inspection, tenant, asker, decider, opened in db.session.execute(query)
    ]
