"""What must hold before a single request is served: the database really keeps the promises."""

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.config import Misconfigured
from app.extensions import db

_ROLE = text("""
    SELECT rolsuper OR rolbypassrls AS above_policies,
           EXISTS (SELECT FROM pg_tables
                   WHERE schemaname = 'public' AND tableowner = current_user) AS owner
    FROM pg_roles WHERE rolname = current_user
""")

_UNGUARDED = text("""
    SELECT c.relname FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
""")


def require_fit(app: Flask) -> None:
    """Refuse to start as a role above the policies, or with a table they do not guard."""
    with app.app_context():
        try:
            _check(None, "DATABASE_URL")
            _check("city", "CITY_DATABASE_URL")
        except OperationalError as error:
            raise Misconfigured(f"the database does not answer: {error.orig}") from None
        finally:
            # A worker forks after this; processes that share a connection garble each other.
            for engine in db.engines.values():
                engine.dispose()


def _check(bind: str | None, name: str) -> None:
    with db.engines[bind].connect() as connection:
        role = connection.execute(_ROLE).one()
        unguarded = connection.execute(_UNGUARDED).scalars().all()
    if role.above_policies:
        raise Misconfigured(f"{name} is a superuser or bypasses row security: use a plain role")
    if role.owner:
        raise Misconfigured(f"{name} owns tables: use the restricted role, not the owner")
    if unguarded:
        raise Misconfigured(f"row security is not forced on {', '.join(sorted(unguarded))}")
