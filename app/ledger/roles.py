"""Which account plays which part in this cooperative's chart."""

from flask import current_app
from sqlalchemy import select

from app.extensions import db
from app.ledger.models import Account, AccountRole
from tenants.scope import current_tenant


def account_id(named: AccountRole | int) -> int:
    """The id of an account that is named by its role or by its id."""
    return account(named).id if isinstance(named, AccountRole) else named


def account(role: AccountRole) -> Account:
    """The account that plays a role in this cooperative's chart; `LookupError` when none does.

    Accounts by role are read once in a process: they are never renumbered. They are
    kept with the application, since two applications may have two databases.
    """
    known: dict[int, dict[AccountRole, Account]] = current_app.extensions.setdefault("roles", {})
    tenant_id = current_tenant().id
    if role not in known.get(tenant_id, {}):
        columns = select(*Account.__table__.columns).where(Account.role.is_not(None))
        rows = db.session.connection().execute(columns.where(Account.tenant_id == tenant_id))
        # Of no session: a rollback would make those of one forget what they are.
        known[tenant_id] = {row.role: Account(**row._mapping) for row in rows}
    if role not in known[tenant_id]:
        raise LookupError(f"the chart has no account for {role}")
    return known[tenant_id][role]
