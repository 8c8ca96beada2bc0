"""Tokens of other systems that read

Revision ID: 0035b
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.tenant_tables import audit_table

revision = "0035b"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("hint", sa.String(12), nullable=False),
        sa.Column("scopes", postgresql.JSONB, nullable=False),
        sa.Column("expires_on", sa.Date, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("last_used_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_by", sa.BigInteger, sa.ForeignKey("users.id")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON api_tokens TO koperasi_app")
    # Each use is noted in the row; the trail is for what the operator does.
    audit_table("api_tokens", "secret_hash", on="INSERT OR UPDATE OF revoked_at")


def downgrade() -> None:
    raise NotImplementedError("what was given out is not forgotten")
