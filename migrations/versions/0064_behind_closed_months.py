"""A month in which nothing was booked takes nothing either, once a later one is closed.

Months are closed in order, but those without a journal were passed over and stayed open: an
entry in one of them changed with what the closed months after it begin.

Revision ID: 0064
Revises: 0063
"""

from alembic import op

from migrations.functions import MONTH_OPEN

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

# The first journal of a month looks at the later ones; whoever closes a month waits for it.
NOTHING_BEHIND = """
CREATE OR REPLACE FUNCTION assert_month_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    month date := date_trunc('month', NEW.posted_on)::date;
    closed timestamptz;
BEGIN
    IF NEW.posted_on > (now() AT TIME ZONE 'Asia/Jakarta')::date THEN
        RAISE EXCEPTION 'a journal cannot be dated in the future: %', NEW.posted_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'not_in_future';
    END IF;
    SELECT closed_at INTO closed FROM public.months
    WHERE tenant_id = NEW.tenant_id AND period = month FOR KEY SHARE;
    IF NOT FOUND THEN
        PERFORM pg_advisory_xact_lock_shared(hashtextextended('months', NEW.tenant_id));
        SELECT max(closed_at) INTO closed FROM public.months
        WHERE tenant_id = NEW.tenant_id AND period > month;
        IF closed IS NULL THEN
            INSERT INTO public.months (tenant_id, period) VALUES (NEW.tenant_id, month)
            ON CONFLICT DO NOTHING;
            SELECT closed_at INTO closed FROM public.months
            WHERE tenant_id = NEW.tenant_id AND period = month FOR KEY SHARE;
        END IF;
    END IF;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'the books of % are closed', month
            USING ERRCODE = 'check_violation', CONSTRAINT = 'month_open';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute(NOTHING_BEHIND)


def downgrade() -> None:
    op.execute(MONTH_OPEN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
