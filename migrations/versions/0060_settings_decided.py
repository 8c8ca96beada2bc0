"""A setting decides something: a value that is null would stop every page that reads it.

Revision ID: 0060
Revises: 0045
"""

from alembic import op

revision = "0060"
down_revision = "0045"
branch_labels = None
depends_on = None

TABLES = ("city_settings", "tenant_settings")


def upgrade() -> None:
    for table in TABLES:
        op.create_check_constraint("decided", table, "jsonb_typeof(value) <> 'null'")


def downgrade() -> None:
    for table in TABLES:
        op.drop_constraint("decided", table)
