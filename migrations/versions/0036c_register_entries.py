"""What is written by hand into the cooperative's books of paper

Revision ID: 0036c
Revises: 0032b
"""

import sqlalchemy as sa

from migrations.tenant_tables import audit_table, create_tenant_table

revision = "0036c"
down_revision = "0032b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "register_entries",
        sa.Column("register", sa.String(24), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("office", sa.String(120), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("key", sa.Uuid, nullable=False),
        sa.Column("written_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("tenant_id", "register", "number"),
        sa.UniqueConstraint("tenant_id", "key"),
        grant="SELECT, INSERT, UPDATE",
    )
    audit_table("register_entries", key="register+number", on="INSERT OR UPDATE")


def downgrade() -> None:
    raise NotImplementedError("what was written into the books is not taken back")
