"""Errors for machines: application/problem+json (RFC 9457), under /api/ and nowhere else."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, g, json, request
from flask_babel import get_locale
from werkzeug.exceptions import HTTPException

from app.extensions import API_PREFIX

MIME = "application/problem+json"


class Refused(HTTPException):
    """A request of a machine that is refused, with what is wrong in it."""

    def __init__(
        self,
        code: int,
        title: str,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code, self.title, self.detail = code, title, detail
        self.errors, self.headers = errors, headers or {}


def wanted() -> bool:
    return request.path.startswith(API_PREFIX)


def of(refused: Refused) -> Response:
    more = {"errors": list(refused.errors)} if refused.errors else {}
    return problem(
        refused.code or 400, refused.title, refused.detail, headers=refused.headers, **more
    )


def problem(
    code: int, title: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    body = {
        "type": "about:blank",
        "title": title,
        "status": code,
        "detail": detail,
        "reference": g.get("request_id"),
        **more,
    }
    response = Response(json.dumps(body, ensure_ascii=False, sort_keys=False), code, mimetype=MIME)
    response.headers["Content-Language"] = str(get_locale())
    response.headers.update(headers or {})
    response.vary.add("Accept-Language")
    return response
