"""The OpenAPI document, written from the declarations of the addresses themselves."""

import re
from functools import cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import current_app
from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields

from app.api.fields import SLUG
from app.api.operations import Operation
from app.api.schemas import Problem

_ABOUT = _l(
    "Figures of the cooperatives of Pekalongan for the city's other systems. Nothing here is"
    " about a person; counts too small to hide anybody are null. A token is made by the operator"
    " of the city and sent as Authorization: Bearer. Follow `next` until it is null. Answers have"
    " an ETag: send it back as If-None-Match and 304 says that nothing has changed. Errors are"
    " application/problem+json, in Indonesian or by Accept-Language in English."
)
_PROBLEMS = {
    400: _l("The question cannot be read."),
    401: _l("No token that works."),
    403: _l("Not within this token's scopes."),
    404: _l("There is no such thing."),
    429: _l("Too many requests; Retry-After says in how many seconds to come back."),
}


def document() -> dict[str, Any]:
    """The document as it is served, in the language of the request; names stay as they are."""
    return _document(str(get_locale()))


@cache
def _document(_language: str) -> dict[str, Any]:
    """Made once for each language; the same as long as the program runs."""
    told: dict[str, Any] = _said(_spec().to_dict())
    return told


def _said(part: Any) -> Any:
    """The same with its texts in the language of now, for they are kept."""
    if isinstance(part, dict):
        return {key: _said(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_said(value) for value in part]
    return str(part) if isinstance(part, LazyString) else part


def _spec() -> APISpec:
    spec = APISpec(
        title="KKMP Kota Pekalongan",
        version="1",
        openapi_version="3.1.0",
        info={"description": _ABOUT},
        plugins=[MarshmallowPlugin()],
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    spec.components.schema("Problem", schema=Problem)
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule):
        operation = getattr(current_app.view_functions[rule.endpoint], "operation", None)
        if operation is not None:
            path = re.sub(r"<(\w+)>", r"{\1}", rule.rule)
            spec.path(path=path, operations={"get": _described(rule.endpoint, path, operation)})
    return spec


def _described(endpoint: str, path: str, operation: Operation) -> dict[str, Any]:
    wrong = [401, 403, 429, 404 if operation.query is None else 400]
    return {
        "operationId": endpoint.partition(".")[2],
        "summary": operation.summary,
        "description": _l("Needs the scope `%(scope)s`.", scope=operation.scope),
        "security": [{"token": []}],
        "parameters": _parameters(path, operation),
        "responses": {
            "200": {
                "description": _l("What was asked for."),
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": _answer(operation)}},
            },
            "304": {"description": _l("Nothing has changed since the ETag that was sent.")},
            **{str(code): _problem(_PROBLEMS[code]) for code in sorted(wrong)},
        },
    }


def _parameters(path: str, operation: Operation) -> list[dict[str, Any]]:
    if operation.query is not None:
        return [{"in": "query", "schema": operation.query}]
    return [
        {
            "in": "path",
            "name": name,
            "required": True,
            "schema": {"type": "string", "pattern": SLUG},
        }
        for name in re.findall(r"{(\w+)}", path)
    ]


def _answer(operation: Operation) -> Any:
    if operation.query is None:
        return operation.item
    return Schema.from_dict(
        {
            "data": fields.List(fields.Nested(operation.item), required=True),
            "next": fields.String(
                required=True,
                allow_none=True,
                metadata={"description": _l("Address of the page that follows; null on the last.")},
            ),
        },
        name=f"{operation.item.__name__}Page",
    )


def _problem(description: Any) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": schema}},
    }
