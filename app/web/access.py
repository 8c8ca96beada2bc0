"""A view declares the permission it needs; one hook checks it.

A view that declares nothing is refused, so forgetting the decorator closes a page instead
of opening it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request
from flask_babel import gettext as _
from flask_login import current_user

from app.auth.permissions import PERMISSIONS, READING, Permission, Role
from app.auth.services import offices_of, permitted_by
from app.auth.sessions import was_seen
from app.core.errors import DomainError
from app.extensions import db
from app.inspection import services as inspections
from app.web import resume
from tenants.scope import act_as

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PUBLIC = "public"  # for everybody
PERSONAL = "personal"  # for whoever is signed in, about themselves
MACHINE = "machine"  # for a token; `app.api.operations` asks for it in the view itself

V = TypeVar("V", bound=Callable[..., Any])


def init_app(app: Flask) -> None:
    app.before_request(_authorize)
    app.jinja_env.globals["may"] = may


def require(permission: Permission) -> Callable[[V], V]:
    """Declare the permission that a view needs, in the current cooperative or in the city."""
    return _declare(permission)


def public(view: V) -> V:
    """Declare that a view is open to everyone."""
    return _declare(PUBLIC)(view)


def personal(view: V) -> V:
    """Declare that a view is for whoever is signed in, and concerns only them."""
    return _declare(PERSONAL)(view)


def may(permission: Permission) -> bool:
    return permission in g.get("permissions", ())


def _declare(needs: str) -> Callable[[V], V]:
    def mark(view: V) -> V:
        view.needs = needs  # type: ignore[attr-defined]
        return view

    return mark


def _authorize() -> Any:
    """Anonymous: sign in. A stranger here: 404. The wrong office: 403."""
    g.permissions = frozenset()
    if request.endpoint is None:
        return None  # no such address: 404 whoever asks
    needs = getattr(current_app.view_functions[request.endpoint], "needs", None)
    if needs in (PUBLIC, MACHINE):
        return None
    if not current_user.is_authenticated:
        return resume.ask_to_sign_in()
    _sign_in_for_the_record()
    if needs != PERSONAL:
        _require(needs)
    return None


def _require(needs: Any) -> None:
    """Refuse whoever has no office here, or not the one that the view needs."""
    g.offices = offices_of(current_user)
    g.permissions = permitted_by(g.offices, g.get("tenant"))
    if not g.permissions and "tenant" in g:
        _look_inside()
    if not g.permissions:
        abort(404)  # a stranger does not learn that the cooperative exists
    if needs not in g.permissions:
        abort(403)
    _keep_at_rest(needs)
    _note_look()


def _look_inside() -> None:
    """What the cooperative's supervisors may read, for whoever of the agency has leave now."""
    g.inspection = inspections.in_force(current_user)
    if g.inspection is not None:
        g.permissions = PERMISSIONS[Role.SUPERVISOR] & READING


def _note_look() -> None:
    """Keep each page that is opened with leave; it changes nothing there."""
    if g.get("inspection") is None:
        return
    if request.method not in SAFE:
        abort(403)
    inspections.note_look(g.inspection, request.full_path.rstrip("?"))
    db.session.commit()


def _keep_at_rest(needs: Any) -> None:
    """In a cooperative that is suspended or merged one may look, and do nothing."""
    tenant = g.get("tenant")
    if tenant is None or tenant.is_active:
        return
    g.permissions &= READING
    if needs not in g.permissions or request.method not in SAFE:
        raise DomainError(_("This cooperative is closed: its pages can only be read."))


def _sign_in_for_the_record() -> None:
    """Name who is acting to the database, and note once a minute that they are."""
    if was_seen(current_user.session):
        db.session.commit()
    act_as(current_user.id)
