"""What the operator sees of the backups."""

from datetime import timedelta

import pytest

from app.auth.permissions import Role
from app.core import clock
from app.extensions import db
from app.jobs import services as jobs
from app.jobs.models import Job

PAGE = "/operator/pekerjaan/"
MADE = {"file": "koperasi-20261124T190000Z-0047.dump", "bytes": 3_400_000, "counts": {}}
CHECKED = {"file": MADE["file"], "tables": 90, "rows": 12_345}


@pytest.fixture
def operator(sign_in):
    return sign_in(Role.CITY_OPERATOR, None)


def ran(app, kind, result=None, *, error="", hours_ago=1):
    with app.app_context():
        job = jobs.ask(kind, f"{kind} {hours_ago} {error}")
        jobs.claim(job.id)
        jobs.fail(job.id, error) if error else jobs.finish(job.id, result)
        db.session.expire_all()
        db.session.get_one(Job, job.id).finished_at = clock.now() - timedelta(hours=hours_ago)
        db.session.commit()


def test_without_a_backup_the_page_says_how_to_make_one(operator):
    page = operator.get(PAGE).text

    assert "flask backup make" in page
    assert "flask backup check" in page


def test_the_last_good_backup_and_its_check_are_shown(operator, app):
    ran(app, "backup.make", MADE)
    ran(app, "backup.check", CHECKED)
    page = operator.get(PAGE).text

    assert "3 MB" in page
    assert "12.345" in page
    assert MADE["file"] in page
    assert "Cadangan terlewat" not in page


def test_a_missed_backup_is_warned_of(operator, app):
    ran(app, "backup.make", MADE, hours_ago=27)

    assert "Cadangan terlewat" in operator.get(PAGE).text


def test_a_failure_shows_why_until_a_later_run_is_good(operator, app):
    ran(app, "backup.make", error="pg_dump: disk full")
    failed = operator.get(PAGE).text
    ran(app, "backup.make", MADE)

    assert "pg_dump: disk full" in failed
    assert "Ulangi" not in failed.partition("cadangan")[2].partition("</section>")[0]
    assert "pg_dump: disk full" not in operator.get(PAGE).text


def test_a_failed_check_is_warned_of(operator, app):
    ran(app, "backup.make", MADE)
    ran(app, "backup.check", error="differs from its checksum")

    assert "Cadangan tidak lolos pemeriksaan" in operator.get(PAGE).text
