"""Since when an item of the checklist is held

Revision ID: 0044
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of what is held already nobody knows since when; it counts as held before.
    op.add_column("readiness", sa.Column("held_since", sa.Date))


def downgrade() -> None:
    op.drop_column("readiness", "held_since")
