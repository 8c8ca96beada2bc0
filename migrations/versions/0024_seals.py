"""Seals over the journals, and the city's copy of them

Revision ID: 0024
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import create_tenant_table, share_table

revision = "0024"
down_revision = "0021"
branch_labels = None
depends_on = None

ADD_ONLY = "SELECT, INSERT"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_tenant_table(
        "seals",
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("sealed_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT, nullable=False),
        sa.Column("journals", sa.BigInteger, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        key=("number",),
        grant=ADD_ONLY,
    )
    create_tenant_table(
        "journal_digests",
        sa.Column("journal_id", sa.BigInteger, nullable=False),
        sa.Column("seal", sa.BigInteger, nullable=False),
        sa.Column("voucher", sa.String(24), nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        key=("journal_id",),
        grant=ADD_ONLY,
    )
    op.create_index(None, "journal_digests", ["tenant_id", "seal"])
    op.create_table(
        "seal_heads",
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("sealed_at", INSTANT, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "number"),
    )
    share_table("seal_heads", grant=ADD_ONLY)
    op.execute("GRANT SELECT ON seal_heads TO koperasi_city")


def downgrade() -> None:
    raise NotImplementedError("the books are not taken back")
