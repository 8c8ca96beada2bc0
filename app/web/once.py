"""Every form counts once: `@once` under a view that changes something.

    @bp.post("/baru")
    @require(Permission.MEMBERS_MANAGE)
    @once
    def create():
        form = MemberForm()
        if not form.validate():
            return render_template("members/new.html", form=form), 422
        member = services.register(…)
        return done(url_for("members.show", number=member.number))

Sent again with the same key and content, the view does not run: the sender is led to where
the first sending led. With other content it is an error they can understand.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, g, redirect, request
from flask_babel import gettext as _
from flask_login import current_user

from app.audit import submissions
from app.core.errors import DomainError
from app.extensions import db

V = TypeVar("V", bound=Callable[..., Any])


def once(view: V) -> V:
    """Run the view for the first sending of a form only."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        g.form_key = _key()
        user_id = current_user.id if current_user.is_authenticated else None
        earlier = submissions.claim(g.form_key, _content(), user_id=user_id)
        return view(*args, **kwargs) if earlier is None else _lead(earlier)

    return checked  # type: ignore[return-value]


def done(location: str) -> Response:
    """Commit what the view did, and lead the sender on."""
    submissions.led_to(g.form_key, location)
    db.session.commit()
    return _lead(location)


def _lead(location: str) -> Response:
    if "HX-Request" in request.headers:
        return Response(status=204, headers={"HX-Redirect": location})
    return redirect(location, code=303)  # type: ignore[return-value]


def _key() -> UUID:
    try:
        return UUID(request.form.get("key", ""))
    except ValueError:
        raise DomainError(_("This form is incomplete. Reload the page.")) from None


def _content() -> str:
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", "key")
    ]
    files = [(name, upload.filename or "") for name, upload in request.files.items(multi=True)]
    return submissions.fingerprint(request.path, fields + files)
