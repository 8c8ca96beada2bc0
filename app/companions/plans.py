"""Planned visits, and the month's calendar of what was planned and made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select

from app.auth.models import User
from app.companions import visits
from app.companions.models import Visit, VisitPlan
from app.companions.visits import Told
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.core.period import Period
from app.extensions import db
from tenants.models import Tenant


@dataclass(frozen=True)
class Planned:
    """A plan with the cooperative and the name of whose plan it is."""

    plan: VisitPlan
    cooperative: Tenant
    companion: str


@dataclass(frozen=True)
class Day:
    """What a day of the calendar holds: plans not carried out yet, and visits."""

    on: date
    plans: Sequence[Planned]
    visits: Sequence[Told]


def plan(cooperative: Tenant, *, on: date, purpose: str, by: int, key: UUID) -> VisitPlan:
    """Plan a visit; again with the same key, it is the one planned. The caller commits."""
    found = db.session.scalar(select(VisitPlan).where(VisitPlan.key == key))
    if found is not None:
        return found
    if on < clock.today():
        raise Invalid(_("This day is past. Record the visit instead."))
    planned = VisitPlan(
        tenant_id=cooperative.id, planned_on=on, purpose=purpose, companion_id=by, key=key
    )
    db.session.add(planned)
    db.session.flush()
    return planned


def cancel(planned: VisitPlan) -> None:
    """Give a plan up; again, it stays given up. The caller commits."""
    db.session.refresh(planned, with_for_update=True)
    if planned.visit_id is not None:
        raise DomainError(_("This visit has been made already."))
    planned.cancelled_at = planned.cancelled_at or clock.now()
    db.session.flush()


def fulfil(visit: Visit, plan_id: int | None) -> None:
    """Tie a visit to the plan it carries out: the one named, else its maker's for that day."""
    query = select(VisitPlan).where(
        VisitPlan.tenant_id == visit.tenant_id,
        VisitPlan.companion_id == visit.companion_id,
        VisitPlan.id == plan_id if plan_id else VisitPlan.planned_on == visit.visited_on,
        *_open(),
    )
    planned = db.session.scalar(query.order_by(VisitPlan.id).limit(1).with_for_update())
    if planned is not None:
        planned.visit_id = visit.id
        db.session.flush()


def find(plan_id: int) -> Planned | None:
    return next(iter(_planned(VisitPlan.id == plan_id)), None)


def between(first: date, last: date, *, by: int | None = None) -> Sequence[Planned]:
    """Every plan of these days that was not given up (of one companion)."""
    theirs = [VisitPlan.companion_id == by] if by else []
    kept = VisitPlan.cancelled_at.is_(None)
    return _planned(VisitPlan.planned_on.between(first, last), kept, *theirs)


def calendar(period: Period, *, by: int | None = None) -> list[Day]:
    """Every day of a month (of one companion); a plan that was carried out is its visit."""
    first, last = period.first_day, period.last_day
    planned = [one for one in between(first, last, by=by) if one.plan.is_open]
    made = visits.between(first, last, by=by)
    return [
        Day(
            on,
            [one for one in planned if one.plan.planned_on == on],
            [told for told in made if told.visit.visited_on == on],
        )
        for on in period.days()
    ]


def _open() -> tuple[ColumnElement[bool], ...]:
    return (VisitPlan.cancelled_at.is_(None), VisitPlan.visit_id.is_(None))


def _planned(*which: ColumnElement[bool]) -> list[Planned]:
    query = (
        select(VisitPlan, Tenant, User.name)
        .join(Tenant, Tenant.id == VisitPlan.tenant_id)
        .join(User, User.id == VisitPlan.companion_id)
        .where(*which)
        .order_by(VisitPlan.planned_on, VisitPlan.id)
    )
    return [Planned(*row) for row in db.session.execute(query)]
