"""Cooperatives, people, audit trail and jobs

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.functions import NOTE_CHANGE
from migrations.tenant_tables import audit_table, create_tenant_table, share_table

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute("GRANT USAGE ON SCHEMA public TO koperasi_app, koperasi_city")
    op.execute("GRANT SELECT ON alembic_version TO koperasi_app")  # for /readyz
    _tenants()
    _people()
    _audit()
    _settings()
    _jobs()


def downgrade() -> None:
    raise NotImplementedError("the first migration is undone by dropping the database")


def _id() -> sa.Column:
    return sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True)


def _made() -> sa.Column:
    return sa.Column("created_at", INSTANT, nullable=False)


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=False)


def _reference(name: str, table: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.BigInteger, sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _tenants() -> None:
    op.create_table(
        "tenants",
        _id(),
        sa.Column("slug", sa.String(40), nullable=False, unique=True),
        _text("name", 120),
        _text("legal_name", 160),
        _text("ward", 80),
        sa.Column("ward_code", sa.String(16), nullable=False, unique=True),
        _text("district", 80),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("founded_on", sa.Date),
        _text("deed", 80),
        _text("legal_decree", 80),
        _text("business_number", 40),
        _text("tax_number", 40),
        _text("cooperative_number", 40),
        _made(),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON tenants TO koperasi_app")
    op.create_table(
        "tenant_statuses",
        _reference("tenant_id", "tenants"),
        sa.Column("from_date", sa.Date, nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        _text("note", 200),
        _made(),
        sa.PrimaryKeyConstraint("tenant_id", "from_date", "status"),
    )
    share_table("tenant_statuses")
    op.execute("GRANT SELECT ON tenants, tenant_statuses TO koperasi_city")


def _people() -> None:
    op.create_table(
        "users",
        _id(),
        _text("name", 120),
        sa.Column("email", sa.String(120), unique=True),
        sa.Column("phone", sa.String(20), unique=True),
        sa.Column("password_hash", sa.String(200)),
        _made(),
        sa.CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", "reachable"),
    )
    op.create_table(
        "login_sessions",
        _id(),
        _reference("user_id", "users"),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        _text("device", 120),
        _text("address", 45),
        _made(),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
    )
    op.create_index(None, "login_sessions", ["user_id"])
    op.create_table(
        "invitations",
        _id(),
        _reference("user_id", "users"),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
        _made(),
    )
    op.create_index(None, "invitations", ["user_id"])
    op.create_table(
        "submissions",
        sa.Column("key", sa.Uuid, primary_key=True),
        _reference("user_id", "users", nullable=True),
        _text("fingerprint", 64),
        sa.Column("location", sa.Text, nullable=False),
        _made(),
    )
    op.execute(
        "GRANT SELECT, INSERT, UPDATE"
        " ON users, login_sessions, invitations, submissions TO koperasi_app"
    )
    op.create_table(
        "offices",
        _id(),
        _reference("tenant_id", "tenants", nullable=True),
        _reference("user_id", "users"),
        _text("role", 24),
        sa.Column("from_date", sa.Date, nullable=False),
        sa.Column("until_date", sa.Date),
        _text("decree", 80),
        sa.Column("is_ward_head", sa.Boolean, nullable=False),
        _made(),
    )
    op.create_index(None, "offices", ["tenant_id"])
    op.create_index(None, "offices", ["user_id"])
    share_table("offices")


def _audit() -> None:
    op.create_table(
        "audit_events",
        _id(),
        _reference("tenant_id", "tenants", nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        _reference("actor_id", "users", nullable=True),
        _text("action", 24),
        _text("record", 40),
        _text("record_id", 80),
        sa.Column("before", JSONB),
        sa.Column("after", JSONB),
    )
    op.create_index(None, "audit_events", ["tenant_id", "at"])
    op.create_index(None, "audit_events", ["tenant_id", "record", "record_id"])
    share_table("audit_events", grant="SELECT, INSERT")
    op.execute(NOTE_CHANGE)
    audit_table("tenants")
    audit_table("tenant_statuses", key="tenant_id+from_date+status")
    audit_table("users", "password_hash")
    audit_table("offices")


def _settings() -> None:
    def dated() -> tuple[sa.Column, ...]:
        return (
            _text("key", 60),
            sa.Column("from_date", sa.Date, nullable=False),
            sa.Column("value", JSONB, nullable=False),
            _text("legal_basis", 200),
            _made(),
        )

    op.create_table("city_settings", *dated(), sa.PrimaryKeyConstraint("key", "from_date"))
    op.execute("GRANT SELECT, INSERT, UPDATE ON city_settings TO koperasi_app")
    op.execute("GRANT SELECT ON city_settings TO koperasi_city")
    create_tenant_table(
        "tenant_settings", *dated(), key=("key", "from_date"), grant="SELECT, INSERT, UPDATE"
    )
    audit_table("city_settings", key="key+from_date")
    audit_table("tenant_settings", key="key+from_date")


def _jobs() -> None:
    op.create_table(
        "jobs",
        _id(),
        _reference("tenant_id", "tenants", nullable=True),
        _text("kind", 40),
        _text("key", 64),
        sa.Column("arguments", JSONB, nullable=False),
        _text("state", 24),
        sa.Column("done", sa.BigInteger, nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.Column("result", JSONB, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("attempts", sa.BigInteger, nullable=False),
        _reference("started_by", "users", nullable=True),
        _made(),
        sa.Column("started_at", INSTANT),
        sa.Column("heartbeat_at", INSTANT),
        sa.Column("finished_at", INSTANT),
        sa.UniqueConstraint("tenant_id", "kind", "key", postgresql_nulls_not_distinct=True),
    )
    op.create_index(None, "jobs", ["tenant_id", "kind", "created_at"])
    op.create_index(
        "ix_jobs_open",
        "jobs",
        ["state"],
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )
    share_table("jobs")
