"""The books, the register of members and their dues

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from migrations.functions import (
    JOURNAL_BALANCED,
    LINE_ANNOUNCED,
    MONTH_OPEN,
    NOT_OVERDRAWN,
    TRIGGERS,
)
from migrations.tenant_tables import audit_table, create_tenant_table, tenant_fk

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# What is in the books stays in the books: the application can only add to them.
ADD_ONLY = "SELECT, INSERT"
NO_DELETE = "SELECT, INSERT, UPDATE"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _accounts()
    _journals()
    _summaries()
    _members()
    _dues()
    for function in (JOURNAL_BALANCED, LINE_ANNOUNCED, MONTH_OPEN, NOT_OVERDRAWN):
        op.execute(function)
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    raise NotImplementedError("the books are not taken back")


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Date, nullable=nullable)


def _user(name: str) -> sa.Column:
    return sa.Column(name, sa.BigInteger, sa.ForeignKey("users.id"))


def _accounts() -> None:
    create_tenant_table(
        "accounts",
        _text("code", 12),
        _text("name", 80),
        _text("type", 24),
        _text("side", 24),
        _text("role", 24, nullable=True),
        sa.UniqueConstraint("tenant_id", "code"),
        sa.UniqueConstraint("tenant_id", "role"),
        grant=NO_DELETE,
    )
    create_tenant_table("parties", _text("name", 120), grant=NO_DELETE)
    create_tenant_table(
        "months",
        _day("period"),
        sa.Column("closed_at", INSTANT),
        _user("closed_by"),
        key=("period",),
        grant=NO_DELETE,
    )
    create_tenant_table(
        "counters",
        _text("kind", 24),
        _number("year"),
        _number("value"),
        key=("kind", "year"),
        grant=NO_DELETE,
    )
    audit_table("accounts", on="UPDATE")
    audit_table("parties", on="UPDATE")
    audit_table("months", key="period", on="UPDATE")


def _journals() -> None:
    create_tenant_table(
        "journals",
        _day("posted_on"),
        _text("memo", 200),
        _text("source_kind", 24),
        _text("source_key", 64),
        _number("line_count"),
        sa.Column("created_at", INSTANT, nullable=False),
        _user("created_by"),
        sa.UniqueConstraint("tenant_id", "source_kind", "source_key", name="uq_journals_source"),
        grant=ADD_ONLY,
    )
    op.create_index(None, "journals", ["tenant_id", "posted_on", "id"])
    create_tenant_table(
        "vouchers",
        _number("journal_id"),
        _text("kind", 24),
        _number("year"),
        _number("number"),
        tenant_fk("journal_id", "journals"),
        sa.UniqueConstraint("tenant_id", "kind", "year", "number"),
        key=("journal_id",),
        grant=ADD_ONLY,
    )
    create_tenant_table(
        "postings",
        _number("journal_id"),
        _number("line"),
        _number("account_id"),
        _number("party_id", nullable=True),
        _day("posted_on"),
        _number("debit"),
        _number("credit"),
        _text("memo", 200, nullable=True),
        tenant_fk("journal_id", "journals"),
        tenant_fk("account_id", "accounts"),
        tenant_fk("party_id", "parties"),
        sa.CheckConstraint(
            "debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)", "one_side"
        ),
        sa.CheckConstraint("line > 0", "line_positive"),
        key=("journal_id", "line"),
        grant=ADD_ONLY,
    )
    op.create_index(
        "ix_postings_account",
        "postings",
        ["tenant_id", "account_id", "posted_on"],
        postgresql_include=["debit", "credit"],
    )
    op.create_index(
        "ix_postings_party",
        "postings",
        ["tenant_id", "party_id", "account_id"],
        postgresql_include=["debit", "credit"],
        postgresql_where=sa.text("party_id IS NOT NULL"),
    )
    audit_table("journals", on="INSERT")


def _summaries() -> None:
    create_tenant_table(
        "account_months",
        _number("account_id"),
        _day("period"),
        _number("debit"),
        _number("credit"),
        tenant_fk("account_id", "accounts"),
        key=("account_id", "period"),
        grant=NO_DELETE,
    )
    create_tenant_table(
        "party_balances",
        _number("party_id"),
        _number("account_id"),
        _number("balance"),
        tenant_fk("account_id", "accounts"),
        tenant_fk("party_id", "parties"),
        key=("party_id", "account_id"),
        grant=NO_DELETE,
    )


def _members() -> None:
    create_tenant_table(
        "members",
        _number("number"),
        _text("nik", 16),
        _text("sex", 24),
        _day("born_on"),
        _text("birth_place", 60),
        _text("birth_note", 200),
        _text("address", 200),
        _text("rt", 3),
        _text("rw", 3),
        _text("phone", 20),
        _text("occupation", 60),
        _text("group", 60),
        _text("business", 60),
        _text("heir_name", 120),
        _text("heir_relation", 40),
        _text("heir_phone", 20),
        _day("registered_on"),
        _day("joined_on", nullable=True),
        _day("left_on", nullable=True),
        _text("left_reason", 200),
        _text("consent_version", 10),
        sa.Column("consent_at", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False),
        tenant_fk("id", "parties"),
        sa.UniqueConstraint("tenant_id", "number"),
        grant=NO_DELETE,
    )
    op.create_index(
        "uq_members_nik",
        "members",
        ["tenant_id", "nik"],
        unique=True,
        postgresql_where=sa.text("left_on IS NULL"),
    )
    audit_table("members", "nik")


def _dues() -> None:
    create_tenant_table(
        "dues_charges",
        _number("member_id"),
        _day("period"),
        _number("amount"),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        tenant_fk("member_id", "members"),
        sa.CheckConstraint("extract(day from period) = 1", "first_of_month"),
        sa.CheckConstraint("amount > 0", "amount_positive"),
        key=("member_id", "period"),
        grant=ADD_ONLY,
    )
    create_tenant_table(
        "dues_waivers",
        _number("member_id"),
        _day("period"),
        _text("reason", 200),
        sa.Column("created_at", INSTANT, nullable=False),
        _user("created_by"),
        tenant_fk("member_id", "members"),
        sa.CheckConstraint("extract(day from period) = 1", "first_of_month"),
        key=("member_id", "period"),
        grant=ADD_ONLY,
    )
    audit_table("dues_waivers", key="member_id+period", on="INSERT")
