"""Making a copy, checking the newest one, putting one back."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import URL, make_url, select

from app.backups import copies
from app.backups.copies import Keep
from app.backups.places import Places
from app.backups.programs import call, connected, count_rows
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.jobs.models import Job, JobState

MAKE, CHECK = "backup.make", "backup.check"
_ROLE: LiteralString = """
    SELECT rolbypassrls AND NOT rolsuper AND NOT EXISTS (
        SELECT FROM pg_class c
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
          AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))
    FROM pg_roles WHERE rolname = current_user
"""


def make(places: Places, keep: Keep) -> dict[str, Any]:
    """Write a copy of everything as it stands now, and let go of copies that are too old."""
    copies.open_folder(places.folder)
    with connected(places.database) as connection:
        _require_reader(connection)
        connection.rollback()
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        [snapshot] = connection.execute("SELECT pg_export_snapshot()").fetchone() or [""]
        [revision] = connection.execute("SELECT version_num FROM alembic_version").fetchone() or [
            ""
        ]
        path = places.folder / copies.name_of(clock.now(), revision)
        digest = copies.write(path, _dumping(places, snapshot))
        counts = count_rows(connection)
    return {
        "file": path.name,
        "bytes": path.stat().st_size,
        "sha256": digest,
        "revision": revision,
        "counts": counts,
        "deleted": copies.thin_out(places.folder, keep),
    }


def check(places: Places) -> dict[str, Any]:
    """Restore the newest copy beside the live database and prove that it holds everything."""
    path = copies.newest(places.folder)
    scratch = places.scratch_url()
    try:
        _empty(scratch)
        restore(places, path, scratch)
        with connected(places.beside(places.database)) as connection:
            found = count_rows(connection)
        _compare(_counts_of(path), found)
        _verify_books(places)
    finally:
        _empty(scratch)  # people's data lie in one place fewer
    return {"file": path.name, "tables": len(found), "rows": sum(found.values())}


def restore(places: Places, path: Path, into: URL) -> None:
    """Put a copy back into an empty database of the owner's: all of it or nothing."""
    copies.require_whole(path)
    with connected(into) as connection:
        if count_rows(connection):
            raise DomainError(
                _("The database %(name)s is not empty; restore into a new one.", name=into.database)
            )
    # Comments of extensions belong to whoever made them, and carry nothing of ours.
    options = ("--exit-on-error", "--single-transaction", "--no-comments")
    call(
        "pg_restore",
        *options,
        f"--dbname={into.database}",
        str(path),
        url=into,
        programs=places.programs,
    )


def _dumping(places: Places, snapshot: str) -> Callable[[Path], None]:
    def dump(draft: Path) -> None:
        options = ("--format=custom", f"--snapshot={snapshot}", "--lock-wait-timeout=60s")
        call(
            "pg_dump",
            *options,
            f"--file={draft}",
            url=places.database,
            programs=places.programs,
        )

    return dump


def _require_reader(connection: psycopg.Connection) -> None:
    """The right role sees every row and can change none."""
    [fit] = connection.execute(_ROLE).fetchone() or [False]
    if not fit:
        raise DomainError(
            _("BACKUP_DATABASE_URL must be a role that reads every row and writes none.")
        )


def _counts_of(path: Path) -> dict[str, int]:
    """What was counted when this copy was made; a copy from elsewhere has no such count."""
    query = (
        select(Job.result)
        .where(Job.kind == MAKE, Job.state == JobState.DONE)
        .where(Job.result["sha256"].astext == copies.checksum(path))
    )
    found: dict[str, Any] = db.session.scalars(query).first() or {}
    db.session.rollback()
    return dict(found.get("counts", {}))


def _compare(made: dict[str, int], found: dict[str, int]) -> None:
    wrong = [table for table in made if made[table] != found.get(table)]
    if wrong:
        raise DomainError(
            _(
                "In the restored copy other rows were found than when it was made: %(tables)s.",
                tables=", ".join(wrong),
            )
        )


def _verify_books(places: Places) -> None:
    """The command that verifies the books, with the application's own role in the scratch."""
    live = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    copy = places.beside(live).render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "ledger", "verify"],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=Path(current_app.root_path).parent,
        env={**os.environ, "DATABASE_URL": copy},
    )
    if done.returncode:
        raise DomainError(
            _("The books of the restored copy do not hold: %(why)s", why=done.stdout[-1500:])
        )


def _empty(scratch: URL) -> None:
    with connected(scratch) as connection:
        connection.execute("DROP SCHEMA IF EXISTS public CASCADE")
        connection.execute("CREATE SCHEMA public")
