"""What the city put off for some days, and why

Revision ID: 0037
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, share_table

revision = "0037"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert_snoozes",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        sa.Column("rule", sa.String(24), nullable=False),
        sa.Column("until_on", sa.Date, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("decided_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(None, "alert_snoozes", ["until_on"])
    share_table("alert_snoozes", grant="SELECT, INSERT, UPDATE")
    audit_table("alert_snoozes", on="INSERT OR UPDATE")


def downgrade() -> None:
    raise NotImplementedError("what was decided is not taken back")
