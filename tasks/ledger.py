"""The nightly seal: one job for each cooperative and day."""

from typing import Any

from celery import current_app as celery
from celery import shared_task
from sqlalchemy import text

from app.core import clock
from app.extensions import db
from app.jobs import services as jobs
from app.jobs.models import Job
from app.ledger import seals
from tasks.base import Report, flask_app
from tenants.queries import active_tenants


@shared_task  # type: ignore[untyped-decorator]
def seal_everywhere() -> int:
    """Write down tonight's seal of every active cooperative and tell the queue."""
    with flask_app().app_context():
        planned = plan()
        db.session.commit()
    for job_id in planned:
        celery.send_task("tasks.jobs.run", args=[job_id])
    return len(planned)


def plan() -> list[int]:
    """The open seals of today, one a cooperative; a night that was missed needs no making up."""
    today = clock.today().isoformat()
    asked = [
        jobs.ask("ledger.seal", f"night/{today}", tenant_id=tenant.id)
        for tenant in active_tenants()
    ]
    return [job.id for job in asked if job.is_open]


def seal(job: Job, report: Report) -> dict[str, Any]:
    """Seal one cooperative's journals since its last seal."""
    db.session.execute(text("SET LOCAL statement_timeout = 0"))
    head = seals.seal()
    return {"number": head.number, "head": head.digest} if head else {}
