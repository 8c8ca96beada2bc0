"""The nightly seal: one job for each cooperative and day."""

from typing import Any

from celery import shared_task
from sqlalchemy import text

from app.core import clock
from app.extensions import db
from app.jobs.models import Job
from app.ledger import seals
from tasks import nightly
from tasks.base import Report


@shared_task  # type: ignore[untyped-decorator]
def seal_everywhere() -> int:
    """Write down tonight's seal of every active cooperative and tell the queue."""
    return nightly.order(plan)


def plan() -> list[int]:
    """The open seals of today, one a cooperative; a night that was missed needs no making up."""
    return nightly.plan("ledger.seal", f"night/{clock.today().isoformat()}")


def seal(job: Job, report: Report) -> dict[str, Any]:
    """Seal one cooperative's journals since its last seal."""
    db.session.execute(text("SET LOCAL statement_timeout = 0"))
    head = seals.seal()
    return {"number": head.number, "head": head.digest} if head else {}
