"""Which copies are kept, and what happens to a backup whose command was killed."""

from datetime import UTC, datetime, timedelta

import pytest

from app.backups.copies import Keep, kept_of
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.jobs import services as jobs
from app.jobs.models import Job, JobState

NIGHTS = [datetime(2026, 1, 1, 19, tzinfo=UTC) + timedelta(days=n) for n in range(120)]


def test_the_last_copies_of_days_weeks_and_months_are_kept():
    kept = sorted(kept_of(NIGHTS, Keep(daily=3, weekly=2, monthly=2)))

    assert [f"{at:%m-%d}" for at in kept] == ["03-31", "04-26", "04-28", "04-29", "04-30"]


def test_a_gap_costs_no_copy():
    assert kept_of(NIGHTS[:2], Keep(daily=14, weekly=8, monthly=120)) == set(NIGHTS[:2])


def test_nothing_is_kept_of_nothing():
    assert kept_of([], Keep(1, 1, 1)) == set()


@pytest.fixture
def killed(app) -> int:
    """A backup at work whose command fell silent."""
    with app.app_context():
        job = jobs.ask("backup.make", "2026")
        jobs.claim(job.id)
        db.session.get_one(Job, job.id).heartbeat_at = clock.now() - timedelta(minutes=3)
        db.session.commit()
        return job.id


def test_a_killed_backup_fails_and_no_worker_takes_it_up(app, killed):
    with app.app_context():
        assert killed not in [job.id for job in jobs.overdue()]
        jobs.give_up()
        db.session.commit()
        job = jobs.find(killed)

        assert job.state is JobState.FAILED
        with pytest.raises(DomainError):
            jobs.retry(job)
