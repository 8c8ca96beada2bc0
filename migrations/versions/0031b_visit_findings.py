"""Findings of a visit, and what was answered

Revision ID: 0031b
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, share_table

revision = "0031b"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit_findings",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("tenant_id", sa.BigInteger, nullable=False),
        sa.Column("visit_id", sa.BigInteger, nullable=False),
        sa.Column("key", sa.Uuid, nullable=False, unique=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("seat", sa.String(24), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("tenant_id", "id"),
        sa.ForeignKeyConstraint(["tenant_id", "visit_id"], ["visits.tenant_id", "visits.id"]),
    )
    op.create_index(None, "visit_findings", ["visit_id"])
    op.create_index(
        "ix_visit_findings_open",
        "visit_findings",
        ["tenant_id", "due_on"],
        postgresql_where=sa.text("state <> 'closed'"),
    )
    share_table("visit_findings")
    op.execute(
        "GRANT SELECT (id, tenant_id, seat, due_on, state) ON visit_findings TO koperasi_city"
    )
    audit_table("visit_findings", on="INSERT OR UPDATE")
    _replies()


def downgrade() -> None:
    raise NotImplementedError("what was found is not taken back")


def _replies() -> None:
    op.create_table(
        "visit_finding_replies",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("tenant_id", sa.BigInteger, nullable=False),
        sa.Column("finding_id", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "finding_id"], ["visit_findings.tenant_id", "visit_findings.id"]
        ),
    )
    op.create_index(None, "visit_finding_replies", ["finding_id"])
    share_table("visit_finding_replies", grant="SELECT, INSERT")
