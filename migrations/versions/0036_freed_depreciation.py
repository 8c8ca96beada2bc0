"""Taking a journal of depreciation back frees its months

Revision ID: 0036
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0031"
branch_labels = None
depends_on = None

TABLE = "asset_depreciations"

# Whatever takes the journal back frees its months in the same breath, so that no path through
# the product can forget it. Of an asset that is gone since, the loss on going rests on them.
FREE = """
CREATE FUNCTION free_depreciation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM asset_depreciations booked
        JOIN assets gone ON gone.tenant_id = booked.tenant_id AND gone.id = booked.asset_id
        WHERE booked.tenant_id = NEW.tenant_id AND booked.journal_id = NEW.source_key::bigint
          AND gone.disposed_on IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'an asset is gone since' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'depreciation_rests';
    END IF;
    UPDATE asset_depreciations SET taken_back_by = NEW.id
    WHERE tenant_id = NEW.tenant_id AND journal_id = NEW.source_key::bigint;
    RETURN NULL;
END $$;
CREATE TRIGGER free_depreciation AFTER INSERT ON journals FOR EACH ROW
    WHEN (NEW.source_kind = 'ledger.reversal') EXECUTE FUNCTION free_depreciation();
"""


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("taken_back_by", sa.BigInteger))
    op.create_foreign_key(
        None,
        TABLE,
        "journals",
        ["tenant_id", "taken_back_by"],
        ["tenant_id", "id"],
        postgresql_not_valid=True,  # the column is new: there is nothing to look through
    )
    op.drop_constraint(f"pk_{TABLE}", TABLE, type_="primary")
    op.create_primary_key(f"pk_{TABLE}", TABLE, ["tenant_id", "asset_id", "period", "journal_id"])
    op.create_index(
        "ix_asset_depreciations_once",
        TABLE,
        ["tenant_id", "asset_id", "period"],
        unique=True,
        postgresql_where="taken_back_by IS NULL",
    )
    op.execute(f"GRANT UPDATE (taken_back_by) ON {TABLE} TO koperasi_app")
    op.execute(FREE)


def downgrade() -> None:
    raise NotImplementedError("months that were freed and booked again would clash")
