"""Tokens: made, found by their secret, noted when used, revoked."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select

from app.api.models import ApiToken, Scope
from app.auth.models import User
from app.core import clock
from app.core.errors import Invalid
from app.extensions import db
from tenants.definitions import Key
from tenants.settings import setting

_SHOWN = 9  # signs of the secret that stay readable
_NOTED_AFTER = timedelta(minutes=1)


def make(name: str, scopes: Collection[Scope], *, expires_on: date) -> tuple[ApiToken, str]:
    """A token and its secret, which is known only now. The caller commits."""
    longest = clock.today() + timedelta(days=int(setting(Key.API_VALID_DAYS, clock.today())))
    if not clock.today() <= expires_on <= longest:
        raise Invalid(
            _("A token works until a day from today to %(day)s.", day=f"{longest:%d-%m-%Y}")
        )
    secret = f"kkmp_{secrets.token_urlsafe(32)}"
    token = ApiToken(
        name=name,
        secret_hash=_hash(secret),
        hint=secret[:_SHOWN],
        scopes=sorted(scopes),
        expires_on=expires_on,
        made_by=g.get("actor_id"),
    )
    db.session.add(token)
    db.session.flush()
    return token, secret


def find(secret: str) -> ApiToken | None:
    """The token of a secret, if it works today."""
    query = select(ApiToken).where(ApiToken.secret_hash == _hash(secret))
    token = db.session.scalar(query)
    return token if token is not None and token.works else None


def get(token_id: int) -> ApiToken | None:
    return db.session.get(ApiToken, token_id)


def everybody() -> Sequence[tuple[ApiToken, str | None]]:
    """Every token with the name of who made it: those that work first, then the latest."""
    query = (
        select(ApiToken, User.name)
        .outerjoin(User, User.id == ApiToken.made_by)
        .order_by(ApiToken.revoked_at.is_not(None), ApiToken.id.desc())
    )
    return [(token, name) for token, name in db.session.execute(query)]


def revoke(token: ApiToken) -> None:
    """Let a token work no longer; again, nothing changes. The caller commits."""
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.revoked_by = g.get("actor_id")


def was_used(token: ApiToken) -> bool:
    """Note that it was used, once a minute; whether there is something to commit."""
    if token.last_used_at and clock.now() - token.last_used_at < _NOTED_AFTER:
        return False
    token.last_used_at = clock.now()
    return True


def _hash(secret: str) -> str:
    """The secret is long and random, so a plain hash keeps it."""
    return hashlib.sha256(secret.encode()).hexdigest()
