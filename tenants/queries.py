"""Reading the list of cooperatives, from outside any scope."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select

from app.core import clock
from app.extensions import db
from tenants.models import FormerSlug, Tenant, TenantStatus, TenantStatusChange


def get_tenant(tenant_id: int) -> Tenant:
    return db.session.get_one(Tenant, tenant_id)


def find_tenant_by_id(tenant_id: int) -> Tenant | None:
    return db.session.get(Tenant, tenant_id)


def find_tenant(slug: str) -> Tenant | None:
    return db.session.scalar(select(Tenant).where(Tenant.slug == slug))


def find_moved(slug: str) -> Tenant | None:
    """The cooperative that once had this address."""
    query = select(Tenant).join(FormerSlug, FormerSlug.tenant_id == Tenant.id)
    return db.session.scalar(query.where(FormerSlug.slug == slug))


def all_tenants() -> Sequence[Tenant]:
    """Every cooperative of the city, by district and ward."""
    return db.session.scalars(select(Tenant).order_by(Tenant.district, Tenant.ward)).all()


def count_called(words: str) -> int:
    """How many cooperatives are called so, or lie in a district called so."""
    return db.session.scalar(select(func.count(Tenant.id)).where(_called(words))) or 0


def called(words: str, *, first: int, limit: int) -> Sequence[Tenant]:
    """A page of those, by district and ward."""
    query = select(Tenant).where(_called(words)).order_by(Tenant.district, Tenant.ward)
    return db.session.scalars(query.offset(first).limit(limit)).all()


def active_tenants() -> Sequence[Tenant]:
    """Those that are at work, in the order in which they were opened."""
    tenants = db.session.scalars(select(Tenant).order_by(Tenant.id))
    return [tenant for tenant in tenants if tenant.is_active]


def _called(words: str) -> ColumnElement[bool]:
    names = (Tenant.ward, Tenant.name, Tenant.legal_name, Tenant.district, Tenant.slug)
    return or_(*(name.icontains(words, autoescape=True) for name in names))


def standing_by_itself(tenant: str, day: str) -> str:
    """SQL: that a cooperative has not been merged into another by a day; both given in SQL.

    Written for the hash of a few mergers, and not one look-up for each of thousands.
    """
    return f"""
        NOT EXISTS (
            SELECT FROM tenant_statuses merger
            WHERE merger.tenant_id = {tenant} AND merger.status = '{TenantStatus.MERGED}'
              AND merger.from_date <= {day}
              AND NOT EXISTS (
                  SELECT FROM tenant_statuses later
                  WHERE later.tenant_id = merger.tenant_id AND later.from_date <= {day}
                    AND (later.from_date, later.created_at)
                        > (merger.from_date, merger.created_at)))
    """  # noqa: S608 (names of columns and parameters)


def statuses(tenant: Tenant) -> Sequence[TenantStatusChange]:
    """The steps in a cooperative's life, the latest first."""
    query = (
        select(TenantStatusChange)
        .where(TenantStatusChange.tenant_id == tenant.id)
        .order_by(TenantStatusChange.from_date.desc(), TenantStatusChange.created_at.desc())
    )
    return db.session.scalars(query).all()


def present_step(tenant: Tenant) -> TenantStatusChange | None:
    """The step that made the cooperative what it is today."""
    come = [step for step in statuses(tenant) if step.from_date <= clock.today()]
    return come[0] if come else None
