"""A sign of life: a worker that is alive keeps a key from expiring."""

from celery import shared_task

from app.jobs.pulse import say_alive
from tasks.base import flask_app


@shared_task  # type: ignore[untyped-decorator]
def beat() -> None:
    """Say that a worker is taking tasks (see /readyz)."""
    with flask_app().app_context():
        say_alive()
