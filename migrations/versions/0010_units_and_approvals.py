"""Lines of business in the books, the roles of more accounts, and the two-person rule

Revision ID: 0010
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, create_tenant_table

revision = "0010"
down_revision = "0002"
branch_labels = None
depends_on = None

_ROLES = (
    ("1.1.1.10", "petty_cash"),
    ("1.1.1.20", "float_brilink"),
    ("1.1.1.21", "float_jateng"),
    ("1.1.1.22", "float_ppob"),
    ("1.1.1.90", "cash_in_transit"),
    ("2.1.1.01", "principal_refunds"),
    ("2.1.1.02", "mandatory_refunds"),
    ("2.1.2.01", "surplus_payable"),
    ("2.1.3.03", "consignment_payable"),
    ("2.1.3.04", "instalments_held"),
    ("2.1.3.05", "agency_held"),
    ("2.1.3.07", "owed_to_officers"),
    ("2.1.4.04", "interest_tax_payable"),
    ("2.1.4.05", "final_tax_payable"),
    ("3.2.1.01", "grants"),
    ("3.3.1.01", "reserves"),
    ("3.4.1.01", "surplus_undivided"),
    ("3.4.1.02", "surplus_of_year"),
    ("3.9.1.01", "income_summary"),
    ("6.1.7.01", "depreciation"),
    ("6.1.9.11", "cash_short"),
    ("9.1.1.02", "cash_over"),
    ("9.1.1.01", "bank_interest"),
    ("9.2.1.01", "bank_charges"),
    ("9.3.1.01", "final_tax"),
)
_UNITS = (
    ("00", "Kantor (umum)"),
    ("01", "Gerai sembako"),
    ("02", "Titip jual UMKM"),
    ("03", "Katering"),
    ("04", "BRILink dan Laku Pandai"),
    ("05", "PPOB"),
    ("06", "Penyaluran KUR/Kupedes"),
)
# Rows of every cooperative change here, so the owner is not bound by the policies meanwhile.
_TABLES = ("accounts", "units", "postings", "account_months")


def upgrade() -> None:
    create_tenant_table(
        "units",
        sa.Column("code", sa.String(4), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.UniqueConstraint("tenant_id", "code"),
        grant="SELECT, INSERT, UPDATE",
    )
    audit_table("units", on="INSERT OR UPDATE")
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    _open_units()
    _name_roles()
    _tell_units_apart()
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.create_index(None, "journals", ["tenant_id", "created_at"])
    _approvals()


def downgrade() -> None:
    raise NotImplementedError("the books are not taken back")


def _open_units() -> None:
    op.execute("ALTER TABLE units DISABLE TRIGGER audited")
    op.execute(
        sa.text(
            "INSERT INTO units (tenant_id, code, name)"
            " SELECT t.id, u.code, u.name FROM tenants t,"
            " unnest(CAST(:codes AS text[]), CAST(:names AS text[])) AS u (code, name)"
            " WHERE EXISTS (SELECT FROM accounts a WHERE a.tenant_id = t.id)"
        ).bindparams(codes=[code for code, _ in _UNITS], names=[name for _, name in _UNITS])
    )
    op.execute("ALTER TABLE units ENABLE TRIGGER audited")


def _name_roles() -> None:
    op.execute("ALTER TABLE accounts DISABLE TRIGGER audited")
    op.execute(
        sa.text(
            "UPDATE accounts SET role = r.role"
            " FROM unnest(CAST(:codes AS text[]), CAST(:roles AS text[])) AS r (code, role)"
            " WHERE accounts.code = r.code AND accounts.role IS NULL"
        ).bindparams(codes=[code for code, _ in _ROLES], roles=[role for _, role in _ROLES])
    )
    op.execute(
        "INSERT INTO accounts (tenant_id, code, name, type, side, role)"
        " SELECT DISTINCT tenant_id, '9.2.1.02', 'Beban Bunga Simpanan Sukarela', 'expense',"
        " 'D', 'savings_interest' FROM accounts ON CONFLICT DO NOTHING"
    )
    op.execute("ALTER TABLE accounts ENABLE TRIGGER audited")


def _tell_units_apart() -> None:
    for table in ("postings", "account_months"):
        op.add_column(table, sa.Column("unit_id", sa.BigInteger))
        op.execute(
            f"UPDATE {table} SET unit_id = u.id FROM units u"  # noqa: S608 (two known names)
            f" WHERE u.tenant_id = {table}.tenant_id AND u.code = '00'"
        )
        op.alter_column(table, "unit_id", nullable=False)
        op.create_foreign_key(None, table, "units", ["tenant_id", "unit_id"], ["tenant_id", "id"])
    op.drop_constraint("pk_account_months", "account_months")
    op.create_primary_key(
        "pk_account_months", "account_months", ["tenant_id", "account_id", "unit_id", "period"]
    )


def _approvals() -> None:
    create_tenant_table(
        "approvals",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("arguments", sa.dialects.postgresql.JSONB, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("asked_by", sa.BigInteger, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("answer", sa.String(200), nullable=False),
        sa.CheckConstraint("decided_by <> asked_by OR state = 'withdrawn'", "two_persons"),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", "decided"),
        sa.UniqueConstraint("tenant_id", "kind", "key"),
        grant="SELECT, INSERT, UPDATE",
    )
    op.create_index(
        "ix_approvals_waiting",
        "approvals",
        ["tenant_id", "asked_at"],
        postgresql_where=sa.text("state = 'waiting'"),
    )
    audit_table("approvals", on="INSERT OR UPDATE")
