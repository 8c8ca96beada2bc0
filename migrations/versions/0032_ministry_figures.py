"""The ministry's statistics, and how many members have paid in

Revision ID: 0032
Revises: 0031c
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.tenant_tables import audit_table, share_table

revision = "0032"
down_revision = "0031c"
branch_labels = None
depends_on = None

_FIGURES = (
    "principal_members",
    "principal_amount",
    "mandatory_members",
    "mandatory_amount",
    "savings_total",
    "tax_number",
    "business_number",
)


def upgrade() -> None:
    for table in ("indicator_days", "indicator_months"):
        op.add_column(table, sa.Column("principal_payers", sa.BigInteger))
        op.add_column(table, sa.Column("mandatory_payers", sa.BigInteger))
    _files()
    op.create_table(
        "ministry_figures",
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("file_id", sa.BigInteger, sa.ForeignKey("ministry_files.id"), nullable=False),
        *(sa.Column(name, sa.BigInteger) for name in _FIGURES),
        sa.Column("others", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "on"),
    )
    op.create_index(None, "ministry_figures", ["on"])
    op.create_index(None, "ministry_figures", ["file_id"])
    share_table("ministry_figures")
    audit_table("ministry_figures", key="on", on="INSERT OR UPDATE")
    op.execute("GRANT SELECT ON ministry_figures TO koperasi_city")


def downgrade() -> None:
    raise NotImplementedError("what was taken over is not given back")


def _files() -> None:
    op.create_table(
        "ministry_files",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("rows", JSONB, nullable=False),
        sa.Column("objections", JSONB, nullable=False),
        sa.Column("cooperatives", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.UniqueConstraint("on", "digest"),
    )
    op.execute("GRANT SELECT, INSERT ON ministry_files TO koperasi_app")
    audit_table("ministry_files", "rows", "objections", on="INSERT")
