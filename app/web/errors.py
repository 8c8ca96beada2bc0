"""What people see when something cannot be: a broken rule, a closed door, a fault of ours."""

import logging
from collections.abc import Mapping
from typing import Any

from flask import Flask, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from psycopg.errors import NumericValueOutOfRange
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from app.core.errors import DomainError
from app.extensions import db, login
from app.web import problems, uploads

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _explained)
    app.register_error_handler(IntegrityError, _collided)
    app.register_error_handler(DataError, _never_kept)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(Exception, _fault)


def _refused(error: DomainError) -> Any:
    """Show a broken rule where the user is looking, whichever form it came from."""
    db.session.rollback()
    if "HX-Request" in request.headers:
        alert = render_template("_alert.html", alert=str(error))
        return alert, 422, {"HX-Retarget": "#alert", "HX-Reswap": "outerHTML"}
    if request.method == "POST" and (back := _own_page(request.referrer)):
        flash(str(error), "bad")
        return redirect(back, code=303)
    return _page(422, _("This cannot be done"), str(error))


def _collided(error: IntegrityError) -> Any:
    """What two people did at the same moment, where the database let one of them through."""
    name = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    words = {
        "uq_members_nik": _("This NIK has just been registered. Look for it in the list."),
        "not_in_future": _("The date is still to come."),
    }
    return _refused(DomainError(words[name])) if name in words else _fault(error)


def _never_kept(error: DataError) -> Any:
    """What the database could not hold, a NUL or a number beyond counting, is nowhere in it."""
    beyond = isinstance(error.orig, NumericValueOutOfRange) or "(0x00)" in str(error.orig)
    return _explained(NotFound()) if beyond else _fault(error)


def _forged(error: CSRFError) -> Any:
    return _page(
        400,
        _("This page is too old"),
        _("Nothing has been recorded. Go back, reload the page, and send it again."),
    )


def _explained(error: HTTPException) -> Any:
    db.session.rollback()
    title, message = _words(error.code or 500)
    return _page(error.code or 500, title, message, headers=_headers(error))


def _database_away(error: OperationalError) -> Any:
    log.exception("the database did not answer: request %s", g.get("request_id"))
    db.session.rollback()
    _forget_who_asks()
    return _page(503, *_words(503))


def _fault(error: Exception) -> Any:
    log.exception("fault in request %s", g.get("request_id"))
    db.session.rollback()
    _forget_who_asks()
    return _page(500, *_words(500))


def _forget_who_asks() -> None:
    """Draw the page as for nobody: whatever is broken must not be asked for a person again."""
    g._login_user = login.anonymous_user()


def _page(code: int, title: str, message: str, *, headers: Mapping[str, str] | None = None) -> Any:
    if problems.wanted():
        return problems.problem(code, title, message, headers=headers)
    page = render_template(
        "errors/error.html", code=code, title=title, message=message, reference=g.get("request_id")
    )
    return page, code, headers or {}


def _headers(error: HTTPException) -> dict[str, str]:
    """What the protocol wants said with some refusals."""
    if isinstance(error, MethodNotAllowed):
        return {"Allow": ", ".join(sorted(error.valid_methods or ()))}
    return {"Retry-After": "60"} if error.code == 429 else {}


def _words(code: int) -> tuple[str, str]:
    nothing = _("Nothing has been recorded.")
    return {
        400: (_("This cannot be read"), nothing),
        403: (_("Not for your office"), _("This part is for another office of the cooperative.")),
        404: (_("Not here"), _("This page or record does not exist.")),
        405: (_("Not here"), _("This page or record does not exist.")),
        413: (
            _("Too large"),
            _(
                "What was sent is larger than %(most)s MB and was cut off. Choose a file of at"
                " most 10 MB.",
                most=uploads.LARGEST_FORM // 1024 // 1024,
            )
            + " "
            + nothing,
        ),
        429: (_("Too many tries"), _("Wait a minute, then try again.")),
        503: (_("The system is busy"), nothing + " " + _("Try again in a moment.")),
    }.get(
        code,
        (
            _("Something went wrong in the system"),
            _("What you sent last has not been recorded. Try again in a moment."),
        ),
    )


def _own_page(address: str | None) -> str | None:
    """The page somebody came from, if it is one of ours."""
    return address if address and address.startswith(request.host_url) else None
