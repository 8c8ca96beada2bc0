"""One address of the API: its scope, what may be asked, and what is answered.

    @bp.get("/documents")
    @lists(Scope.DOCUMENTS, Documents, summary="…")
    def documents(**asked):
        return reading.documents(**asked)

The view gives the rows that were asked for and one more, if there is one; the rest is done here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, json, request
from flask_babel import gettext as _
from marshmallow import Schema, ValidationError

from app.api import access
from app.api.fields import Position, Query, mistakes
from app.api.models import Scope
from app.supervision.measures import Row
from app.web.access import MACHINE
from app.web.problems import Refused

Answer = Callable[..., Response]


@dataclass(frozen=True)
class Operation:
    """What stands in the document of an address."""

    scope: Scope
    item: type[Schema]
    summary: Any
    query: type[Query] | None = None  # None: it gives one thing and not a list


def lists(
    scope: Scope, item: type[Schema], *, query: type[Query], summary: Any
) -> Callable[[Callable[..., Sequence[Row]]], Answer]:
    """A list, a page at a time."""

    def declare(view: Callable[..., Sequence[Row]]) -> Answer:
        def answer() -> Response:
            asked = _asked(query())
            rows = view(**{**asked, "limit": asked["limit"] + 1})
            return _page(rows, asked["limit"], item, query)

        return _protected(view, answer, Operation(scope, item, summary, query))

    return declare


def gives(
    scope: Scope, item: type[Schema], *, summary: Any
) -> Callable[[Callable[..., Row | None]], Answer]:
    """One thing, or 404 where the view finds none."""

    def declare(view: Callable[..., Row | None]) -> Answer:
        def answer(**path: Any) -> Response:
            row = view(**path)
            return _kept(item().dump(row if row is not None else abort(404)))

        return _protected(view, answer, Operation(scope, item, summary))

    return declare


def _protected(view: Callable[..., Any], answer: Answer, operation: Operation) -> Answer:
    @access.limited
    @wraps(view)
    def checked(**path: Any) -> Response:
        access.demand(operation.scope)
        return answer(**path)

    checked.needs = MACHINE  # type: ignore[attr-defined]
    checked.operation = operation  # type: ignore[attr-defined]
    return checked


def _asked(query: Query) -> dict[str, Any]:
    try:
        return dict(query.load(request.args.to_dict()))
    except ValidationError as error:
        title = _("The question cannot be read")
        detail = _("Mend the parameters named under errors.")
        raise Refused(400, title, detail, errors=mistakes(error.messages)) from error


def _page(rows: Sequence[Any], limit: int, item: type[Schema], query: type[Query]) -> Response:
    shown = rows[:limit]
    following = _next(query.position(shown[-1])) if len(rows) > limit else None
    return _kept({"data": item(many=True).dump(shown), "next": following})


def _next(position: Position) -> str:
    """The address of the page that follows, with everything else that was asked."""
    asked = {**request.args.to_dict(), "cursor": f"{position[0]}.{position[1]}"}
    return f"{request.path}?{urlencode(asked)}"


def _kept(document: Mapping[str, Any]) -> Response:
    """An answer that its asker may keep, if they ask each time whether it still holds."""
    body = json.dumps(document, ensure_ascii=False, sort_keys=False)
    response = Response(body, mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Authorization")
    response.add_etag(weak=True)  # it travels compressed or not
    response.make_conditional(request)
    return response
