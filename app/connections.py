"""How the application speaks to PostgreSQL: statements are prepared once in a connection's life.

A page reads and discards its transaction. psycopg forgets all prepared statements with it, as
a table might have been made in the transaction; so every statement of every page was planned
anew, which took PostgreSQL longer than answering. The application makes no tables.
"""

from typing import Any

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import Engine, event

STATEMENTS = 200  # kept prepared in a connection: those that one in use comes back to


class Connection(psycopg.Connection[Any]):
    """A connection that keeps its prepared statements when a transaction is discarded."""

    def rollback(self) -> None:
        if self.pgconn.transaction_status == TransactionStatus.IDLE:
            return
        result = self.pgconn.exec_(b"ROLLBACK")
        if result.status != ExecStatus.COMMAND_OK:
            raise error_from_result(result)


def keep_statements(engine: Engine) -> None:
    """Let `engine` open connections of this kind."""
    event.listen(engine, "do_connect", _connect)


def _connect(_dialect: Any, _record: Any, arguments: list[Any], options: Any) -> Connection:
    connection = Connection.connect(*arguments, **options)
    connection.prepared_max = STATEMENTS
    return connection
