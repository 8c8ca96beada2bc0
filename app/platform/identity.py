"""A cooperative's name and address, and what becomes of it: renamed, suspended, merged."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql

from app.core import clock
from app.core.errors import DomainError, Invalid
from app.extensions import db
from app.platform import particulars
from tenants.models import AT_REST, FormerSlug, Tenant, TenantStatus
from tenants.provisioning import change_status
from tenants.queries import find_moved, find_tenant, statuses


def rename(tenant: Tenant, *, slug: str, name: str, legal_name: str) -> None:
    """Give a cooperative another name or address; the earlier address leads to the new one.

    `Invalid` for an address that another has or once had. The caller commits.
    """
    if is_taken(slug, than=tenant):
        raise Invalid(_("Another cooperative has or had this address."))
    if slug != tenant.slug:
        db.session.execute(delete(FormerSlug).where(FormerSlug.slug == slug))
        left = {"slug": tenant.slug, "tenant_id": tenant.id, "until": clock.now()}
        db.session.execute(postgresql.insert(FormerSlug).values(left))
    particulars.amend(tenant, slug=slug, name=name, legal_name=legal_name)


def is_taken(slug: str, *, than: Tenant | None = None) -> bool:
    """Whether an address belongs to a cooperative, or did: printed papers still name it."""
    holders = (find_tenant(slug), find_moved(slug))
    return any(holder is not None and (not than or holder.id != than.id) for holder in holders)


def merge(tenant: Tenant, into: Tenant, *, on: date, note: str) -> None:
    """Close a cooperative that was dissolved into another; its books stay to be read.

    Nobody is moved: each member decides and joins the other one anew. `Invalid` for a day
    before its last status, which would go on counting. The caller commits.
    """
    if tenant.id == into.id:
        raise DomainError(_("A cooperative cannot be merged into itself."))
    _lock(tenant, into)
    last = statuses(tenant)[0]
    if last.status is TenantStatus.MERGED:
        raise DomainError(_("It has been merged already, or will be."))
    if not into.is_active or statuses(into)[0].status in AT_REST:
        raise DomainError(_("Choose a cooperative that is at work, and will be."))
    if on < last.from_date:
        day = last.from_date.strftime("%d-%m-%Y")
        raise Invalid(_("Its status changed on %(day)s. A merger is dated then or later.", day=day))
    change_status(tenant, TenantStatus.MERGED, on=on, note=note, merged_into=into.id)


def _lock(*tenants: Tenant) -> None:
    """Let no other merger of these go on meanwhile: two could each end in the other."""
    both = Tenant.id.in_([tenant.id for tenant in tenants])
    db.session.execute(select(Tenant.id).where(both).order_by(Tenant.id).with_for_update())
