"""The nightly reports: one job for each cooperative and day."""

from datetime import date
from typing import Any

from celery import current_app as celery
from celery import shared_task

from app.core import clock
from app.core.period import Period
from app.extensions import db
from app.jobs import services as jobs
from app.jobs.models import Job
from app.supervision import reporting
from tasks.base import Report, flask_app
from tenants.queries import active_tenants


@shared_task  # type: ignore[untyped-decorator]
def report_everywhere() -> int:
    """Write down today's report of every active cooperative and tell the queue."""
    with flask_app().app_context():
        planned = plan()
        db.session.commit()
    for job_id in planned:
        celery.send_task("tasks.jobs.run", args=[job_id])
    return len(planned)


def plan() -> list[int]:
    """The open reports of today, one a cooperative; made where there is none yet."""
    today = clock.today().isoformat()
    asked = [
        jobs.ask("supervision.report", f"night/{today}", tenant_id=tenant.id, on=today)
        for tenant in active_tenants()
    ]
    return [job.id for job in asked if job.is_open]


def report(job: Job, report: Report) -> dict[str, Any]:
    """Report the day asked for, and the month before it once more while it may still change."""
    on = date.fromisoformat(job.arguments.get("on") or clock.today().isoformat())
    reporting.report(Period.of(on).previous().last_day)
    found = reporting.report(on)
    reporting.forget_old_days()
    return {"members": found["members_active"], "on": on.isoformat()}
