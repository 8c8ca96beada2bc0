"""A worker or a database that is killed in the middle: on servers of their own."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from app.config import from_environment
from app.core.period import Period
from app.dev import processes
from app.dev.throwaway import Throwaway
from app.dues import payments
from app.dues.models import DuesCharge
from app.dues.payments import Payment
from app.extensions import db
from app.factory import create_app
from app.jobs import services as jobs
from app.jobs.models import Job, JobState
from app.ledger import services as ledger
from app.ledger import verify
from app.ledger.services import Source
from app.members import services as members
from tasks import jobs as queue
from tenants.models import Tenant
from tenants.provisioning import open_city
from tenants.queries import find_tenant
from tenants.scope import tenant_scope
from tests.conftest import open_coop
from tests.factories import make_member

pytestmark = pytest.mark.committed
DAY = date(2026, 3, 2)

# A worker that has billed everybody, and is killed before it can commit.
WORKER = """
import sys, time
from app.factory import create_app
from tasks import dues, jobs
create_app()
def slow(job, report):
    figures = dues.accrual(job, report)
    print("billed", figures["created"], flush=True)
    time.sleep(60)
    return figures
jobs.HANDLERS["dues.accrual"] = slow
jobs.run(int(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def servers() -> Iterator[Throwaway]:
    servers = Throwaway.start(durable=True)
    yield servers
    servers.stop()


@pytest.fixture
def env(servers: Throwaway) -> dict[str, str]:
    return servers.create_database("test_bad_luck")


@pytest.fixture
def real(app: Flask, env: dict[str, str]) -> Iterator[Flask]:
    """The platform where commits are commits, and survive."""
    real = create_app(from_environment(env))
    with real.app_context():
        open_city(())
    yield real
    app.extensions["celery"].set_default()
    _leave(real)


@pytest.fixture
def coop(real: Flask) -> Tenant:
    return open_coop(real, f"sial-{uuid4().hex[:6]}")


def test_a_worker_killed_while_billing_leaves_nothing_and_the_next_bills_all(real, coop, env):
    with real.app_context(), tenant_scope(coop):
        for number in range(5):
            make_member(f"Budi {number}", date(2026, 1, 5))
        job_id = jobs.ask(
            "dues.accrual", str(uuid4()), tenant_id=coop.id, period=str(Period(2026, 3))
        ).id
        db.session.commit()
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(job_id)], env=os.environ | env, stdout=subprocess.PIPE
    )
    try:
        assert worker.stdout.readline().split() == [b"billed", b"15"]
    finally:
        worker.kill()
        worker.wait()
        worker.stdout.close()

    with real.app_context(), tenant_scope(coop):
        assert _charges() == 0
        assert db.session.get_one(Job, job_id).state is JobState.RUNNING
        _fall_silent(job_id)
    queue.sweep()
    queue.run(job_id)
    with real.app_context(), tenant_scope(coop):
        job = db.session.get_one(Job, job_id)
        assert (job.state, job.attempts, job.result["created"]) == (JobState.DONE, 2, 15)
        assert _charges() == 15


def test_every_receipt_shown_before_the_database_was_killed_is_in_the_books(
    app, real, coop, servers
):
    with real.app_context(), tenant_scope(coop):
        for number in range(4):
            make_member(f"Siti {number}", date(2026, 1, 5))
    shown: dict[UUID, int] = {}
    asked: dict[UUID, int] = {}
    enough = threading.Event()

    def cash_desk(member_number: int) -> None:
        """Pay on and on; what the officer was shown is written down after the commit."""
        while True:
            key = uuid4()
            asked[key] = member_number
            try:
                shown[key] = _pay(real, coop, member_number, key)
            except OperationalError:
                return
            if len(shown) >= 40:
                enough.set()

    desks = [threading.Thread(target=cash_desk, args=(number,)) for number in range(1, 5)]
    for desk in desks:
        desk.start()
    assert enough.wait(30)
    _kill_database(servers)
    for desk in desks:
        desk.join(30)
    _leave(real)

    again = create_app(from_environment(servers.create_database("test_bad_luck")))
    try:
        _check_and_send_again(again, coop.slug, shown, asked)
    finally:
        app.extensions["celery"].set_default()
        _leave(again)


def _check_and_send_again(
    again: Flask, slug: str, shown: dict[UUID, int], asked: dict[UUID, int]
) -> None:
    with again.app_context():
        coop = find_tenant(slug)
        with tenant_scope(coop):
            for key, number in shown.items():
                journal = ledger.find_by_source(Source("payment", str(key)))
                assert journal is not None, "a receipt was shown that does not exist"
                assert journal.voucher.number == number
            assert verify.differences() == []
    # The officers send again whatever they got no answer for: it counts once.
    numbers = {key: _pay(again, coop, member, key) for key, member in asked.items()}
    with again.app_context(), tenant_scope(coop):
        assert {key: numbers[key] for key in shown} == shown
        assert sorted(numbers.values()) == list(range(1, len(asked) + 1))
        assert verify.differences() == []


def _pay(real: Flask, coop: Tenant, member_number: int, key: UUID) -> int:
    with real.app_context(), tenant_scope(coop):
        member = members.find(member_number)
        posted = payments.receive(member, Payment(voluntary=1_000), on=DAY, key=key)
        db.session.commit()
        return posted.number


def _kill_database(servers: Throwaway) -> None:
    pid = processes.read_pid(servers.folder / "postgres" / "data" / "postmaster.pid")
    os.kill(pid, signal.SIGKILL)


def _charges() -> int:
    return db.session.scalar(select(func.count()).select_from(DuesCharge)) or 0


def _fall_silent(job_id: int) -> None:
    """As minutes later."""
    db.session.execute(
        text(
            "UPDATE jobs SET created_at = created_at - interval '5 minutes',"
            " heartbeat_at = heartbeat_at - interval '5 minutes' WHERE id = :job"
        ),
        {"job": job_id},
    )
    db.session.commit()


def _leave(real: Flask) -> None:
    with real.app_context():
        for engine in db.engines.values():
            engine.dispose()
