"""What has to be done before the product can start: tables, translations, the 27 cooperatives.

Every step may be repeated; on a second start they find nothing to do.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from app.dev.places import PROJECT
from app.dev.processes import call_logged

PYTHON = sys.executable


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


def open_city(env: Mapping[str, str], log: Path) -> None:
    _flask("tenants", "open-city", env=env, log=log, what="The cooperatives could not be opened")


def load_demo(env: Mapping[str, str], log: Path) -> None:
    _flask("demo", "load", env=env, log=log, what="The demonstration could not be loaded")


def make_backup(env: Mapping[str, str], log: Path) -> None:
    """One a day, so that the operator's page tells of a true one."""
    words = ("backup", "make", "--if-older", "20", "--tries", "1")
    _flask(*words, env=env, log=log, what="The backup could not be made")


def check_backup(env: Mapping[str, str], log: Path) -> None:
    """One a week, as in earnest: the newest copy is read back beside the practice data."""
    words = ("backup", "check", "--if-older", "6")
    _flask(*words, env=env, log=log, what="The backup could not be read back")


def list_accounts(env: Mapping[str, str], log: Path) -> str:
    what = "The sign-ins of the demonstration could not be listed"
    return _flask("demo", "accounts", env=env, log=log, what=what)


def full(env: Mapping[str, str]) -> dict[str, str]:
    """The services' environment on top of the developer's own."""
    return {**os.environ, **env}


def _flask(*words: str, env: Mapping[str, str], log: Path, what: str) -> str:
    command = [PYTHON, "-m", "flask", "--app", "wsgi", *words]
    return call_logged(command, log=log, env=full(env), what=what)


def _is_stale(text: Path) -> bool:
    compiled = text.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < text.stat().st_mtime
