"""Planned visits, and trainings with attendance by cooperative

Revision ID: 0031c
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, share_table

revision = "0031c"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit_plans",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        sa.Column("key", sa.Uuid, nullable=False, unique=True),
        sa.Column("planned_on", sa.Date, nullable=False),
        sa.Column("purpose", sa.String(200), nullable=False),
        sa.Column("companion_id", sa.BigInteger, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True)),
        sa.Column("visit_id", sa.BigInteger, unique=True),
        sa.ForeignKeyConstraint(["tenant_id", "visit_id"], ["visits.tenant_id", "visits.id"]),
    )
    op.create_index(None, "visit_plans", ["planned_on"])
    op.create_index(None, "visit_plans", ["tenant_id", "planned_on"])
    share_table("visit_plans")
    audit_table("visit_plans", on="INSERT OR UPDATE")
    _trainings()


def downgrade() -> None:
    raise NotImplementedError("what was recorded is not taken back")


def _trainings() -> None:
    op.create_table(
        "trainings",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("key", sa.Uuid, nullable=False, unique=True),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("recorded_by", sa.BigInteger, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(None, "trainings", ["held_on"])
    op.execute("GRANT SELECT, INSERT, UPDATE ON trainings TO koperasi_app")
    audit_table("trainings", on="INSERT OR UPDATE")
    op.create_table(
        "training_attendance",
        sa.Column("training_id", sa.BigInteger, sa.ForeignKey("trainings.id"), primary_key=True),
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), primary_key=True),
        sa.Column("people", sa.BigInteger, nullable=False),
        sa.CheckConstraint("people > 0", "somebody_came"),
    )
    op.create_index(None, "training_attendance", ["tenant_id"])
    share_table("training_attendance", grant="SELECT, INSERT, DELETE")
    audit_table("training_attendance", key="training_id+tenant_id", on="INSERT OR DELETE")
