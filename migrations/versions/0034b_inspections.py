"""The city looks inside a cooperative, with leave and with a trail

Revision ID: 0034b
Revises: 0032c
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, share_table

revision = "0034b"
down_revision = "0032c"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def _user(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.BigInteger, sa.ForeignKey("users.id"), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "inspections",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        _user("asked_by", nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("reason", sa.String(600), nullable=False),
        sa.Column("days", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("emergency", sa.Boolean, nullable=False),
        _user("decided_by"),
        sa.Column("decided_at", INSTANT),
        sa.Column("answer", sa.String(600), nullable=False),
        sa.Column("expires_at", INSTANT),
        _user("ended_by"),
        sa.Column("ended_at", INSTANT),
        sa.CheckConstraint("decided_by <> asked_by OR state <> 'granted'", "not_granted_by_asker"),
        sa.CheckConstraint("expires_at IS NOT NULL OR state <> 'granted'", "granted_for_a_time"),
    )
    op.create_index(
        "uq_inspections_waiting",
        "inspections",
        ["tenant_id", "asked_by"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(None, "inspections", ["tenant_id", "asked_by"])
    op.create_index(None, "inspections", ["asked_by"])
    share_table("inspections")
    audit_table("inspections")
    op.create_table(
        "inspection_looks",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        sa.Column("inspection_id", sa.BigInteger, sa.ForeignKey("inspections.id"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("path", sa.String(400), nullable=False),
    )
    op.create_index(None, "inspection_looks", ["inspection_id"])
    share_table("inspection_looks", grant="SELECT, INSERT")  # a trail is only added to


def downgrade() -> None:
    raise NotImplementedError("what was looked at is not forgotten")
