"""Fixed assets, their depreciation, and things on loan

Revision ID: 0024c
Revises: 0024b
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, create_tenant_table, tenant_fk

revision = "0024c"
down_revision = "0024b"
branch_labels = None
depends_on = None

NO_DELETE = "SELECT, INSERT, UPDATE"
_ROLES = (
    ("1.3.2.01", "buildings"),
    ("1.3.3.01", "equipment"),
    ("1.3.4.01", "vehicles"),
    ("1.3.5.01", "buildings_lost"),
    ("1.3.5.02", "equipment_lost"),
    ("1.3.5.03", "vehicles_lost"),
    ("1.4.1.01", "software"),
    ("1.4.2.01", "software_lost"),
)
_ACCOUNTS = (
    ("9.1.1.03", "Laba Pelepasan Aset", "revenue", "K", "disposal_gain"),
    ("9.2.1.03", "Rugi Pelepasan Aset", "expense", "D", "disposal_loss"),
)


def upgrade() -> None:
    _accounts()
    _assets()
    _borrowed()


def downgrade() -> None:
    raise NotImplementedError("the books are not taken back")


def _accounts() -> None:
    """Accounts of every cooperative change here, so no policy binds the owner meanwhile."""
    op.execute("ALTER TABLE accounts NO FORCE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE accounts DISABLE TRIGGER audited")
    op.execute(
        sa.text(
            "UPDATE accounts SET role = r.role"
            " FROM unnest(CAST(:codes AS text[]), CAST(:roles AS text[])) AS r (code, role)"
            " WHERE accounts.code = r.code AND accounts.role IS NULL"
        ).bindparams(codes=[code for code, _ in _ROLES], roles=[role for _, role in _ROLES])
    )
    for code, name, type_, side, role in _ACCOUNTS:
        op.execute(
            sa.text(
                "INSERT INTO accounts (tenant_id, code, name, type, side, role)"
                " SELECT DISTINCT tenant_id, :code, :name, :type, :side, :role"
                " FROM accounts ON CONFLICT DO NOTHING"
            ).bindparams(code=code, name=name, type=type_, side=side, role=role)
        )
    op.execute("ALTER TABLE accounts ENABLE TRIGGER audited")
    op.execute("ALTER TABLE accounts FORCE ROW LEVEL SECURITY")


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=False)


def _day(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Date, nullable=nullable)


def _assets() -> None:
    create_tenant_table(
        "assets",
        _number("number"),
        _text("name", 80),
        _text("brand", 60),
        _number("quantity"),
        _text("group", 24),
        _number("unit_id"),
        _day("acquired_on"),
        _number("cost"),
        _number("residual"),
        _number("life_months"),
        _number("lost_before"),
        _day("first_period"),
        _number("months_here"),
        _text("location", 80),
        _text("condition", 24),
        _day("disposed_on", nullable=True),
        _text("disposal", 200),
        tenant_fk("unit_id", "units"),
        sa.UniqueConstraint("tenant_id", "number"),
        sa.CheckConstraint("cost > 0 AND residual >= 0 AND lost_before >= 0", "amounts"),
        sa.CheckConstraint("residual + lost_before <= cost", "not_more_than_cost"),
        sa.CheckConstraint("months_here >= 0", "months"),
        grant=NO_DELETE,
    )
    audit_table("assets", key="number", on="INSERT OR UPDATE")
    create_tenant_table(
        "asset_depreciations",
        _number("asset_id"),
        _day("period"),
        _number("amount"),
        _number("journal_id"),
        tenant_fk("asset_id", "assets"),
        tenant_fk("journal_id", "journals"),
        key=("asset_id", "period"),
        grant="SELECT, INSERT",
    )


def _borrowed() -> None:
    create_tenant_table(
        "borrowed_assets",
        _number("number"),
        _text("name", 80),
        _text("brand", 60),
        _number("quantity"),
        _text("owner", 120),
        _text("agreement", 80),
        _day("received_on"),
        _number("value"),
        _text("location", 80),
        _text("condition", 24),
        _text("note", 200),
        _day("returned_on", nullable=True),
        sa.UniqueConstraint("tenant_id", "number"),
        grant=NO_DELETE,
    )
    audit_table("borrowed_assets", key="number", on="INSERT OR UPDATE")
