"""What a cooperative has entered in SIMKOPDES

Revision ID: 0032b
Revises: 0035b
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, create_tenant_table

revision = "0032b"
down_revision = "0035b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "simkopdes_ticks",
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("value", sa.String(400), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.BigInteger, sa.ForeignKey("users.id")),
        grant="SELECT, INSERT",
    )
    op.create_index(None, "simkopdes_ticks", ["tenant_id", "field", "id"])
    audit_table("simkopdes_ticks", on="INSERT")


def downgrade() -> None:
    raise NotImplementedError("what was noted is not forgotten")
