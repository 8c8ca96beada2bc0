"""Corrections that members ask for in their data

Revision ID: 0027
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, create_tenant_table, tenant_fk

revision = "0027"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "correction_requests",
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(400), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("answered_by", sa.BigInteger, sa.ForeignKey("users.id")),
        tenant_fk("member_id", "members"),
        grant="SELECT, INSERT, UPDATE",
    )
    op.create_index(
        "ix_correction_requests_waiting",
        "correction_requests",
        ["tenant_id", "asked_at"],
        postgresql_where=sa.text("state = 'waiting'"),
    )
    audit_table("correction_requests", on="INSERT OR UPDATE")


def downgrade() -> None:
    raise NotImplementedError("what members asked for is not taken back")
