"""What a report of a visit tells of people is forgotten in time, and never in the trail

Revision ID: 0045
Revises: 0044
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visits", sa.Column("forgotten_on", sa.Date))
    # Who came and who signed stood in the trail of changes as well, which is kept for ever.
    op.execute("DROP TRIGGER audited ON visits")
    audit_table("visits", "attended", "signed_by", on="INSERT OR UPDATE")
    op.execute("""
        UPDATE audit_events SET before = before - '{attended,signed_by}'::text[],
                                after = after - '{attended,signed_by}'::text[]
        WHERE record = 'visits'
    """)


def downgrade() -> None:
    raise NotImplementedError("what is forgotten does not come back")
