"""Where the operator lets other systems read, sees when they last did, and stops them."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, session, url_for
from flask_babel import gettext as _

from app.api import tokens
from app.api.forms import SCOPES, TokenForm
from app.api.models import ApiToken, Scope
from app.auth.permissions import Permission
from app.core.errors import Invalid
from app.web.access import require
from app.web.forms import Form
from app.web.once import done, once

bp = Blueprint("api_tokens", __name__, url_prefix="/operator/token", template_folder="templates")

_KEPT = "api_token"  # the secret, in the browser that asked for it, until it has been shown


@bp.get("/")
@require(Permission.CITY_OPERATE)
def index() -> str:
    return _index(TokenForm.empty())


@bp.post("/")
@require(Permission.CITY_OPERATE)
@once
def create() -> Any:
    form = TokenForm()
    if not form.validate():
        return _index(form), 422
    scopes = [Scope(value) for value in form.scopes.data or ()]
    try:
        token, secret = tokens.make(form.name.data or "", scopes, expires_on=form.expires_on.data)
    except Invalid as error:
        form.refuse(form.expires_on, str(error))
        return _index(form), 422
    session[_KEPT] = [token.id, secret]
    return done(url_for("api_tokens.show", id=token.id))


@bp.get("/<int:id>")
@require(Permission.CITY_OPERATE)
def show(id: int) -> str:
    """One token; its secret only once, right after it was made."""
    token = _found(id)
    kept_id, secret = session.pop(_KEPT, (None, ""))
    return render_template(
        "api/token.html",
        token=token,
        secret=secret if kept_id == id else "",
        scopes=SCOPES,
        form=Form(formdata=None),
    )


@bp.post("/<int:id>/cabut")
@require(Permission.CITY_OPERATE)
@once
def revoke(id: int) -> Any:
    tokens.revoke(_found(id))
    flash(_("The token works no longer."))
    return done(url_for("api_tokens.index"))


def _found(id: int) -> ApiToken:
    return tokens.get(id) or abort(404)


def _index(form: TokenForm) -> str:
    return render_template("api/tokens.html", form=form, tokens=tokens.everybody(), scopes=SCOPES)
