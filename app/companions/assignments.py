"""Who looks after which cooperative. An assignment is a companion's office there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, or_, select

from app.auth import services as auth
from app.auth.models import Office, User
from app.auth.permissions import Role
from app.core import clock
from app.core.errors import Invalid
from app.extensions import db
from tenants.models import Tenant, TenantStatus


@dataclass(frozen=True)
class Assignment:
    """That somebody looks after a cooperative, from a day (until a day)."""

    office: Office
    companion: User
    cooperative: Tenant


def companions() -> Sequence[User]:
    """Everybody who is a companion today or will be, by name."""
    query = select(User).join(Office, Office.user_id == User.id).where(*_running())
    return db.session.scalars(query.distinct().order_by(User.name)).all()


def running() -> Sequence[Assignment]:
    """The assignments that have not ended, by companion and ward."""
    query = (
        select(Office, User, Tenant)
        .join(User, User.id == Office.user_id)
        .join(Tenant, Tenant.id == Office.tenant_id)
        .where(*_running())
        .order_by(User.name, Tenant.ward)
    )
    return [Assignment(*row) for row in db.session.execute(query)]


def find(office_id: int) -> Assignment | None:
    return next((found for found in running() if found.office.id == office_id), None)


def of_cooperative(tenant_id: int) -> Sequence[Assignment]:
    """Who looks after a cooperative, or did when it went into another."""
    return [found for found in running() if found.cooperative.id == tenant_id]


def cooperatives_of(user_id: int) -> Sequence[Tenant]:
    """The cooperatives that a person looks after today, by ward; those merged are no more."""
    today = clock.today()
    query = (
        select(Tenant)
        .join(Office, Office.tenant_id == Tenant.id)
        .where(Office.user_id == user_id, Office.from_date <= today, *_running())
        .order_by(Tenant.ward)
    )
    found = db.session.scalars(query)
    return [tenant for tenant in found if tenant.status is not TenantStatus.MERGED]


def cooperatives_between(user_id: int, first: date, last: date) -> Sequence[Tenant]:
    """The cooperatives that a person looked after on some day of these, by ward."""
    query = (
        select(Tenant)
        .join(Office, Office.tenant_id == Tenant.id)
        .where(
            Office.user_id == user_id,
            Office.role == Role.CITY_COMPANION,
            Office.from_date <= last,
            or_(Office.until_date.is_(None), Office.until_date >= first),
        )
        .distinct()
        .order_by(Tenant.ward)
    )
    return db.session.scalars(query).all()


def assign(
    companion: User, cooperatives: Sequence[Tenant], *, from_date: date, until_date: date | None
) -> None:
    """Let a companion look after cooperatives. The caller commits."""
    if until_date is not None and until_date < from_date:
        raise Invalid(_("An assignment cannot end before it begins."))
    for tenant in cooperatives:
        auth.appoint(
            companion, Role.CITY_COMPANION, tenant, from_date=from_date, until_date=until_date
        )


def end(assignment: Assignment, *, last_day: date) -> None:
    """End an assignment; what was reported in its time stays. The caller commits."""
    auth.dismiss(assignment.office, last_day=last_day)


def _running() -> tuple[ColumnElement[bool], ...]:
    open_ended = or_(Office.until_date.is_(None), Office.until_date >= clock.today())
    return (Office.role == Role.CITY_COMPANION, open_ended)
