"""An entry that comes back is asked for from a month on, not in every open month before it.

Revision ID: 0061
Revises: 0060
"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Those kept before were asked for in every month, and go on being so.
    op.add_column(
        "journal_templates",
        sa.Column("since", sa.Date, nullable=False, server_default="2000-01-01"),
    )
    op.alter_column("journal_templates", "since", server_default=None)


def downgrade() -> None:
    op.drop_column("journal_templates", "since")
