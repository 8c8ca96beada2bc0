"""The nightly depreciation: one job for each cooperative and month that is over."""

from typing import Any

from celery import shared_task

from app.assets import depreciation
from app.jobs.models import Job
from tasks import nightly
from tasks.base import Report


@shared_task  # type: ignore[untyped-decorator]
def depreciate_everywhere() -> int:
    """Write down the last month's depreciation of every active cooperative; tell the queue."""
    return nightly.order(plan)


def plan() -> list[int]:
    """The open depreciation jobs of the month that is over, one a cooperative."""
    return nightly.plan("assets.depreciation", f"month/{depreciation.last_due()}")


def depreciate(job: Job, report: Report) -> dict[str, Any]:
    """Book what is due in one cooperative; what was booked on its page is left alone."""
    return {"journals": len(depreciation.book())}
