"""The city's own connection: what is asked here is asked as a role that sees no person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from app.extensions import db


def ask(statement: Any, **parameters: Any) -> Sequence[Row[Any]]:
    """The rows of a question to the platform's tables, as the role `koperasi_city`."""
    with db.engines["city"].connect() as connection:
        return connection.execute(statement, parameters).all()
