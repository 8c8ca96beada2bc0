"""The cooperative that the current work belongs to.

A scope is entered once, at the edge: by a request, a task or a command. From then on new
rows are stamped with the tenant, and PostgreSQL hides every row of the others (see
`migrations/tenant_tables.py`). Code below the edge never filters by tenant; it could only forget.

The tenant lives on `flask.g`, next to the session and its transaction, and dies with them
when the application context is popped.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import g
from sqlalchemy import Connection, event

from app.connections import tell
from app.extensions import db

if TYPE_CHECKING:
    from tenants.models import Tenant


class NoTenantScope(RuntimeError):
    """Tenant data was touched outside a scope: a bug at the edge, never a user error."""


def current_tenant() -> "Tenant":
    if "tenant" not in g:
        raise NoTenantScope("enter tenant_scope() before touching a cooperative's data")
    tenant: Tenant = g.tenant
    return tenant


def bind(tenant: "Tenant") -> None:
    """Confine the rest of this application context to `tenant`."""
    if "tenant" in g:
        raise RuntimeError("tenant scopes do not nest")
    if tenant in db.session:
        db.session.expunge(tenant)  # a rollback must not make it forget who it is
    g.tenant = tenant
    g.pop("settings", None)  # what was read outside is not the cooperative's own
    if db.session().in_transaction():
        _confine(db.session.connection())


@contextmanager
def tenant_scope(tenant: "Tenant") -> Iterator["Tenant"]:
    """Work as `tenant`; on leaving, what was not committed is discarded."""
    bind(tenant)
    try:
        yield tenant
    finally:
        db.session.close()
        del g.tenant
        g.pop("settings", None)


@contextmanager
def whole_platform() -> Iterator[None]:
    """Look beyond the cooperative for a moment, at what the platform keeps of its people.

    Rows of cooperatives are out of reach meanwhile, its own as well.
    """
    tenant = g.pop("tenant", None)
    _confine(db.session.connection())
    try:
        yield
    finally:
        if tenant is not None:
            g.tenant = tenant
        _confine(db.session.connection())


def act_as(user_id: int) -> None:
    """Name the person whose doing the rest of this application context is, for the audit."""
    g.actor_id = user_id
    if db.session().in_transaction():
        _confine(db.session.connection())


def _confine(connection: Connection) -> None:
    """Tell PostgreSQL whose rows this transaction may touch, and who is acting.

    Outside a scope the tenant is empty: rows of cooperatives are then out of reach. SET
    LOCAL, not set_config(): a distributed PostgreSQL passes only the former on to its nodes.
    It takes no parameters, so the ids are formatted here, as the integers that they are.
    """
    tenant_id = int(g.tenant.id) if "tenant" in g else ""
    actor_id = int(g.actor_id) if "actor_id" in g else ""
    tell(
        connection,
        f"SET LOCAL app.tenant_id = '{tenant_id}'; SET LOCAL app.actor_id = '{actor_id}'",
    )


@event.listens_for(db.session, "after_begin")
def _confine_new_transaction(session: object, transaction: object, connection: Connection) -> None:
    _confine(connection)
