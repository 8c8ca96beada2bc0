"""Tills, shifts, plain words for money in and out, photos of receipts, owed officers

Revision ID: 0021
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import audit_table, create_tenant_table, tenant_fk

revision = "0021"
down_revision = "0026"
branch_labels = None
depends_on = None

_TILLS = (
    ("cash", "Kas Tunai", "cash", True),
    ("petty_cash", "Kas Kecil", "cash", False),
    ("bank_bri", "Bank BRI", "bank", True),
    ("bank_jateng", "Bank Jateng", "bank", True),
    ("float_brilink", "Saldo BRILink", "float", True),
    ("float_jateng", "Saldo Laku Pandai", "float", True),
    ("float_ppob", "Deposit PPOB", "float", True),
)
_WORDS = (
    ("in", "Terima hibah", "3.2.1.01", None),
    ("in", "Terima bunga bank", "9.1.1.01", None),
    ("in", "Jual barang ke anggota", "4.1.1.01", "01"),
    ("in", "Jual barang ke bukan anggota", "4.2.1.01", "01"),
    ("in", "Komisi titip jual", "4.1.1.02", "02"),
    ("in", "Terima katering dari anggota", "4.1.1.03", "03"),
    ("in", "Terima katering dari bukan anggota", "4.2.1.03", "03"),
    ("in", "Fee BRILink dari pelanggan", "4.1.4.01", "04"),
    ("in", "Bagi hasil fee dari bank", "4.1.4.02", "04"),
    ("in", "Fee PPOB", "4.1.4.03", "05"),
    ("in", "Fee penyaluran KUR/Kupedes", "4.1.4.04", "06"),
    ("in", "Terima uang muka pelanggan", "2.1.3.06", None),
    ("in", "Terima pelunasan piutang usaha", "1.1.2.01", None),
    ("out", "Beli ATK dan fotokopi", "6.1.2.01", None),
    ("out", "Beli konsumsi rapat", "6.1.2.02", None),
    ("out", "Bayar listrik dan air", "6.1.3.01", None),
    ("out", "Bayar internet dan telepon", "6.1.3.02", None),
    ("out", "Bayar gaji pegawai", "6.1.1.01", None),
    ("out", "Bayar honor pengurus dan pengawas", "6.1.1.02", None),
    ("out", "Bayar sewa tempat", "6.1.4.01", None),
    ("out", "Bayar asuransi", "6.1.5.01", None),
    ("out", "Bayar transportasi dan perjalanan", "6.1.8.01", None),
    ("out", "Bayar promosi", "6.2.1.01", None),
    ("out", "Bayar audit", "6.1.9.01", None),
    ("out", "Bayar administrasi bank", "9.2.1.01", None),
    ("out", "Beli barang dagangan", "1.1.4.01", "01"),
    ("out", "Beli bahan katering", "1.1.4.04", "03"),
    ("out", "Beli perlengkapan", "1.1.4.03", None),
    ("out", "Beli peralatan dan meubelair", "1.3.3.01", None),
    ("out", "Bayar uang muka pembelian", "1.1.5.05", None),
    ("out", "Bayar utang usaha", "2.1.3.01", None),
    ("out", "Bayar PPh final", "2.1.4.05", None),
    ("out", "Bayar dana sosial", "2.1.2.05", None),
    ("out", "Bayar dana pendidikan", "2.1.2.04", None),
    ("out", "Bayar keperluan lain", "6.1.9.99", None),
)
# Read or filled for every cooperative here, so the owner is not bound by the policies meanwhile.
_TABLES = ("accounts", "units", "tills", "cash_categories")
_CHANGE = "SELECT, INSERT, UPDATE"


def upgrade() -> None:
    _tables()
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    _fill()
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for table in ("tills", "cash_shifts", "cash_categories"):
        audit_table(table, on="INSERT OR UPDATE")
    audit_table("cash_photos", "content", key="key", on="INSERT")
    audit_table("officer_parties", key="user_id", on="INSERT")


def downgrade() -> None:
    raise NotImplementedError("the books are not taken back")


def _tables() -> None:
    create_tenant_table(
        "tills",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        tenant_fk("account_id", "accounts"),
        sa.UniqueConstraint("tenant_id", "account_id"),
        sa.UniqueConstraint("tenant_id", "name"),
        grant=_CHANGE,
    )
    _shifts()
    create_tenant_table(
        "cash_categories",
        sa.Column("direction", sa.String(24), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("unit_id", sa.BigInteger),
        sa.Column("active", sa.Boolean, nullable=False),
        tenant_fk("account_id", "accounts"),
        tenant_fk("unit_id", "units"),
        sa.UniqueConstraint("tenant_id", "direction", "name"),
        grant=_CHANGE,
    )
    create_tenant_table(
        "cash_photos",
        sa.Column("key", sa.Uuid, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("width", sa.BigInteger, nullable=False),
        sa.Column("height", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.BigInteger, sa.ForeignKey("users.id")),
        key=("key",),
        grant="SELECT, INSERT",
    )
    create_tenant_table(
        "officer_parties",
        sa.Column("user_id", sa.BigInteger, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("party_id", sa.BigInteger, nullable=False),
        tenant_fk("party_id", "parties"),
        sa.UniqueConstraint("tenant_id", "party_id"),
        key=("user_id",),
        grant="SELECT, INSERT",
    )


def _shifts() -> None:
    create_tenant_table(
        "cash_shifts",
        sa.Column("till_id", sa.BigInteger, nullable=False),
        sa.Column("cashier_id", sa.BigInteger, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opening_count", sa.BigInteger, nullable=False),
        sa.Column("opening_balance", sa.BigInteger, nullable=False),
        sa.Column("opening_note", sa.String(200), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("closed_by", sa.BigInteger, sa.ForeignKey("users.id")),
        sa.Column("counts", sa.dialects.postgresql.JSONB),
        sa.Column("counted", sa.BigInteger),
        sa.Column("expected", sa.BigInteger),
        sa.Column("note", sa.String(200), nullable=False),
        tenant_fk("till_id", "tills"),
        sa.CheckConstraint("(closed_at IS NULL) = (counted IS NULL)", "closed_is_counted"),
        sa.CheckConstraint("opening_count >= 0 AND coalesce(counted, 0) >= 0", "not_negative"),
        grant=_CHANGE,
    )
    for name, column in (("till", "till_id"), ("cashier", "cashier_id")):
        op.create_index(
            f"ix_cash_shifts_open_{name}",
            "cash_shifts",
            ["tenant_id", column],
            unique=True,
            postgresql_where=sa.text("closed_at IS NULL"),
        )
    op.create_index(None, "cash_shifts", ["tenant_id", "opened_at"])


def _fill() -> None:
    """Give the cooperatives that exist already what a new one starts with."""
    roles, names, kinds, active = (list(column) for column in zip(*_TILLS, strict=True))
    op.execute(
        sa.text(
            "INSERT INTO tills (tenant_id, name, kind, account_id, active)"
            " SELECT a.tenant_id, t.name, t.kind, a.id, t.active FROM accounts a"
            " JOIN unnest(CAST(:roles AS text[]), CAST(:names AS text[]), CAST(:kinds AS text[]),"
            " CAST(:active AS boolean[])) AS t (role, name, kind, active) ON a.role = t.role"
        ).bindparams(roles=roles, names=names, kinds=kinds, active=active)
    )
    directions, words, codes, units = (list(column) for column in zip(*_WORDS, strict=True))
    op.execute(
        sa.text(
            "INSERT INTO cash_categories"
            " (tenant_id, direction, name, account_id, unit_id, active)"
            " SELECT a.tenant_id, w.direction, w.name, a.id, u.id, true FROM accounts a"
            " JOIN unnest(CAST(:directions AS text[]), CAST(:words AS text[]),"
            " CAST(:codes AS text[]), CAST(:units AS text[]))"
            " AS w (direction, name, code, unit) ON a.code = w.code"
            " LEFT JOIN units u ON u.tenant_id = a.tenant_id AND u.code = w.unit"
        ).bindparams(directions=directions, words=words, codes=codes, units=units)
    )
