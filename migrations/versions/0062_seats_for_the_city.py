"""The city sees which seats of a cooperative are filled and until when, and never by whom.

Revision ID: 0062
Revises: 0061
"""

from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("GRANT SELECT (tenant_id, role, from_date, until_date) ON offices TO koperasi_city")


def downgrade() -> None:
    op.execute(
        "REVOKE SELECT (tenant_id, role, from_date, until_date) ON offices FROM koperasi_city"
    )
