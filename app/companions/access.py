"""Whom of the city's people a cooperative's visits concern: its companion and the agency."""

from flask import abort
from flask_babel import gettext as _
from flask_login import current_user

from app.auth.permissions import Permission
from app.companions import assignments, findings, visits
from app.companions.findings import Found
from app.companions.visits import Told
from app.core.errors import DomainError
from app.supervision import mergers
from app.web.access import may
from tenants.models import Tenant, TenantStatus
from tenants.queries import active_tenants, find_moved, find_tenant


def cooperatives() -> list[Tenant]:
    """Those that whoever asks looks after, by ward; for the agency all of them."""
    if may(Permission.VISITS_APPROVE):
        return sorted(active_tenants(), key=lambda tenant: tenant.ward)
    return list(assignments.cooperatives_of(current_user.id))


def cooperative(name: str) -> Tenant:
    """A cooperative that whoever asks may visit; another's is not found."""
    tenant = find_tenant(name) or find_moved(name) or abort(404)
    return tenant if concerns(tenant.id) else abort(404)


def visited(name: str) -> Tenant:
    """A cooperative that whoever asks may visit, where there is something left to visit."""
    tenant = cooperative(name)
    if tenant.status is TenantStatus.MERGED:
        raise DomainError(_("It went into another cooperative: record the visit there."))
    return tenant


def visit(visit_id: int) -> Told:
    """A visit that whoever asks made, or that was to a cooperative of theirs."""
    told = visits.find(visit_id) or abort(404)
    own = told.visit.companion_id == current_user.id
    return told if own or concerns(told.cooperative.id) else abort(404)


def finding(finding_id: int) -> Found:
    """A finding of a visit that concerns whoever asks."""
    found = findings.find(finding_id) or abort(404)
    visit(found.finding.visit_id)
    return found


def own_visit(visit_id: int) -> Told:
    """A visit that whoever asks has reported; nobody else changes the report."""
    told = visit(visit_id)
    return told if told.visit.companion_id == current_user.id else abort(403)


def concerns(tenant_id: int) -> bool:
    """Whether whoever asks looks after a cooperative, or after the one that it went into."""
    if not may(Permission.VISITS_VIEW):
        return False
    if may(Permission.VISITS_APPROVE):
        return True
    own = {one.id for one in cooperatives()}
    return tenant_id in own or mergers.heir_of(tenant_id) in own
