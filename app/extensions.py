"""The one instance of each extension. Imports only `app.core`, so anything may import it."""

import enum
from datetime import datetime
from typing import Any

from flask import g, has_app_context, request
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import BigInteger, DateTime, Enum, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, registry


class Model(DeclarativeBase):
    """Base of every table."""

    registry = registry(
        # Fixed names, so that migrations and error handling can refer to constraints.
        metadata=MetaData(
            naming_convention={
                "pk": "pk_%(table_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
            }
        ),
        type_annotation_map={
            int: BigInteger,
            datetime: DateTime(timezone=True),
            dict[str, Any]: JSONB,
            # An enum is stored as its value, in a column wide enough for values to come.
            enum.Enum: Enum(
                enum.Enum,
                values_callable=lambda members: [member.value for member in members],
                native_enum=False,
                length=24,
            ),
        },
    )


def _locale() -> str:
    """The language of this request: the person's choice, else Indonesian."""
    if not has_app_context():
        return "id"
    if "language" in g:
        return str(g.language)
    if request and request.path.startswith(API_PREFIX):  # machines have no cookie
        return request.accept_languages.best_match(LANGUAGES) or "id"
    return request.cookies.get("bahasa", "id") if request else "id"


db = SQLAlchemy(
    model_class=Model,
    # Objects stay readable after a commit, and a test may wrap everything in one transaction.
    session_options={"expire_on_commit": False, "join_transaction_mode": "create_savepoint"},
)
babel = Babel()
login = LoginManager()
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address, headers_enabled=False)
LANGUAGES = ("id", "en")
API_PREFIX = "/api/"


def select_locale() -> str:
    """What Flask-Babel asks on every request; an unknown cookie means Indonesian."""
    language = _locale()
    return language if language in LANGUAGES else "id"
