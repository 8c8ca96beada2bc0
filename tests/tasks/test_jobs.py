"""Jobs, done by the tasks as a worker would do them."""

from uuid import uuid4

import pytest

from app.core.period import Period
from app.dues.standing import standing
from app.extensions import db
from app.jobs import services as jobs
from app.jobs.models import Job, JobState
from app.members import services as members
from tasks import jobs as queue
from tests.factories import make_member


def ask(scope, coop, **arguments):
    with scope(coop):
        make_member("Siti", joined_on=Period.current().first_day)
        job = jobs.ask("dues.accrual", str(uuid4()), tenant_id=coop.id, **arguments)
        db.session.commit()
        return job.id


def test_a_job_told_twice_is_done_once(scope, coop):
    job_id = ask(scope, coop, period=str(Period.current()))
    queue.run.delay(job_id)
    queue.run.delay(job_id)

    with scope(coop):
        job = db.session.get_one(Job, job_id)
        assert (job.state, job.attempts, job.result["created"]) == (JobState.DONE, 1, 1)
        assert standing(members.find(1)).owed == 15_000


def test_a_job_that_cannot_be_done_keeps_why(scope, coop):
    job_id = ask(scope, coop, period="2026-13")
    with pytest.raises(ValueError, match="no such month"):
        queue.run.delay(job_id)

    with scope(coop):
        assert db.session.get_one(Job, job_id).state is JobState.FAILED
