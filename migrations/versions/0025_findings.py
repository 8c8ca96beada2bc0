"""Findings of the supervisors, and what was answered

Revision ID: 0025
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, create_tenant_table, tenant_fk

revision = "0025"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "findings",
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("seat", sa.String(24), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("written_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("tenant_id", "number"),
        grant="SELECT, INSERT, UPDATE",
    )
    op.create_index(
        "ix_findings_open",
        "findings",
        ["tenant_id", "due_on"],
        postgresql_where=sa.text("state <> 'closed'"),
    )
    create_tenant_table(
        "finding_replies",
        sa.Column("finding_id", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        tenant_fk("finding_id", "findings"),
        grant="SELECT, INSERT",
    )
    op.create_index(None, "finding_replies", ["finding_id"])
    audit_table("findings", key="number", on="INSERT OR UPDATE")


def downgrade() -> None:
    raise NotImplementedError("what was found is not taken back")
