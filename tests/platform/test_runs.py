"""The operator sees what ran anywhere, has a failed run done again, and sees a worker die."""

from datetime import timedelta
from uuid import uuid4

import pytest

from app.auth.permissions import Role
from app.core import clock
from app.core.period import Period
from app.extensions import db
from app.jobs import pulse
from app.jobs import services as jobs
from app.jobs.models import JobState
from tests.factories import make_member

PAGE = "/operator/pekerjaan/"
CANARY = "Kenari Rahasia"


@pytest.fixture
def operator(sign_in):
    return sign_in(Role.CITY_OPERATOR, None)


@pytest.fixture(autouse=True)
def worker(monkeypatch):
    """A worker that gave a sign of life just now; the test may make it older."""
    seen = {"at": clock.now()}
    monkeypatch.setattr(pulse, "last_sign_of_life", lambda: seen["at"])
    return seen


def ask(scope, coop, error="", **arguments):
    with scope(coop):
        make_member("Siti", joined_on=Period.current().first_day)
        job = jobs.ask("dues.accrual", str(uuid4()), tenant_id=coop.id, **arguments)
        if error:
            jobs.claim(job.id)
            jobs.fail(job.id, error)
        db.session.commit()
        return job.id


def state_of(app, coop, scope, job_id):
    with scope(coop):
        return jobs.find(job_id).state


def test_runs_of_all_cooperatives_stand_in_one_list(operator, scope, coop, other_coop):
    ask(scope, coop)
    ask(scope, other_coop)
    page = operator.get(PAGE).text

    assert coop.ward in page
    assert other_coop.ward in page


def test_a_list_is_narrowed_by_kind_and_state(operator, scope, coop, other_coop):
    ask(scope, coop, error="KeyError: 1")
    ask(scope, other_coop)

    failed = operator.get(f"{PAGE}?keadaan=failed&jenis=dues.accrual").text
    assert coop.ward in failed
    assert other_coop.ward not in failed
    assert coop.ward not in operator.get(f"{PAGE}?jenis=ledger.seal").text
    assert operator.get(f"{PAGE}?keadaan=apa&hal=99").status_code == 200


@pytest.mark.parametrize("error", [f"{CANARY} owes too much", f"IntegrityError: nik {CANARY}"])
def test_what_a_fault_says_of_people_stays_in_the_cooperative(operator, scope, coop, error):
    ask(scope, coop, error=error)
    page = operator.get(PAGE).text

    assert coop.ward in page
    assert CANARY not in page


def test_a_failed_run_is_done_again(operator, scope, coop, app):
    job_id = ask(scope, coop, error="KeyError: 1", period=str(Period.current()))
    sent = {"key": str(uuid4())}

    assert operator.post(f"{PAGE}{job_id}/ulangi", data=sent).status_code == 303
    assert state_of(app, coop, scope, job_id) is JobState.DONE
    assert operator.post(f"{PAGE}{job_id}/ulangi", data=sent).status_code == 303  # the same form
    again = operator.post(f"{PAGE}{job_id}/ulangi", data={"key": str(uuid4())})
    assert again.status_code == 422
    assert operator.post(f"{PAGE}0/ulangi", data={"key": str(uuid4())}).status_code == 404


def test_a_worker_that_fell_silent_is_seen_within_a_minute(operator, worker):
    alive = operator.get(PAGE).text
    worker["at"] = clock.now() - timedelta(seconds=46)
    dead = operator.get(PAGE).text

    assert "Pekerja latar diam" not in alive
    assert "Pekerja latar diam" in dead
    assert 'data-hx-trigger="every 10s"' in dead


def test_a_run_at_work_is_a_sign_of_life_too(operator, worker, scope, coop):
    worker["at"] = None
    job_id = ask(scope, coop)
    with scope(coop):
        jobs.claim(job_id)
        db.session.commit()

    assert "Pekerja latar diam" not in operator.get(PAGE).text


def test_the_agency_sees_no_runs(sign_in, scope, coop):
    job_id = ask(scope, coop, error="KeyError: 1")
    agency = sign_in(Role.CITY_AGENCY, None)

    assert agency.get(PAGE).status_code == 403
    assert agency.post(f"{PAGE}{job_id}/ulangi", data={"key": str(uuid4())}).status_code == 403
