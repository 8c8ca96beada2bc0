"""A cooperative's name and address, and what becomes of it: renamed, suspended, merged."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql

from app.core import clock
from app.core.errors import DomainError, Invalid
from app.extensions import db
from app.platform import particulars
from tenants.models import FormerSlug, Tenant, TenantStatus
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
    if tenant.status is TenantStatus.MERGED:
        raise DomainError(_("It has been merged already."))
    if not into.is_active:
        raise DomainError(_("Choose a cooperative that is at work."))
    last = max(step.from_date for step in statuses(tenant))
    if on < last:
        day = last.strftime("%d-%m-%Y")
        raise Invalid(_("Its status changed on %(day)s. A merger is dated then or later.", day=day))
    change_status(tenant, TenantStatus.MERGED, on=on, note=note, merged_into=into.id)
