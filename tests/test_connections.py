"""Connections keep what they have prepared, and forget what was discarded."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from app.config import psycopg_url
from app.connections import keep_statements

PREPARED = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT 41 %'")


@pytest.fixture
def engine(environment: dict[str, str]) -> Iterator[Engine]:
    engine = create_engine(
        psycopg_url(environment["DATABASE_URL"]), pool_size=1, max_overflow=0, pool_pre_ping=True
    )
    keep_statements(engine)
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


def test_a_killed_connection_is_found_out_and_replaced(engine, environment):
    with engine.connect() as connection:
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        address = environment["SUPERUSER_URL"].replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as superuser:
            superuser.execute("SELECT pg_terminate_backend(%s)", [backend])
        with pytest.raises(OperationalError):
            connection.execute(text("SELECT 1"))
    assert ask(engine) == 42
