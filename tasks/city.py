"""The city's own chores of the night: what has outlived its purpose or its time."""

from celery import shared_task

from app.companions import retention
from app.extensions import db
from app.inspection import services as inspections
from tasks.base import flask_app


@shared_task  # type: ignore[untyped-decorator]
def tidy_up() -> dict[str, int]:
    """Forget who came to old visits, and let requests that nobody answered lapse."""
    with flask_app().app_context():
        done = {"visits": retention.forget_old(), "requests": inspections.lapse_unanswered()}
        db.session.commit()
    return done
