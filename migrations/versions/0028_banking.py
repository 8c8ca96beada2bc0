"""Statements of banks, their lines, and what they are matched with

Revision ID: 0028
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.tenant_tables import audit_table, create_tenant_table, tenant_fk

revision = "0028"
down_revision = "0020"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_tenant_table(
        "bank_layouts",
        sa.Column("till_id", sa.BigInteger, nullable=False),
        sa.Column("columns", JSONB, nullable=False),
        tenant_fk("till_id", "tills"),
        key=("till_id",),
        grant="SELECT, INSERT, UPDATE",
    )
    _statements()
    _lines()
    create_tenant_table(
        "reconciliations",
        sa.Column("till_id", sa.BigInteger, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("bank_balance", sa.BigInteger, nullable=False),
        sa.Column("book_balance", sa.BigInteger, nullable=False),
        sa.Column("open_items", JSONB, nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("signed_at", INSTANT, nullable=False),
        sa.Column("signed_by", sa.BigInteger, sa.ForeignKey("users.id")),
        tenant_fk("till_id", "tills"),
        sa.UniqueConstraint("tenant_id", "till_id", "until"),
        grant="SELECT, INSERT",
    )
    audit_table("reconciliations", on="INSERT")


def downgrade() -> None:
    raise NotImplementedError("what was signed is not taken back")


def _statements() -> None:
    create_tenant_table(
        "bank_statements",
        sa.Column("till_id", sa.BigInteger, nullable=False),
        sa.Column("file_name", sa.String(120), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("opening", sa.BigInteger),
        sa.Column("closing", sa.BigInteger),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.BigInteger, sa.ForeignKey("users.id")),
        tenant_fk("till_id", "tills"),
        sa.UniqueConstraint("tenant_id", "till_id", "digest"),
        grant="SELECT, INSERT",
    )


def _lines() -> None:
    create_tenant_table(
        "bank_lines",
        sa.Column("statement_id", sa.BigInteger, nullable=False),
        sa.Column("till_id", sa.BigInteger, nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        tenant_fk("statement_id", "bank_statements"),
        tenant_fk("till_id", "tills"),
        sa.UniqueConstraint("tenant_id", "till_id", "fingerprint"),
        sa.CheckConstraint("amount <> 0", "amount_not_zero"),
        grant="SELECT, INSERT",
    )
    op.create_index(None, "bank_lines", ["tenant_id", "till_id", "on"])
    create_tenant_table(
        "bank_matches",
        sa.Column("line_id", sa.BigInteger, nullable=False),
        sa.Column("journal_id", sa.BigInteger, nullable=False),
        sa.Column("till_id", sa.BigInteger, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.BigInteger, sa.ForeignKey("users.id")),
        tenant_fk("line_id", "bank_lines"),
        tenant_fk("journal_id", "journals"),
        sa.UniqueConstraint("tenant_id", "till_id", "journal_id"),
        key=("line_id", "journal_id"),
        grant="SELECT, INSERT, DELETE",
    )
    audit_table("bank_matches", key="line_id+journal_id", on="INSERT OR DELETE")
