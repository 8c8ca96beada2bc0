"""The pre-assessment of a cooperative's health

Revision ID: 0033
Revises: 0036b
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.tenant_tables import audit_table, create_tenant_table, share_table

revision = "0033"
down_revision = "0036b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "assessment_answers",
        sa.Column("year", sa.BigInteger, nullable=False),
        sa.Column("item", sa.String(60), nullable=False),
        sa.Column("said", sa.String(24), nullable=False),
        sa.Column("evidence", sa.String(300), nullable=False),
        sa.Column("answered_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        key=("year", "item"),
        grant="SELECT, INSERT, UPDATE",
    )
    audit_table("assessment_answers", key="item", on="INSERT OR UPDATE")
    op.create_table(
        "assessment_reports",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("year", sa.BigInteger, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("score", sa.BigInteger),
        sa.Column("health", sa.String(24)),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("tenant_id", "key"),
    )
    op.create_index(None, "assessment_reports", ["tenant_id", "year"])
    share_table("assessment_reports", grant="SELECT, INSERT")
    op.execute("GRANT SELECT ON assessment_reports TO koperasi_city")
    audit_table("assessment_reports", "content", on="INSERT")
    op.create_table(
        "assessment_confirmations",
        sa.Column(
            "report_id",
            sa.BigInteger,
            sa.ForeignKey("assessment_reports.id"),
            primary_key=True,
        ),
        sa.Column("item", sa.String(60), primary_key=True),
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        sa.Column("agreed", sa.Boolean, nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("decided_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
    )
    share_table("assessment_confirmations", grant="SELECT, INSERT, UPDATE")
    op.execute(
        "GRANT SELECT (report_id, item, tenant_id, agreed, note, decided_at)"
        " ON assessment_confirmations TO koperasi_city"
    )
    audit_table("assessment_confirmations", key="item", on="INSERT OR UPDATE")


def downgrade() -> None:
    raise NotImplementedError("what was handed in is not taken back")
