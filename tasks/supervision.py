"""The nightly reports: one job for each cooperative and day."""

from datetime import date
from typing import Any

from celery import shared_task

from app.core import clock
from app.core.period import Period
from app.jobs.models import Job
from app.launch import readiness
from app.supervision import reporting
from tasks import nightly
from tasks.base import Report


@shared_task  # type: ignore[untyped-decorator]
def report_everywhere() -> int:
    """Write down today's report of every active cooperative and tell the queue."""
    return nightly.order(plan)


def plan() -> list[int]:
    """The open reports of today, one a cooperative; made where there is none yet."""
    today = clock.today().isoformat()
    return nightly.plan("supervision.report", f"night/{today}", on=today)


def report(job: Job, report: Report) -> dict[str, Any]:
    """Report the day asked for, and the month before it once more while it may still change."""
    on = date.fromisoformat(job.arguments.get("on") or clock.today().isoformat())
    reporting.report(Period.of(on).previous().last_day)
    found = reporting.report(on)
    readiness.report()
    reporting.forget_old_days()
    return {"members": found["members_active"], "on": on.isoformat()}
