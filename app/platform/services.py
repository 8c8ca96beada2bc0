from flask_babel import gettext as _
from sqlalchemy import select

from app.cash.categories import seed_categories
from app.cash.tills import seed_tills
from app.core.errors import DomainError
from app.extensions import db
from app.ledger.chart import seed_chart
from app.platform import identity
from tenants import provisioning
from tenants.models import Tenant

# What each domain needs from day one.
SEEDS = (seed_chart, seed_tills, seed_categories)


def open_city() -> list[Tenant]:
    """Open the wards of Pekalongan that have no cooperative here yet. Commits."""
    return provisioning.open_city(SEEDS)


def open_cooperative(*, slug: str, ward: str, ward_code: str, district: str) -> Tenant:
    """Open one cooperative. Commits; a ward or address that is taken is a `DomainError`."""
    if is_taken(slug, ward_code):
        raise DomainError(_("There is a cooperative with this address or ward code already."))
    charter = provisioning.Charter(slug=slug, ward=ward, ward_code=ward_code, district=district)
    return provisioning.open_tenant(charter, SEEDS)


def is_taken(slug: str, ward_code: str) -> bool:
    """Whether a cooperative has this address or this ward already."""
    same_ward = select(Tenant.id).where(Tenant.ward_code == ward_code)
    return identity.is_taken(slug) or db.session.scalar(same_ward) is not None
