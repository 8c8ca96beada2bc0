"""What has to be done before the product can start: tables, translations, the 27 cooperatives.

Every step may be repeated; on a second start they find nothing to do.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import psycopg

from app.dev.places import PROJECT
from app.dev.processes import call_logged

PYTHON = sys.executable


def are_tables_current(env: Mapping[str, str]) -> bool:
    """Whether the newest migration has run; asked directly, as to begin Alembic takes seconds."""
    newest = max(file.name for file in (PROJECT / "migrations" / "versions").glob("[0-9]*.py"))
    address = env["DATABASE_OWNER_URL"].replace("+psycopg", "")
    try:
        with psycopg.connect(address) as connection:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except psycopg.errors.UndefinedTable:
        return False
    return found is not None and newest.startswith(f"{found[0]}_")


def migrate(env: Mapping[str, str], log: Path) -> None:
    command = [PYTHON, "-m", "alembic", "upgrade", "head"]
    call_logged(command, log=log, env=full(env), what="The tables could not be brought up to date")


def compile_translations(log: Path) -> None:
    """Only when a text is newer than what was compiled from it: a compiler takes a second."""
    texts = list((PROJECT / "translations").glob("*/LC_MESSAGES/*.po"))
    if any(_is_stale(text) for text in texts):
        command = [PYTHON, "-m", "babel.messages.frontend", "compile", "-d", "translations"]
        what = "The translations could not be compiled"
        call_logged(command, log=log, env=os.environ, what=what)


def begin_demo(env: Mapping[str, str], log: Path) -> str:
    """Open the cooperatives and load the demonstration; the answer lists its sign-ins."""
    what = "The demonstration could not be loaded"
    return _flask("demo", "begin", env=env, log=log, what=what)


def make_backup(env: Mapping[str, str], log: Path) -> None:
    """One a day, so that the operator's page tells of a true one."""
    words = ("backup", "make", "--if-older", "20", "--tries", "1")
    _flask(*words, env=env, log=log, what="The backup could not be made")


def check_backup(env: Mapping[str, str], log: Path) -> None:
    """One a week, as in earnest: the newest copy is read back beside the practice data."""
    words = ("backup", "check", "--if-older", "6")
    _flask(*words, env=env, log=log, what="The backup could not be read back")


def full(env: Mapping[str, str]) -> dict[str, str]:
    """The services' environment on top of the developer's own."""
    return {**os.environ, **env}


def _flask(*words: str, env: Mapping[str, str], log: Path, what: str) -> str:
    command = [PYTHON, "-m", "flask", "--app", "wsgi", *words]
    return call_logged(command, log=log, env=full(env), what=what)


def _is_stale(text: Path) -> bool:
    compiled = text.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < text.stat().st_mtime
