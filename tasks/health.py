"""A sign of life: a worker that is alive keeps a key from expiring."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from app.jobs.pulse import say_alive
from tasks.base import flask_app


@shared_task  # type: ignore[untyped-decorator]
def beat() -> None:
    """Say that a worker is taking tasks (see /readyz)."""
    with flask_app().app_context():
        say_alive()


@worker_ready.connect  # type: ignore[untyped-decorator]
def begin(**_signal: Any) -> None:
    """The first sign, without waiting for the schedule."""
    beat()
