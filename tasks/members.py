"""Lists of members: entering one that was ordered, and forgetting the old ones at night."""

from typing import Any

from celery import shared_task

from app.extensions import db
from app.jobs.models import Job
from app.members import imports
from tasks.base import Report, flask_app
from tenants.models import Tenant
from tenants.queries import all_tenants
from tenants.scope import tenant_scope


def enter_list(job: Job, report: Report) -> dict[str, Any]:
    """Enter the list of an order; begun again after a lost worker, it starts from nothing."""
    return imports.carry_out(int(job.arguments["list"]), report)


@shared_task  # type: ignore[untyped-decorator]
def forget_old_lists() -> int:
    """Delete what is no longer needed of people in old lists, in every cooperative."""
    with flask_app().app_context():
        tenants = all_tenants()
        return sum(_forget_in(tenant) for tenant in tenants)


def _forget_in(tenant: Tenant) -> int:
    with tenant_scope(tenant):
        forgotten = imports.forget_old()
        db.session.commit()
    return forgotten
