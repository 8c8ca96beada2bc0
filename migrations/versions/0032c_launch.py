"""Documents of cooperatives, and whether they are ready to be launched

Revision ID: 0032c
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, create_tenant_table, share_table, tenant_fk

revision = "0032c"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _documents()
    create_tenant_table(
        "launch_evidence",
        sa.Column("item", sa.String(24), nullable=False),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("document_id", sa.BigInteger),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ticked_by", sa.BigInteger, sa.ForeignKey("users.id")),
        tenant_fk("document_id", "documents"),
        sa.CheckConstraint("note <> '' OR document_id IS NOT NULL", "shows_something"),
        key=("item",),
    )
    audit_table("launch_evidence", key="item")
    _reported()


def downgrade() -> None:
    raise NotImplementedError("papers are not thrown away")


def _documents() -> None:
    create_tenant_table(
        "documents",
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("number", sa.String(80), nullable=False),
        sa.Column("dated_on", sa.Date),
        sa.Column("issuer", sa.String(120), nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("valid_until >= dated_on", "ends_after_it_begins"),
        grant="SELECT, INSERT, UPDATE",
    )
    op.create_index(None, "documents", ["tenant_id", "kind"])
    audit_table("documents", on="INSERT OR UPDATE")
    create_tenant_table(
        "document_files",
        sa.Column("document_id", sa.BigInteger, nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        tenant_fk("document_id", "documents"),
        key=("document_id",),
        grant="SELECT, INSERT, UPDATE",
    )
    audit_table("document_files", "content", key="document_id", on="INSERT OR UPDATE")


def _reported() -> None:
    op.create_table(
        "launch_plans",
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), primary_key=True),
        sa.Column("soft_on", sa.Date),
        sa.Column("grand_on", sa.Date),
        sa.Column("meeting_on", sa.Date),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.BigInteger, sa.ForeignKey("users.id")),
    )
    share_table("launch_plans")
    op.execute(
        "GRANT SELECT (tenant_id, soft_on, grand_on, meeting_on) ON launch_plans TO koperasi_city"
    )
    audit_table("launch_plans", key="tenant_id", on="INSERT OR UPDATE")
    op.create_table(
        "readiness",
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
        sa.Column("item", sa.String(24), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "item"),
    )
    share_table("readiness")
    op.execute("GRANT SELECT ON readiness TO koperasi_city")
