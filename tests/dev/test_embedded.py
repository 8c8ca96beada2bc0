"""The embedded services, on one throw-away cluster."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app.dev import embedded, prepare, processes
from app.dev.places import PROJECT
from app.dev.postgres import Postgres
from app.dev.roles import DATABASE
from app.dev.throwaway import Throwaway
from app.dev.valkey import Valkey


@pytest.fixture(scope="module")
def throwaway() -> Iterator[Throwaway]:
    servers = Throwaway.start(migrate=False)
    yield servers
    servers.stop()


@pytest.fixture
def services(throwaway: Throwaway) -> embedded.Services:
    return embedded.ensure(throwaway.folder, durable=False)


def test_a_second_start_reuses_the_running_servers(services: embedded.Services) -> None:
    pid = processes.read_pid(services.state / "postgres" / "data" / "postmaster.pid")
    again = embedded.ensure(services.state, durable=False)

    assert again == services
    assert processes.read_pid(services.state / "postgres" / "data" / "postmaster.pid") == pid


def test_tables_are_known_to_be_current_without_asking_alembic(
    services: embedded.Services,
) -> None:
    newest = max(file.name for file in (PROJECT / "migrations/versions").glob("[0-9]*.py"))
    env = services.environment()
    before = prepare.are_tables_current(env)
    with services.cluster.connect(DATABASE) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num text)")
        connection.execute("GRANT SELECT ON alembic_version TO koperasi_owner")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        behind = prepare.are_tables_current(env)
        connection.execute("UPDATE alembic_version SET version_num = %s", [newest[:4]])

    assert (before, behind, prepare.are_tables_current(env)) == (False, False, True)


def test_only_the_backup_bypasses_policies(services: embedded.Services) -> None:
    query = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'koperasi%' AND "
    with services.cluster.connect() as connection:
        powerful = connection.execute(query + "(rolsuper OR rolcreaterole OR rolcreatedb)")
        bypassing = connection.execute(query + "rolbypassrls AND rolcanlogin")

        assert powerful.fetchall() == []
        assert bypassing.fetchall() == [("koperasi_backup",)]


def test_the_backup_is_given_to_its_commands_alone(services: embedded.Services) -> None:
    password = services.cluster.passwords["koperasi_backup"]

    assert password not in json.dumps(services.environment())
    assert password in services.backup_environment()["BACKUP_DATABASE_URL"]


def test_the_application_gives_up_on_slow_statements_and_locks(
    services: embedded.Services,
) -> None:
    with _connect(services.environment()["DATABASE_URL"]) as connection:
        timeout = connection.execute("SHOW statement_timeout").fetchone()
        lock = connection.execute("SHOW lock_timeout").fetchone()

    assert (timeout, lock) == (("5s",), ("3s",))


def test_the_owner_owns_the_database_and_can_make_tables(services: embedded.Services) -> None:
    with _connect(services.environment()["DATABASE_OWNER_URL"]) as connection:
        connection.execute("CREATE TABLE made_by_the_owner ()")
        connection.rollback()


def test_the_application_cannot_make_tables(services: embedded.Services) -> None:
    with (
        _connect(services.environment()["DATABASE_URL"]) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE made_by_the_application ()")


def test_the_superuser_is_not_in_the_environment_of_the_product(
    services: embedded.Services,
) -> None:
    superuser = services.cluster.passwords["postgres"]

    assert superuser not in json.dumps(services.environment())
    assert superuser in services.superuser_url


def test_passwords_are_readable_by_their_owner_only(services: embedded.Services) -> None:
    assert (services.state / "secrets.json").stat().st_mode & 0o077 == 0


def test_each_database_has_its_own_queue(throwaway: Throwaway) -> None:
    first, second = (throwaway.create_database(name) for name in ("first", "second"))

    assert first["DATABASE_URL"] != second["DATABASE_URL"]
    assert first["REDIS_URL"] != second["REDIS_URL"]
    assert throwaway.create_database("first") == first


def test_killed_servers_are_started_again_at_the_same_addresses(
    services: embedded.Services,
) -> None:
    for file in ("postgres/data/postmaster.pid", "valkey/pid"):
        os.kill(_pid(services.state / file), signal.SIGKILL)
    _wait_until_down(services.state)

    assert embedded.ensure(services.state, durable=False) == services


def test_a_pid_file_that_names_a_stranger_is_not_believed(services: embedded.Services) -> None:
    embedded.stop(services.state)
    postmaster = services.state / "postgres" / "data" / "postmaster.pid"
    lines = f"{os.getpid()}\n{postmaster.parent}\n0\n1\n\n127.0.0.1\n0 0\nready   \n"
    postmaster.write_text(lines)
    (services.state / "valkey" / "pid").write_text(str(os.getpid()))

    assert not embedded.are_running(services.state)
    assert embedded.ensure(services.state, durable=False) == services


def test_stopping_the_throwaway_leaves_nothing() -> None:
    servers = Throwaway.start(migrate=False)
    pids = [_pid(servers.folder / file) for file in ("postgres/data/postmaster.pid", "valkey/pid")]
    servers.stop()

    assert not servers.folder.exists()
    assert [processes.command_line(pid) for pid in pids] == ["", ""]


def _connect(url: str) -> psycopg.Connection:
    assert url.endswith(f"/{DATABASE}")
    return psycopg.connect(url.replace("+psycopg", ""))


def _pid(file: Path) -> int:
    pid = processes.read_pid(file)
    assert pid is not None
    return pid


def _wait_until_down(state: Path) -> None:
    deadline = time.monotonic() + 5
    while Postgres(state).find_port() or Valkey(state).find_port():
        assert time.monotonic() < deadline
        time.sleep(0.02)
