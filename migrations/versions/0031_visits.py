"""Visits to cooperatives: reports, photos and signatures

Revision ID: 0031
Revises: 0024d
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, share_table

revision = "0031"
down_revision = "0024d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        sa.Column("key", sa.Uuid, nullable=False, unique=True),
        sa.Column("visited_on", sa.Date, nullable=False),
        sa.Column("began_at", sa.Time, nullable=False),
        sa.Column("ended_at", sa.Time, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("purpose", sa.String(200), nullable=False),
        sa.Column("attended", sa.Text, nullable=False),
        sa.Column("topics", sa.ARRAY(sa.String(24)), nullable=False),
        sa.Column("observations", sa.Text, nullable=False),
        sa.Column("recommendations", sa.Text, nullable=False),
        sa.Column("signed_by", sa.String(120), nullable=False),
        sa.Column("on_paper", sa.Boolean, nullable=False),
        sa.Column("companion_id", sa.BigInteger, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_on", sa.Date),
        sa.Column("approved_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.CheckConstraint("ended_at > began_at", "ends_after_it_begins"),
        sa.UniqueConstraint("tenant_id", "id"),
    )
    op.create_index(None, "visits", ["tenant_id", "visited_on"])
    op.create_index(None, "visits", ["companion_id", "visited_on"])
    share_table("visits")
    # The city's figures know when a visit was, and nothing that was written about it.
    op.execute("GRANT SELECT (id, tenant_id, visited_on, approved_on) ON visits TO koperasi_city")
    audit_table("visits", on="INSERT OR UPDATE")
    _photos()
    _signatures()


def downgrade() -> None:
    raise NotImplementedError("what was reported is not taken back")


def _photos() -> None:
    op.create_table(
        "visit_photos",
        sa.Column("tenant_id", sa.BigInteger, nullable=False),
        sa.Column("visit_id", sa.BigInteger, nullable=False),
        sa.Column("key", sa.Uuid, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _of_visit(),
    )
    op.create_index(None, "visit_photos", ["visit_id"])
    share_table("visit_photos", grant="SELECT, INSERT, DELETE")
    audit_table("visit_photos", "content", key="key", on="INSERT OR DELETE")


def _signatures() -> None:
    op.create_table(
        "visit_signatures",
        sa.Column("tenant_id", sa.BigInteger, nullable=False),
        sa.Column("visit_id", sa.BigInteger, primary_key=True),
        sa.Column("side", sa.String(24), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        _of_visit(),
    )
    share_table("visit_signatures", grant="SELECT, INSERT, DELETE")
    audit_table("visit_signatures", "content", key="visit_id+side", on="INSERT OR DELETE")


def _of_visit() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["tenant_id", "visit_id"], ["visits.tenant_id", "visits.id"])
