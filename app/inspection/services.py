"""Asking for leave to look inside, giving and ending it. The caller commits."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from app.auth import services as people
from app.auth.models import User
from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.extensions import db
from app.inspection.models import Inspection, InspectionLook, InspectionState
from tenants.definitions import Key
from tenants.models import Tenant
from tenants.scope import current_tenant, whole_platform
from tenants.settings import setting

_LONGEST_PATH = 400


def longest() -> int:
    """For how many days at most somebody may look inside."""
    return int(setting(Key.INSPECTION_DAYS, clock.today()))


def lapses_at(inspection: Inspection) -> datetime:
    """Until when a request waits for an answer."""
    days = int(setting(Key.INSPECTION_ANSWER_DAYS, clock.today()))
    return inspection.asked_at + timedelta(days=max(days, 1))


def lapse_unanswered() -> int:
    """Let requests lapse that have waited too long; how many they were. The caller commits."""
    waiting = select(Inspection).where(Inspection.state == InspectionState.WAITING)
    late = [
        one
        for one in db.session.scalars(waiting.with_for_update())
        if lapses_at(one) <= clock.now()
    ]
    for one in late:
        one.state = InspectionState.LAPSED
    db.session.flush()
    return len(late)


def ask(tenant: Tenant, user: User, *, reason: str, days: int) -> Inspection:
    """Ask a cooperative's chair for leave. `Invalid` for a time that is none or too long."""
    if not 1 <= days <= longest():
        raise Invalid(_("Between 1 and %(most)s days.", most=longest()))
    if _has_open(tenant, user):
        raise DomainError(_("You have asked already, or have leave at this moment."))
    asked = Inspection(tenant_id=tenant.id, asked_by=user.id, reason=reason, days=days)
    db.session.add(asked)
    db.session.flush()
    return asked


def grant(inspection: Inspection, user: User) -> None:
    """The chair gives leave, from now on for as long as was asked."""
    _require_chair(user)
    _give_leave(inspection, user)


def grant_in_emergency(inspection: Inspection, user: User, *, why: str) -> None:
    """Somebody else of the agency gives leave, and says why the chair could not be waited for."""
    if not serves_agency(user):
        raise DomainError(_("Only the agency gives leave in an emergency."))
    _give_leave(inspection, user)
    inspection.emergency, inspection.answer = True, why


def refuse(inspection: Inspection, user: User, *, why: str) -> None:
    """The chair gives no leave, and says why."""
    _require_chair(user)
    if not why:
        raise Invalid(_("Say why you refuse."))
    _decide(inspection, user, InspectionState.REFUSED)
    inspection.answer = why


def withdraw(inspection: Inspection, user: User) -> None:
    """Whoever asked needs it no more."""
    if inspection.asked_by != user.id:
        raise DomainError(_("Only whoever asked takes the request back."))
    _decide(inspection, user, InspectionState.WITHDRAWN)


def end(inspection: Inspection, user: User) -> None:
    """End it before its time: whoever asked, or whoever gave leave."""
    if user.id not in (inspection.asked_by, inspection.decided_by):
        raise DomainError(_("Only whoever asked, or whoever gave leave, ends it."))
    _lock(inspection)
    if not inspection.is_in_force:
        raise DomainError(_("It has ended already."))
    inspection.state = InspectionState.ENDED
    inspection.ended_by, inspection.ended_at = user.id, clock.now()


def in_force(user: User) -> Inspection | None:
    """The leave by which somebody may look into the cooperative of this scope at this moment."""
    found = db.session.scalar(
        select(Inspection)
        .where(
            Inspection.tenant_id == current_tenant().id,
            Inspection.asked_by == user.id,
            Inspection.state == InspectionState.GRANTED,
            Inspection.expires_at > clock.now(),
        )
        .order_by(Inspection.expires_at.desc())
        .limit(1)
    )
    return found if found and serves_agency(user) else None


def note_look(inspection: Inspection, path: str) -> None:
    """Keep that a page was opened."""
    look = InspectionLook(
        tenant_id=inspection.tenant_id, inspection_id=inspection.id, path=path[:_LONGEST_PATH]
    )
    db.session.add(look)


def serves_agency(user: User) -> bool:
    """Whether somebody is of the city's agency today, wherever they are looked at from."""
    with whole_platform():
        return any(office.role is Role.CITY_AGENCY for office in people.offices_of(user))


def _give_leave(inspection: Inspection, user: User) -> None:
    if user.id == inspection.asked_by:
        raise DomainError(_("Nobody gives themselves leave."))
    _decide(inspection, user, InspectionState.GRANTED)
    inspection.expires_at = clock.now() + timedelta(days=inspection.days)


def _decide(inspection: Inspection, user: User, state: InspectionState) -> None:
    _lock(inspection)
    if inspection.state is not InspectionState.WAITING:
        raise DomainError(_("This request has been answered already."))
    if lapses_at(inspection) <= clock.now() and state is not InspectionState.WITHDRAWN:
        raise DomainError(_("This request has lapsed: it was not answered in time."))
    inspection.state = state
    inspection.decided_by, inspection.decided_at = user.id, clock.now()


def _lock(inspection: Inspection) -> None:
    """As it is now, and until the commit nobody else changes it."""
    db.session.refresh(inspection, with_for_update=True)


def _require_chair(user: User) -> None:
    if not people.presides(user.id, current_tenant()):
        raise DomainError(_("Only the chair answers this, or whoever acts for the chair."))


def _has_open(tenant: Tenant, user: User) -> bool:
    own = select(Inspection).where(
        Inspection.tenant_id == tenant.id, Inspection.asked_by == user.id
    )
    found = db.session.scalars(own).all()
    for one in found:  # the night may not have come by yet
        if one.state is InspectionState.WAITING and lapses_at(one) <= clock.now():
            one.state = InspectionState.LAPSED
    db.session.flush()
    return any(one.state is InspectionState.WAITING or one.is_in_force for one in found)
