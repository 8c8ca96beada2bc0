"""The figures that cooperatives report to the city

Revision ID: 0030
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import share_table

revision = "0030"
down_revision = "0022"
branch_labels = None
depends_on = None

_NUMBERS = (
    "members_active",
    "members_candidates",
    "members_left",
    "members_women",
    "members_men",
    "members_joined",
    "members_leaving",
    "dues_billed",
    "dues_settled",
    "dues_members_billed",
    "dues_members_settled",
    "arrears_30",
    "arrears_60",
    "arrears_90",
    "arrears_over",
    "savings_principal",
    "savings_mandatory",
    "savings_voluntary",
    "sales_members",
    "sales_others",
    "fees",
    "commission",
    "revenue_shop",
    "revenue_consignment",
    "revenue_catering",
    "revenue_agency",
    "revenue_bills",
    "revenue_referral",
    "consignors",
    "consignment_owed",
    "consignment_overdue",
    "referrals",
    "instalments_held",
    "instalments_days",
    "cash",
    "bank",
    "floats",
    "cash_differences",
    "revenue",
    "expenses",
    "assets",
    "equity",
    "opening_entered",
    "findings_open",
    "findings_overdue",
    "documents",
    "board_seats",
    "supervisor_seats",
)
_DAYS = (
    "closed_through",
    "last_activity_on",
)


def upgrade() -> None:
    for table, key in (("indicator_days", "on"), ("indicator_months", "period")):
        op.create_table(
            table,
            sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenants.id"), nullable=False),
            sa.Column(key, sa.Date, nullable=False),
            sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
            *(sa.Column(name, sa.BigInteger) for name in _NUMBERS),
            *(sa.Column(name, sa.Date) for name in _DAYS),
            sa.PrimaryKeyConstraint("tenant_id", key),
        )
        share_table(table, grant="SELECT, INSERT, UPDATE, DELETE")
        op.execute(f"GRANT SELECT ON {table} TO koperasi_city")
        op.create_index(None, table, [key])


def downgrade() -> None:
    raise NotImplementedError("what was reported is not taken back")
