"""A session that ran out while somebody was typing: nothing of it is lost.

What was being sent travels, signed, through the sign-in page and is offered again after it.
It carries the key of its form, so whatever happens it counts once. Passwords and files do not
travel.
"""

from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer

from app.auth.forms import SignInForm

_HOURS = 12
_LARGEST = 60_000  # characters; more is no form typed by hand


def ask_to_sign_in() -> Any:
    """Lead somebody who is not signed in to the sign-in page, and back here afterwards."""
    if request.method == "GET":
        where = url_for("auth.sign_in", lanjut=request.full_path.rstrip("?"))
        return _lead(where)
    return _lead(url_for("auth.sign_in"), kept=_pack())


def unpack(kept: str) -> dict[str, Any] | None:
    """What was being sent when the session ran out: its address and its fields."""
    try:
        content: dict[str, Any] = _serializer().loads(kept, max_age=_HOURS * 3600)
    except BadData:
        return None
    return content


def _pack() -> str:
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token" and "password" not in name
    ]
    content = {"path": request.full_path.rstrip("?"), "fields": fields}
    packed = _serializer().dumps(content)
    return packed if isinstance(packed, str) and len(packed) <= _LARGEST else ""


def _lead(where: str, *, kept: str = "") -> Any:
    """A part of a page cannot show the sign-in page: htmx is told to leave the page."""
    if "HX-Request" in request.headers and not kept:
        return "", 204, {"HX-Redirect": url_for("auth.sign_in", lanjut=_page_behind())}
    if kept:
        page = render_template("auth/expired.html", form=SignInForm(formdata=None), kept=kept)
        return page, 401, {"HX-Retarget": "body", "HX-Reswap": "innerHTML"}
    return redirect(where)


def _page_behind() -> str:
    _scheme, _separator, rest = request.headers.get("HX-Current-URL", "").partition("://")
    return "/" + rest.partition("/")[2]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="resume")
