"""Earlier addresses of cooperatives, mergers, and announcements to all

Revision ID: 0034
Revises: 0036c
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, share_table

revision = "0034"
down_revision = "0036c"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "former_slugs",
        sa.Column("slug", sa.String(40), primary_key=True),
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
    )
    op.create_index(None, "former_slugs", ["tenant_id"])
    share_table("former_slugs", grant="SELECT, INSERT, UPDATE, DELETE")
    audit_table("former_slugs", key="slug")
    op.add_column(
        "tenant_statuses",
        sa.Column("merged_into", sa.BigInteger, sa.ForeignKey("tenants.id")),
    )
    _announcements()


def _announcements() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("text", sa.String(600), nullable=False),
        sa.Column("from_date", sa.Date, nullable=False),
        sa.Column("until_date", sa.Date, nullable=False),
        sa.Column("written_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint("until_date >= from_date - 1", "ends_after_it_begins"),
    )
    op.create_index(None, "announcements", ["until_date"])
    op.create_table(
        "announcement_dismissals",
        sa.Column(
            "announcement_id", sa.BigInteger, sa.ForeignKey("announcements.id"), nullable=False
        ),
        sa.Column("user_id", sa.BigInteger, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("dismissed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("announcement_id", "user_id"),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON announcements TO koperasi_app")
    op.execute("GRANT SELECT, INSERT ON announcement_dismissals TO koperasi_app")
    audit_table("announcements")


def downgrade() -> None:
    raise NotImplementedError("addresses that were printed keep leading somewhere")
