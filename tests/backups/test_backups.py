"""Real copies, made by pg_dump and restored by pg_restore, on a database of their own."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.backups.standing import standing
from app.config import Misconfigured, from_environment
from app.dev.postgres import programs
from app.dev.throwaway import Throwaway
from app.extensions import db
from app.factory import create_app
from app.jobs.models import Job, JobState
from app.ledger import seals
from app.web.fitness import require_fit
from tenants.provisioning import open_city
from tenants.scope import tenant_scope
from tests.conftest import open_coop
from tests.factories import make_member, pay

pytestmark = pytest.mark.committed
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
LIVE, SCRATCH, EMPTY = (f"test_backups_{WORKER}{end}" for end in ("", "_check", "_empty"))


@pytest.fixture(scope="module")
def addresses() -> dict[str, str]:
    throwaway = Throwaway(Path(os.environ["KOPERASI_TEST_DIR"]))
    for name in (SCRATCH, EMPTY):
        throwaway.create_database(name)
    return throwaway.create_database(LIVE) | {"POSTGRES_PROGRAMS": str(programs())}


@pytest.fixture(scope="module")
def real(app: Flask, addresses: dict[str, str]) -> Iterator[Flask]:
    """The platform with one cooperative, one member and one sealed journal."""
    real = create_app(from_environment(addresses))
    with real.app_context():
        open_city(())
    with real.app_context(), tenant_scope(open_coop(real, f"cadangan-{uuid4().hex[:6]}")):
        pay(make_member("Siti"), on=date(2026, 3, 2), dues=15_000)
        seals.seal()
        db.session.commit()
    yield real
    app.extensions["celery"].set_default()
    with real.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def folder(tmp_path: Path, addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    def beside(name: str) -> str:
        return addresses["DATABASE_OWNER_URL"].replace(f"/{LIVE}", f"/{name}")

    folder = tmp_path / "cadangan"
    ours = {"BACKUP_DIR": str(folder), "BACKUP_CHECK_DATABASE_URL": beside(SCRATCH)}
    for name, value in (addresses | ours | {"EMPTY_URL": beside(EMPTY)}).items():
        monkeypatch.setenv(name, value)
    return folder


def run(real: Flask, *words: str) -> Result:
    return real.test_cli_runner().invoke(args=["backup", *words])


def last(real: Flask, kind: str) -> Job:
    with real.app_context():
        return db.session.scalars(
            select(Job).where(Job.kind == kind).order_by(Job.id.desc()).limit(1)
        ).one()


def test_a_copy_is_made_with_its_checksum_and_noted(real, folder):
    done = run(real, "make", "--tries", "1")
    assert done.exit_code == 0, done.output
    [copy] = folder.glob("*.dump")
    job = last(real, "backup.make")

    assert done.exit_code == 0, done.output
    assert copy.read_bytes()[:5] == b"PGDMP"
    assert copy.stat().st_mode & 0o077 == 0
    assert (folder / f"{copy.name}.sha256").read_text() == f"{job.result['sha256']}  {copy.name}\n"
    assert (job.state, job.attempts, job.result["bytes"]) == (
        JobState.DONE,
        1,
        copy.stat().st_size,
    )
    assert job.result["counts"]["members"] >= 1
    assert not list(folder.glob("*.part"))


def test_made_again_the_same_day_only_the_later_copy_is_kept(real, folder):
    folder.mkdir()
    for hour in ("01", "02"):
        (folder / f"koperasi-20200105T{hour}0000Z-0001.dump").touch()
    (folder / "surat.txt").touch()
    assert run(real, "make").exit_code == 0

    assert len(list(folder.glob("*.dump"))) == 2  # today's, and the later one of that day
    assert (folder / "koperasi-20200105T020000Z-0001.dump").exists()
    assert (folder / "surat.txt").exists()
    assert last(real, "backup.make").result["deleted"] == 1


def test_a_young_copy_is_enough(real, folder):
    run(real, "make", "--tries", "1")

    assert "young enough" in run(real, "make", "--if-older", "20").output
    assert len(list(folder.glob("*.dump"))) == 1


def test_the_newest_copy_is_restored_on_trial_and_its_books_hold(real, folder):
    run(real, "make", "--tries", "1")
    done = run(real, "check")
    job = last(real, "backup.check")

    assert done.exit_code == 0, done.output
    assert job.result["rows"] > 100
    with psycopg.connect(
        os.environ["BACKUP_CHECK_DATABASE_URL"].replace("+psycopg", "")
    ) as scratch:
        query = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert scratch.execute(query).fetchone() == (0,)


def test_a_young_proof_is_enough(real, folder):
    run(real, "make", "--tries", "1")
    run(real, "check")

    assert "young enough" in run(real, "check", "--if-older", "6").output
    with real.app_context():
        assert standing().days_since_check == 0


def test_books_that_were_changed_by_hand_do_not_pass_the_check(real, folder, addresses):
    address = addresses["SUPERUSER_URL"].replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as superuser:
        superuser.execute("UPDATE account_months SET debit = debit + 1")
        run(real, "make", "--tries", "1")
        done = run(real, "check")
        superuser.execute("UPDATE account_months SET debit = debit - 1")

    assert done.exit_code == 1
    assert "cadangan-" in last(real, "backup.check").error
    with real.app_context():
        assert standing().check_failed


def test_a_copy_that_was_damaged_is_not_restored(real, folder):
    run(real, "make", "--tries", "1")
    [copy] = folder.glob("*.dump")
    copy.write_bytes(copy.read_bytes()[:-1] + b"x")
    done = run(real, "check")

    assert done.exit_code == 1
    assert "checksum" in done.output or "sidik" in done.output


def test_only_a_database_named_as_scratch_is_ever_emptied(real, folder, addresses, monkeypatch):
    run(real, "make", "--tries", "1")
    monkeypatch.setenv("BACKUP_CHECK_DATABASE_URL", addresses["DATABASE_OWNER_URL"])

    assert run(real, "check").exit_code == 1
    with real.app_context():
        assert db.session.scalar(select(func.count()).select_from(Job))


def test_a_folder_that_cannot_be_written_is_noted(real, folder, monkeypatch):
    folder.touch()
    done = run(real, "make", "--tries", "1")
    job = last(real, "backup.make")

    assert done.exit_code == 1
    assert (job.state, str(folder) in job.error) == (JobState.FAILED, True)


@pytest.mark.parametrize("wrong", ["DATABASE_URL", "SUPERUSER_URL"])
def test_a_role_that_sees_less_or_may_write_makes_no_copy(real, folder, monkeypatch, wrong):
    monkeypatch.setenv("BACKUP_DATABASE_URL", os.environ[wrong])
    done = run(real, "make", "--tries", "2", "--pause", "0")
    job = last(real, "backup.make")

    assert done.exit_code == 1
    assert (job.state, job.attempts) == (JobState.FAILED, 2)
    assert "BACKUP_DATABASE_URL" in job.error
    assert not list(folder.glob("*"))


def test_a_database_that_does_not_answer_is_noted_without_its_password(real, folder, monkeypatch):
    monkeypatch.setenv("BACKUP_DATABASE_URL", "postgresql://siapa:rahasia@127.0.0.1:1/x")
    done = run(real, "make", "--tries", "1")

    assert done.exit_code == 1
    assert "siapa" in last(real, "backup.make").error
    assert "rahasia" not in done.output + last(real, "backup.make").error


def test_a_copy_is_put_back_into_an_empty_database_and_never_over_another(real, folder):
    run(real, "make", "--tries", "1")
    over = run(real, "restore", "--into", os.environ["DATABASE_OWNER_URL"])
    address = os.environ["EMPTY_URL"]
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as empty:
        empty.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    done = run(real, "restore", "--into", address)
    copy = create_app(
        from_environment(
            dict(os.environ)
            | {"DATABASE_URL": os.environ["DATABASE_URL"].replace(f"/{LIVE}", f"/{EMPTY}")}
        )
    )
    try:
        verified = copy.test_cli_runner().invoke(args=["ledger", "verify"])
    finally:
        real.extensions["celery"].set_default()
        with copy.app_context():
            db.engine.dispose()

    assert over.exit_code == 1
    assert done.exit_code == 0, done.output
    assert verified.output == "OK\n"


def test_the_role_of_the_backup_reads_everybody_and_writes_nothing(real, addresses):
    with psycopg.connect(addresses["BACKUP_DATABASE_URL"].replace("+psycopg", "")) as backup:
        assert backup.execute("SELECT count(*) FROM members").fetchone() >= (1,)
        backup.rollback()
        backup.execute("SET default_transaction_read_only = off")
        backup.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            backup.execute("DELETE FROM members")


def test_the_platform_does_not_start_as_the_backup(app, real, addresses):
    unfit = create_app(
        from_environment(addresses | {"DATABASE_URL": addresses["BACKUP_DATABASE_URL"]})
    )
    try:
        with pytest.raises(Misconfigured, match="bypasses row security"):
            require_fit(unfit)
    finally:
        app.extensions["celery"].set_default()
