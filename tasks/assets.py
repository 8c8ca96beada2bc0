"""The nightly depreciation: one job for each cooperative and month that is over."""

from typing import Any

from celery import current_app as celery
from celery import shared_task

from app.assets import depreciation
from app.extensions import db
from app.jobs import services as jobs
from app.jobs.models import Job
from tasks.base import Report, flask_app
from tenants.queries import active_tenants


@shared_task  # type: ignore[untyped-decorator]
def depreciate_everywhere() -> int:
    """Write down the last month's depreciation of every active cooperative; tell the queue."""
    with flask_app().app_context():
        planned = plan()
        db.session.commit()
    for job_id in planned:
        celery.send_task("tasks.jobs.run", args=[job_id])
    return len(planned)


def plan() -> list[int]:
    """The open depreciation jobs of the month that is over, one a cooperative."""
    month = str(depreciation.last_due())
    asked = [
        jobs.ask("assets.depreciation", f"month/{month}", tenant_id=tenant.id)
        for tenant in active_tenants()
    ]
    return [job.id for job in asked if job.is_open]


def depreciate(job: Job, report: Report) -> dict[str, Any]:
    """Book what is due in one cooperative; what was booked on its page is left alone."""
    return {"journals": len(depreciation.book())}
