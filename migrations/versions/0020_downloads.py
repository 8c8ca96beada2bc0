"""Files that long work leaves to be fetched

Revision ID: 0020
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, create_tenant_table, tenant_fk

revision = "0020"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "downloads",
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("mime", sa.String(80), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("expires_on", sa.Date, nullable=False),
        grant="SELECT, INSERT, DELETE",
    )
    op.create_index(None, "downloads", ["tenant_id", "expires_on"])
    create_tenant_table(
        "download_parts",
        sa.Column("download_id", sa.BigInteger, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        tenant_fk("download_id", "downloads"),
        key=("download_id", "number"),
        grant="SELECT, INSERT, DELETE",
    )
    # What is in a zip is packed already; PostgreSQL need not try again.
    op.execute("ALTER TABLE download_parts ALTER COLUMN content SET STORAGE EXTERNAL")
    audit_table("downloads", on="INSERT OR DELETE")


def downgrade() -> None:
    op.drop_table("download_parts")
    op.drop_table("downloads")
