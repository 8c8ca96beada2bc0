"""/healthz: the process answers. /readyz: everything it needs does, too."""

from collections.abc import Callable
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, current_app
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import db, limiter
from app.jobs.pulse import broker, last_sign_of_life
from app.web.access import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
@limiter.exempt
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@bp.get("/readyz")
@public
@limiter.exempt
def readyz() -> tuple[dict[str, Any], int]:
    found = checks()
    fit = all(found.values())
    return {"status": "ok" if fit else "not ready", "checks": found}, 200 if fit else 503


def checks() -> dict[str, bool]:
    """Whether each thing that the platform needs answers."""
    return {
        "database": _holds(_database),
        "migrations": _holds(_migrations),
        "broker": _holds(_broker),
        "worker": _holds(_worker),
    }


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (SQLAlchemyError, RedisError):
        current_app.logger.warning("readyz: %s", check.__name__, exc_info=True)
        return False


def _database() -> bool:
    return bool(db.session.execute(text("SELECT 1")).scalar_one() == 1)


def _migrations() -> bool:
    """At head, by the table that Alembic keeps."""
    script = ScriptDirectory(f"{current_app.root_path}/../migrations")
    context = MigrationContext.configure(db.session.connection())
    return set(context.get_current_heads()) == set(script.get_heads())


def _broker() -> bool:
    return bool(broker().ping())


def _worker() -> bool:
    return last_sign_of_life() is not None
