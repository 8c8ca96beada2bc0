"""Files that somebody keeps: named, and dated by the instant at which they were known."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any, NoReturn, TypeVar

from flask import Response, abort, make_response, redirect, request, url_for

from app.core import clock
from app.core.errors import Invalid
from app.printing.workbooks import MIME
from app.web.dates import read_day
from tenants.scope import current_tenant

_TYPES = {"pdf": "application/pdf", "xlsx": MIME}

# What a report can be asked for in its address.
_ASKED = ("dari", "sampai", "banding", "gerai", "diketahui")

V = TypeVar("V", bound=Callable[..., Any])


def dated(view: V) -> V:
    """Lead to the same address with the instant in it, unless it stands there.

    So the address of a file is one that gives the same file again. It is the last whole
    second: all that was entered in it is known.
    """

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if not _is_by_now(request.args.get("diketahui", "").strip()):
            return view(*args, **kwargs)
        second = clock.now().astimezone(clock.CITY_TIMEZONE) - timedelta(seconds=1)
        query: dict[str, Any] = request.args.to_dict() | {
            "diketahui": f"{second:%d-%m-%Y %H.%M.%S}"
        }
        assert request.endpoint is not None
        return redirect(url_for(request.endpoint, **kwargs, **query))

    return checked  # type: ignore[return-value]


def _is_by_now(text: str) -> bool:
    """Whether it means all that is known by now: nothing, or today without a time."""
    try:
        return not text or read_day(text) == clock.today()
    except Invalid:
        return False  # with a time; or nonsense, which the form says


def told_on(endpoint: str, **where: Any) -> NoReturn:
    """Lead to the page that says beside its field why this cannot be asked for."""
    abort(redirect(url_for(endpoint, **carried(**where))))


def answer(content: bytes, kind: str, name: str, day: date) -> Response:
    """A file of the cooperative: posisi-keuangan-bendan-kergon-2026-11-24.pdf"""
    response = make_response(content)
    response.mimetype = _TYPES[kind]
    how = "inline" if kind == "pdf" else "attachment"
    file = f"{name}-{current_tenant().slug}-{day}.{kind}"
    response.headers["Content-Disposition"] = f'{how}; filename="{file}"'
    return response


def carried(**other: Any) -> dict[str, Any]:
    """What is asked for, to be carried on in the addresses of a page."""
    given: dict[str, Any] = {name: request.args[name] for name in _ASKED if request.args.get(name)}
    return given | {name: value for name, value in other.items() if value}
