"""Entries that come back every month, and opening balances as they are written down

Revision ID: 0024b
Revises: 0028
"""

import sqlalchemy as sa

from migrations.tenant_tables import audit_table, create_tenant_table, tenant_fk

revision = "0024b"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "journal_templates",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("memo", sa.String(180), nullable=False),
        sa.Column("due_day", sa.BigInteger, nullable=False),
        sa.Column("lines", sa.dialects.postgresql.JSONB, nullable=False),
        sa.Column("stopped_on", sa.Date),
        sa.CheckConstraint("due_day BETWEEN 1 AND 31", "day_of_month"),
        grant="SELECT, INSERT, UPDATE",
    )
    audit_table("journal_templates", on="INSERT OR UPDATE")
    create_tenant_table(
        "opening_lines",
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("party_id", sa.BigInteger),
        sa.Column("amount", sa.BigInteger, nullable=False),
        tenant_fk("account_id", "accounts"),
        tenant_fk("party_id", "parties"),
        sa.UniqueConstraint(
            "tenant_id", "account_id", "party_id", postgresql_nulls_not_distinct=True
        ),
    )
    audit_table("opening_lines", key="account_id+party_id")


def downgrade() -> None:
    raise NotImplementedError("the books are not taken back")
