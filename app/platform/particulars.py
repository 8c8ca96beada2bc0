"""The particulars of a cooperative: its name and address, and what the state registered."""

from typing import Any

from sqlalchemy import select

from app.extensions import db
from tenants.models import Tenant


def amend(tenant: Tenant, **particulars: Any) -> Tenant:
    """Correct what is known of a cooperative. The caller commits."""
    kept = db.session.get_one(Tenant, tenant.id)
    for name, value in particulars.items():
        setattr(kept, name, value)
    db.session.flush()
    return kept


def is_complete(tenant: Tenant) -> bool:
    """Whether everything that letters and reports print is known."""
    return all(
        (
            tenant.address,
            tenant.founded_on,
            tenant.deed,
            tenant.legal_decree,
            tenant.business_number,
            tenant.tax_number,
            tenant.cooperative_number,
        )
    )


def another_with(ward_code: str, than: Tenant) -> bool:
    """Whether another cooperative has this ward code."""
    same = select(Tenant.id).where(Tenant.ward_code == ward_code, Tenant.id != than.id)
    return db.session.scalar(same) is not None
