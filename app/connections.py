"""How the application speaks to PostgreSQL: in as few trips and with as little planning as will do.

A page reads and discards its transaction. psycopg forgets all prepared statements with it, as
a table might have been made in the transaction; so every statement of every page was planned
anew, which took PostgreSQL longer than answering. The application makes no tables.
"""

from select import POLLIN, poll
from typing import Any

import psycopg
import sqlalchemy
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError, OperationalError

STATEMENTS = 200  # kept prepared in a connection: those that one in use comes back to


class Connection(psycopg.Connection[Any]):
    """A connection that keeps its prepared statements when a transaction is discarded."""

    def rollback(self) -> None:
        if self.pgconn.transaction_status != TransactionStatus.IDLE:
            self._run("ROLLBACK")

    def tell(self, commands: str) -> None:
        """Run commands that answer nothing, in one trip, which also begins the transaction."""
        idle = self.pgconn.transaction_status == TransactionStatus.IDLE
        self._run(f"BEGIN; {commands}" if idle else commands)

    def _run(self, commands: str) -> None:
        result = self.pgconn.exec_(commands.encode())
        if self.closed:
            raise psycopg.OperationalError(result.get_error_message())
        if result.status != ExecStatus.COMMAND_OK:
            raise error_from_result(result)


def tell(connection: sqlalchemy.Connection, commands: str) -> None:
    """As `Connection.tell`, on one that the session holds.

    One that PostgreSQL has ended is given up, as after any other statement.
    """
    own: Any = connection.connection.driver_connection
    try:
        own.tell(commands)
    except psycopg.OperationalError as error:
        connection.invalidate(error)
        raise OperationalError(commands, None, error) from error


def set_up(engine: Engine) -> None:
    """Let `engine` open connections of this kind, and hand out none that was closed meanwhile."""
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "checkout", _require_open)


def _connect(_dialect: Any, _record: Any, arguments: list[Any], options: Any) -> Connection:
    connection = Connection.connect(*arguments, **options)
    connection.prepared_max = STATEMENTS
    return connection


def _require_open(connection: Connection, _record: Any, _proxy: Any) -> None:
    """Replace a connection that PostgreSQL has ended.

    It says nothing on a connection at rest but that it ends it: if there is something to
    read, it is that. Asking it would cost every page a trip.
    """
    word = poll()
    word.register(connection.fileno(), POLLIN)
    if word.poll(0):
        raise DisconnectionError
