"""What hangs on a row of the cooperative is not held to the cooperative a second time.

A charge hangs on its member and a posting on its journal, and these on the cooperative. Both
keys were checked for every row, which was a third of the time that billing takes.

Revision ID: 0063
Revises: 0062
"""

from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

DETAILS = ("dues_charges", "postings")


def upgrade() -> None:
    for table in DETAILS:
        op.drop_constraint(f"fk_{table}_tenant_id", table)


def downgrade() -> None:
    for table in DETAILS:
        op.create_foreign_key(f"fk_{table}_tenant_id", table, "tenants", ["tenant_id"], ["id"])
