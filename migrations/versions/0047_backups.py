"""The role of the backup reads every table, those to come as well

Revision ID: 0047
Revises: 0040
"""

from alembic import op

revision = "0047"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("GRANT USAGE ON SCHEMA public TO koperasi_backup")
    for what in ("TABLES", "SEQUENCES"):
        op.execute(f"GRANT SELECT ON ALL {what} IN SCHEMA public TO koperasi_backup")
        op.execute(
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON {what} TO koperasi_backup"
        )


def downgrade() -> None:
    raise NotImplementedError("what is kept is no less worth a backup")
