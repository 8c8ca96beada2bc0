"""Through which month the pages of the register have been billed

Revision ID: 0004
Revises: 0023
"""

import sqlalchemy as sa

from migrations.tenant_tables import create_tenant_table

revision = "0004"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "dues_progress",
        sa.Column("page", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.BigInteger, nullable=False),
        sa.Column("through", sa.Date, nullable=False),
        key=("page",),
        grant="SELECT, INSERT, UPDATE",
    )


def downgrade() -> None:
    raise NotImplementedError("the books are not taken back")
