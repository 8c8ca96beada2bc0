"""Collection as it is done: sheets, payers, reminders, and members who are passive

Revision ID: 0022
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, create_tenant_table, tenant_fk

revision = "0022"
down_revision = "0003"
branch_labels = None
depends_on = None

ADD_ONLY = "SELECT, INSERT"
NO_DELETE = "SELECT, INSERT, UPDATE"


def upgrade() -> None:
    _payers()
    _collections()
    _reminders()
    _passive_spells()


def downgrade() -> None:
    raise NotImplementedError("what was collected is not taken back")


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=False)


def _instant(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _user(name: str) -> sa.Column:
    return sa.Column(name, sa.BigInteger, sa.ForeignKey("users.id"))


def _payers() -> None:
    create_tenant_table(
        "payers",
        _text("contact", 120),
        _text("phone", 20),
        _text("note", 200),
        _instant("created_at"),
        tenant_fk("id", "parties"),
        grant=NO_DELETE,
    )
    audit_table("payers", on="INSERT OR UPDATE")


def _collections() -> None:
    create_tenant_table(
        "collections",
        sa.Column("key", sa.Uuid, nullable=False),
        sa.Column("paid_on", sa.Date, nullable=False),
        _text("method", 24),
        _text("place", 80),
        _number("payer_id", nullable=True),
        _instant("created_at"),
        _user("created_by"),
        tenant_fk("payer_id", "payers"),
        sa.UniqueConstraint("tenant_id", "key"),
        grant=ADD_ONLY,
    )
    create_tenant_table(
        "collection_payments",
        _number("journal_id"),
        _number("collection_id"),
        _number("member_id"),
        _number("amount"),
        tenant_fk("journal_id", "journals"),
        tenant_fk("collection_id", "collections"),
        tenant_fk("member_id", "members"),
        sa.CheckConstraint("amount > 0", "amount_positive"),
        key=("journal_id",),
        grant=ADD_ONLY,
    )
    op.create_index(None, "collection_payments", ["tenant_id", "collection_id"])
    op.create_index(None, "collection_payments", ["tenant_id", "member_id"])
    op.create_index(
        "ix_collections_payer",
        "collections",
        ["tenant_id", "payer_id"],
        postgresql_where=sa.text("payer_id IS NOT NULL"),
    )


def _reminders() -> None:
    create_tenant_table(
        "dues_reminders",
        _number("member_id"),
        _number("months"),
        _number("amount"),
        _instant("sent_at"),
        _user("sent_by"),
        tenant_fk("member_id", "members"),
        grant=ADD_ONLY,
    )
    op.create_index(None, "dues_reminders", ["tenant_id", "member_id", "sent_at"])


def _passive_spells() -> None:
    create_tenant_table(
        "passive_spells",
        _number("member_id"),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("until_on", sa.Date),
        _text("reason", 200),
        _text("end_reason", 200),
        _instant("created_at"),
        _user("created_by"),
        tenant_fk("member_id", "members"),
        sa.CheckConstraint("until_on >= from_on", "in_order"),
        grant=NO_DELETE,
    )
    # One is passive once at a time.
    op.create_index(
        "uq_passive_spells_open",
        "passive_spells",
        ["tenant_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("until_on IS NULL"),
    )
    audit_table("passive_spells", on="INSERT OR UPDATE")
