"""Connections keep what they have prepared, and forget what was discarded."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from app.config import psycopg_url
from app.connections import set_up, tell

PREPARED = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT 41 %'")

TENANT = text("SELECT current_setting('app.tenant_id', true)")
BACKEND = text("SELECT pg_backend_pid()")


WORDS = "SET LOCAL app.tenant_id = '7'"


@pytest.fixture
def engine(environment: dict[str, str]) -> Iterator[Engine]:
    engine = create_engine(psycopg_url(environment["DATABASE_URL"]), pool_size=1, max_overflow=0)
    set_up(engine)
    yield engine
    engine.dispose()


def ask(engine: Engine) -> int:
    """As a page does: read, and discard the transaction."""
    with engine.connect() as connection:
        return connection.execute(text("SELECT 41 + :one"), {"one": 1}).scalar_one()


def test_a_statement_stays_prepared_from_page_to_page(engine):
    assert {ask(engine) for _ in range(8)} == {42}
    with engine.connect() as connection:
        assert connection.execute(PREPARED).scalar_one() == 1


def test_what_was_not_committed_is_discarded(engine):
    with engine.connect() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE draft (line bigint) ON COMMIT DROP"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT to_regclass('draft')")).scalar_one() is None


def test_a_transaction_that_failed_can_be_discarded(engine):
    with engine.connect() as connection:
        with pytest.raises(Exception, match="division by zero"):
            connection.execute(text("SELECT 1 / 0"))
        connection.rollback()
        assert connection.execute(text("SELECT 1")).scalar_one() == 1


def test_commands_without_an_answer_begin_the_transaction_they_need(engine):
    with engine.connect() as connection:
        tell(connection, "SET LOCAL app.tenant_id = '7'; SET LOCAL app.actor_id = ''")
        assert connection.execute(TENANT).scalar_one() == "7"
        tell(connection, "SET LOCAL app.tenant_id = '8'")
        assert connection.execute(TENANT).scalar_one() == "8"
    with engine.connect() as connection:
        assert not connection.execute(TENANT).scalar_one()


def test_a_command_that_is_refused_says_why(engine):
    with engine.connect() as connection, pytest.raises(psycopg.Error, match="no_such_setting"):
        tell(connection, "SET LOCAL no_such_setting = 1")


@pytest.mark.parametrize("work", [lambda c: c.execute(text("SELECT 1")), lambda c: tell(c, WORDS)])
def test_a_connection_that_was_killed_at_work_is_replaced(engine, environment, work):
    with engine.connect() as connection:
        end(environment, connection.execute(BACKEND).scalar_one())
        with pytest.raises(OperationalError):
            work(connection)
    assert ask(engine) == 42


def test_a_connection_that_was_killed_at_rest_is_not_handed_out(engine, environment):
    with engine.connect() as connection:
        backend = connection.execute(BACKEND).scalar_one()
    end(environment, backend)
    assert ask(engine) == 42


def end(environment: dict[str, str], backend: int) -> None:
    """End a backend, and wait until it has."""
    address = environment["SUPERUSER_URL"].replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as superuser:
        superuser.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
