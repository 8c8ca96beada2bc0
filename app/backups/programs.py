"""PostgreSQL's own programs and connections, as the role of an address."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import LiteralString

import psycopg
from flask_babel import gettext as _
from psycopg import sql
from sqlalchemy import URL

from app.core.errors import DomainError

_TABLES: LiteralString = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname
"""


def call(name: str, *options: str, url: URL, programs: str | None) -> None:
    """Run pg_dump or pg_restore; the password travels where no list of processes shows it."""
    program = shutil.which(name, path=programs)
    if program is None:
        raise DomainError(_("The program %(name)s is not on this machine.", name=name))
    done = subprocess.run(
        [program, "--no-password", *options],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=_environment(url),
    )
    if done.returncode:
        raise DomainError(f"{name}: {done.stdout.strip()[-1500:]}")


@contextmanager
def connected(url: URL) -> Iterator[psycopg.Connection]:
    """A connection of its own, which ends with what it is for."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        connection = psycopg.connect(address, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise DomainError(
            _("The database does not let %(role)s in: %(why)s", role=url.username, why=str(error))
        ) from error
    with connection:
        yield connection


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """How many rows each table has, as this connection sees them."""
    found = {}
    for (table,) in connection.execute(_TABLES).fetchall():
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))
        [found[table]] = connection.execute(query).fetchone() or [0]
    return found


def _environment(url: URL) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C",
        "PGHOST": url.host or "",
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
        "PGDATABASE": url.database or "",
        **{f"PG{name.upper()}": str(value) for name, value in url.query.items()},
    }
