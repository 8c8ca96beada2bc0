"""Whom of the city's people a cooperative's visits concern: its companion and the agency."""

from flask import abort
from flask_login import current_user

from app.auth.permissions import Permission
from app.companions import assignments, visits
from app.companions.visits import Told
from app.web.access import may
from tenants.models import Tenant
from tenants.queries import active_tenants, find_tenant


def cooperatives() -> list[Tenant]:
    """Those that whoever asks looks after, by ward; for the agency all of them."""
    if may(Permission.VISITS_APPROVE):
        return sorted(active_tenants(), key=lambda tenant: tenant.ward)
    return list(assignments.cooperatives_of(current_user.id))


def cooperative(name: str) -> Tenant:
    """A cooperative that whoever asks may visit; another's is not found."""
    tenant = find_tenant(name) or abort(404)
    return tenant if _concerns(tenant) else abort(404)


def visit(visit_id: int) -> Told:
    """A visit that whoever asks made, or that was to a cooperative of theirs."""
    told = visits.find(visit_id) or abort(404)
    own = told.visit.companion_id == current_user.id
    return told if own or _concerns(told.cooperative) else abort(404)


def own_visit(visit_id: int) -> Told:
    """A visit that whoever asks has reported; nobody else changes the report."""
    told = visit(visit_id)
    return told if told.visit.companion_id == current_user.id else abort(403)


def _concerns(tenant: Tenant) -> bool:
    return may(Permission.VISITS_APPROVE) or tenant.id in {one.id for one in cooperatives()}
