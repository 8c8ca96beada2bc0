"""Taking the journal of a disposal back puts the asset into use again

Revision ID: 0040
Revises: 0034b
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import create_tenant_table, tenant_fk

revision = "0040"
down_revision = "0034b"
branch_labels = None
depends_on = None

TABLE = "asset_disposals"

# Whatever takes the journal back returns the asset in the same breath, as with the months of
# depreciation.
RETURN = """
CREATE FUNCTION return_disposed_asset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH returned AS (
        UPDATE asset_disposals SET taken_back_by = NEW.id
        WHERE tenant_id = NEW.tenant_id AND journal_id = NEW.source_key::bigint
          AND taken_back_by IS NULL
        RETURNING asset_id
    )
    UPDATE assets SET disposed_on = NULL, disposal = ''
    WHERE tenant_id = NEW.tenant_id AND id IN (SELECT asset_id FROM returned);
    RETURN NULL;
END $$;
CREATE TRIGGER return_disposed_asset AFTER INSERT ON journals FOR EACH ROW
    WHEN (NEW.source_kind = 'ledger.reversal') EXECUTE FUNCTION return_disposed_asset();
"""
# What went before this table was there, and what of it has been taken back by now.
KNOWN = """
INSERT INTO asset_disposals (tenant_id, asset_id, journal_id, disposed_on, reason, taken_back_by)
SELECT a.tenant_id, a.id, went.id, a.disposed_on, a.disposal, back.id
FROM assets a
JOIN journals went ON went.tenant_id = a.tenant_id
    AND went.source_kind = 'assets.disposal' AND went.source_key = a.id::text
LEFT JOIN journals back ON back.tenant_id = a.tenant_id
    AND back.source_kind = 'ledger.reversal' AND back.source_key = went.id::text
WHERE a.disposed_on IS NOT NULL;
UPDATE assets a SET disposed_on = NULL, disposal = ''
FROM asset_disposals gone
WHERE gone.tenant_id = a.tenant_id AND gone.asset_id = a.id AND gone.taken_back_by IS NOT NULL;
"""


def upgrade() -> None:
    create_tenant_table(
        TABLE,
        sa.Column("asset_id", sa.BigInteger, nullable=False),
        sa.Column("journal_id", sa.BigInteger, nullable=False),
        sa.Column("disposed_on", sa.Date, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("taken_back_by", sa.BigInteger),
        tenant_fk("asset_id", "assets"),
        tenant_fk("journal_id", "journals"),
        tenant_fk("taken_back_by", "journals"),
        sa.UniqueConstraint("tenant_id", "journal_id"),
        key=("asset_id", "journal_id"),
        grant="SELECT, INSERT, UPDATE (taken_back_by)",
    )
    op.create_index(
        "ix_asset_disposals_once",
        TABLE,
        ["tenant_id", "asset_id"],
        unique=True,
        postgresql_where="taken_back_by IS NULL",
    )
    _carry_over()
    op.execute(RETURN)


def downgrade() -> None:
    raise NotImplementedError("what was taken back would be gone again")


def _carry_over() -> None:
    """Assets of every cooperative are read here, so no policy binds the owner meanwhile."""
    tables = ("assets", "journals", TABLE)
    for table in tables:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE assets DISABLE TRIGGER audited")
    op.execute(KNOWN)
    op.execute("ALTER TABLE assets ENABLE TRIGGER audited")
    for table in tables:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
