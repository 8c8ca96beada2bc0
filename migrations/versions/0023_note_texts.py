"""The text of the notes to the statements, version by version

Revision ID: 0023
Revises: 0030
"""

import sqlalchemy as sa

from migrations.tenant_tables import audit_table, create_tenant_table

revision = "0023"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "note_texts",
        sa.Column("year", sa.BigInteger, nullable=False),
        sa.Column("section", sa.String(24), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.CheckConstraint("version > 0", "version_positive"),
        key=("year", "section", "version"),
        grant="SELECT, INSERT",
    )
    audit_table("note_texts", key="section", on="INSERT")


def downgrade() -> None:
    raise NotImplementedError("what was written is not taken back")
