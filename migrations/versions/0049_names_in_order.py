"""Let a page of the register come in the order of names without sorting all of it.

Revision ID: 0049
Revises: 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_check_constraint("named", "parties", "name <> ''")
    op.create_index(None, "parties", ["tenant_id", "name"], postgresql_where=sa.text("name <> ''"))


def downgrade() -> None:
    op.drop_index("ix_parties_tenant_id_name", "parties")
    op.drop_constraint("named", "parties")
