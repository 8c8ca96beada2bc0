"""Who asks: the token of the header, and nothing else that a request may carry."""

from flask import g, request
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address

from app.api import tokens
from app.api.models import ApiToken, Scope
from app.core import clock
from app.extensions import db, limiter
from app.web.problems import Refused
from tenants.definitions import Key
from tenants.settings import setting

_REALM = 'Bearer realm="api"'


def demand(scope: Scope) -> None:
    """Refuse whoever has no token that works and may read this; note that it was used."""
    token = caller()
    if token is None:
        title = _("No token that works")
        detail = _("Send Authorization: Bearer and a token that is neither revoked nor expired.")
        raise Refused(401, title, detail, headers={"WWW-Authenticate": _REALM})
    if scope not in token.scopes:
        title = _("Not within this token's scopes")
        detail = _("This needs the scope %(scope)s. Ask the operator.", scope=scope)
        headers = {"WWW-Authenticate": f'{_REALM}, error="insufficient_scope", scope="{scope}"'}
        raise Refused(403, title, detail, headers=headers)
    if tokens.was_used(token):
        db.session.commit()


def caller() -> ApiToken | None:
    """The token of this request, looked up once."""
    if "api_token" not in g:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        g.api_token = tokens.find(secret.strip()) if scheme.lower() == "bearer" else None
    token: ApiToken | None = g.api_token
    return token


def who() -> str:
    """Each token is counted for itself, and without one each address."""
    token = caller()
    return f"token:{token.id}" if token else get_remote_address()


def most() -> str:
    return f"{setting(Key.API_PER_MINUTE, clock.today())}/minute"


limited = limiter.limit(most, key_func=who)
