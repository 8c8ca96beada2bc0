"""A long list, and a worker that is killed while it enters one: on a database of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.config import from_environment
from app.dev.throwaway import Throwaway
from app.extensions import db
from app.factory import create_app
from app.jobs.models import Job, JobState
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members import imports
from app.members.models import ImportMode, ImportState, Member
from tasks import jobs as queue
from tenants.models import Tenant
from tenants.provisioning import open_city
from tenants.scope import tenant_scope
from tests.conftest import open_coop

pytestmark = pytest.mark.committed
LONG = 20_000

# What a worker does with one job, in a process that can be killed.
WORKER = """
import sys
from app.factory import create_app
from tasks import jobs
with create_app().app_context():
    pass
print("ready", flush=True)
jobs.run(int(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def env() -> dict[str, str]:
    return Throwaway(Path(os.environ["KOPERASI_TEST_DIR"])).create_database("test_import")


@pytest.fixture(scope="module")
def real(app: Flask, env: dict[str, str]) -> Iterator[Flask]:
    """The platform where commits are commits."""
    real = create_app(from_environment(env))
    with real.app_context():
        open_city(())
    yield real
    app.extensions["celery"].set_default()
    with real.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def coop(real: Flask) -> Tenant:
    return open_coop(real, f"impor-{uuid4().hex[:6]}")


def a_list(count: int) -> bytes:
    people = (
        f"Orang {n};337501{n % 28 + 1:02d}{n // 28 % 12 + 1:02d}80{n // 336 + 1:04d};25000;15000"
        for n in range(count)
    )
    return "\n".join(["Nama;NIK;Pokok;Wajib", *people]).encode()


def ordered(content: bytes) -> int:
    kept = imports.keep(content, "anggota.csv")
    job = imports.order(kept, ImportMode.ALL, key=str(uuid4()))
    db.session.commit()
    return job.id


def registered() -> int:
    return db.session.scalar(select(func.count()).select_from(Member)) or 0


def test_twenty_thousand_rows_are_examined_and_entered_in_seconds(real, coop):
    with real.app_context(), tenant_scope(coop):
        began = time.monotonic()
        job_id = ordered(a_list(LONG))
        examined = time.monotonic()
        kept = imports.recent()[0].kept
    queue.run(job_id)
    entered = time.monotonic()

    with real.app_context(), tenant_scope(coop):
        kept = imports.find(kept.id)
        assert (kept.state, kept.good, kept.bad) == (ImportState.ENTERED, LONG, 0)
        assert kept.saved_in_all == LONG * 40_000
        assert registered() == LONG
        assert db.session.get_one(Job, job_id).done == LONG - 1_000
        assert ledger.total(AccountRole.PRINCIPAL_SAVINGS) == LONG * 25_000
    # Generous: the machine may be busy. Measured alone it takes 1,4 and 5 seconds.
    assert examined - began < 20
    assert entered - examined < 60


def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_retry_enters_all(real, coop, env):
    with real.app_context(), tenant_scope(coop):
        job_id = ordered(a_list(6_000))
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(job_id)],
        env=os.environ | env,
        stdout=subprocess.PIPE,
    )
    try:
        wait_until_half_way(real, job_id)
    finally:
        worker.kill()
        worker.wait()
        worker.stdout.close()

    with real.app_context(), tenant_scope(coop):
        assert registered() == 0
        assert db.session.get_one(Job, job_id).state is JobState.RUNNING
        fall_silent(job_id)
    queue.sweep()
    queue.run(job_id)
    with real.app_context(), tenant_scope(coop):
        job = db.session.get_one(Job, job_id)
        assert (job.state, job.attempts, job.result["good"]) == (JobState.DONE, 2, 6_000)
        assert registered() == 6_000
        assert db.session.scalar(select(func.max(Member.number))) == 6_000
        assert ledger.total(AccountRole.MANDATORY_SAVINGS) == 6_000 * 15_000


def wait_until_half_way(real: Flask, job_id: int) -> None:
    for _ in range(600):
        with real.app_context():
            job = db.session.get_one(Job, job_id)
            assert job.state is not JobState.DONE, "it was too fast to be killed"
            if job.done >= 1_000:
                return
        time.sleep(0.05)
    raise AssertionError("the worker did not begin")


def fall_silent(job_id: int) -> None:
    """As two minutes later."""
    db.session.execute(
        text(
            "UPDATE jobs SET created_at = created_at - interval '5 minutes',"
            " heartbeat_at = heartbeat_at - interval '5 minutes' WHERE id = :job"
        ),
        {"job": job_id},
    )
    db.session.commit()
