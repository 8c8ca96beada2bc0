"""Lists of members that are kept, and notes on members

Revision ID: 0003
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.tenant_tables import audit_table, create_tenant_table

revision = "0003"
down_revision = "0027"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("members", sa.Column("note", sa.String(200), nullable=False, server_default=""))
    create_tenant_table(
        "member_imports",
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        *(
            sa.Column(name, JSONB, nullable=False)
            for name in ("rows", "columns", "verdict", "saved")
        ),
        sa.Column("good", sa.BigInteger, nullable=False),
        sa.Column("bad", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("mode", sa.String(24)),
        sa.Column("refusal", sa.String(300), nullable=False),
        sa.Column("job_id", sa.BigInteger, sa.ForeignKey("jobs.id")),
        sa.Column("created_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("entered_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("entered_at", INSTANT),
    )
    op.create_index(None, "member_imports", ["tenant_id", "digest"])
    # People stand in the rows: the trail says that a list changed, not whom it names.
    audit_table("member_imports", "rows", "verdict")


def downgrade() -> None:
    raise NotImplementedError("lists that were entered are not taken back")
