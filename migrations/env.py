import os

from alembic import context
from sqlalchemy import NullPool, create_engine, text

import app.factory  # noqa: F401  (loads every model)
from app.config import psycopg_url
from app.extensions import Model

# Migrations run as the owner of the tables; the application's own role may not alter them.
engine = create_engine(psycopg_url(os.environ["DATABASE_OWNER_URL"]), poolclass=NullPool)

with engine.connect() as connection:
    # Give up rather than make the whole city wait behind a lock.
    connection.execute(text("SET lock_timeout = '4s'"))
    connection.execute(text("SET statement_timeout = '30s'"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        transaction_per_migration=True,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()
