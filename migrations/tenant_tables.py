"""How tables that hold cooperatives' rows are made. Frozen: migrations of the past use it."""

import sqlalchemy as sa
from alembic import op

# A row is shown or accepted only in a transaction confined to its tenant. Outside a scope the
# setting is missing or empty, which is no number: the statement fails instead of finding
# nothing.
_CONFINED = "tenant_id = current_setting('app.tenant_id')::bigint"
# A row about a cooperative that the platform keeps: in a scope only that cooperative's are
# visible, outside one all are.
_SHARED = (
    "coalesce(current_setting('app.tenant_id', true), '') = ''"
    " OR tenant_id = nullif(current_setting('app.tenant_id', true), '')::bigint"
)


def create_tenant_table(
    name: str,
    *columns: sa.Column | sa.Constraint,
    key: tuple[str, ...] = (),
    grant: str = "SELECT, INSERT, UPDATE, DELETE",
) -> None:
    """Create a table whose key starts with the tenant and whose rows PostgreSQL guards.

    Give `key` where the columns that follow the tenant in it have a meaning; the table then
    has no id of its own.
    """
    identity = [] if key else [sa.Column("id", sa.BigInteger, sa.Identity(), nullable=False)]
    op.create_table(
        name,
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        *identity,
        *columns,
        sa.PrimaryKeyConstraint("tenant_id", *(key or ("id",))),
    )
    guard(name, _CONFINED)
    op.execute(f"GRANT {grant} ON {name} TO koperasi_app")


def share_table(name: str, grant: str = "SELECT, INSERT, UPDATE") -> None:
    """Guard a platform table whose rows may be about one cooperative (`tenant_id`)."""
    guard(name, _SHARED)
    op.execute(f"GRANT {grant} ON {name} TO koperasi_app")


def guard(name: str, policy: str) -> None:
    """Let PostgreSQL decide which rows a transaction may touch; FORCE binds the owner too."""
    op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON {name} USING ({policy})")


def audit_table(
    name: str, *hidden: str, key: str = "id", on: str = "INSERT OR UPDATE OR DELETE"
) -> None:
    """Note every change of a row in `audit_events`, but for the `hidden` columns."""
    arguments = ", ".join(f"'{argument}'" for argument in (key, *hidden))
    op.execute(
        f"CREATE TRIGGER audited AFTER {on} ON {name}"
        f" FOR EACH ROW EXECUTE FUNCTION note_change({arguments})"
    )


def tenant_fk(column: str, table: str) -> sa.ForeignKeyConstraint:
    """A foreign key that stays inside the tenant."""
    return sa.ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"])
