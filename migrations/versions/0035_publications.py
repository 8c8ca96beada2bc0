"""What cooperatives agree to publish of their figures

Revision ID: 0035
Revises: 0031b
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, share_table

revision = "0035"
down_revision = "0031b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        sa.Column("subject", sa.String(24), nullable=False),
        sa.Column("published", sa.Boolean, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger, sa.ForeignKey("users.id")),
    )
    share_table("publications", grant="SELECT, INSERT")
    audit_table("publications", on="INSERT")
    op.create_index(None, "publications", ["tenant_id", "subject", "id"])
    # The city learns what is published, not who decided it.
    op.execute(
        "GRANT SELECT (id, tenant_id, subject, published, decided_at)"
        " ON publications TO koperasi_city"
    )


def downgrade() -> None:
    raise NotImplementedError("what was agreed is not taken back")
