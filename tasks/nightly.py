"""Work of every night: one job for each active cooperative, under a key that tells the night."""

from collections.abc import Callable
from typing import Any

from celery import current_app as celery

from app.extensions import db
from app.jobs import services as jobs
from tasks.base import flask_app
from tenants.queries import active_tenants


def plan(kind: str, key: str, **arguments: Any) -> list[int]:
    """The open jobs of a night, one a cooperative; made where there is none yet.

    The caller commits.
    """
    asked = [jobs.ask(kind, key, tenant_id=tenant.id, **arguments) for tenant in active_tenants()]
    return [job.id for job in asked if job.is_open]


def order(planning: Callable[[], list[int]]) -> int:
    """Write a night's jobs down, tell the queue of them, and return how many."""
    with flask_app().app_context():
        planned = planning()
        db.session.commit()
    for job_id in planned:
        celery.send_task("tasks.jobs.run", args=[job_id])
    return len(planned)
