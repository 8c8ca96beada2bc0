"""Members' meetings (RAT) that were held, each with its minutes

Revision ID: 0043
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, share_table, tenant_fk

revision = "0043"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member_meetings",
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        sa.Column("year", sa.BigInteger, nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("attended", sa.BigInteger, nullable=False),
        sa.Column("document_id", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.PrimaryKeyConstraint("tenant_id", "year"),
        tenant_fk("document_id", "documents"),
        sa.CheckConstraint("attended > 0", "somebody_came"),
        sa.CheckConstraint("extract(year FROM held_on) > year", "after_the_year"),
    )
    share_table("member_meetings")
    op.execute("GRANT SELECT (tenant_id, year, held_on) ON member_meetings TO koperasi_city")
    audit_table("member_meetings", key="year", on="INSERT OR UPDATE")


def downgrade() -> None:
    raise NotImplementedError("a meeting that was held stays held")
