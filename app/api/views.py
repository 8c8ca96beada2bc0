"""/api/v1: what the city's other systems may read."""

import re
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, json, request
from flask_babel import lazy_gettext as _l

from app.api import reading
from app.api.document import document
from app.api.fields import SLUG, CooperativeQuery, DayQuery, MonthQuery, Query
from app.api.models import Scope
from app.api.operations import gives, lists
from app.api.schemas import Cooperative, DayIndicators, Documents, MonthIndicators
from app.extensions import API_PREFIX, limiter
from app.supervision.measures import Row
from app.web import problems
from app.web.access import public

bp = Blueprint("api", __name__, url_prefix=f"{API_PREFIX}v1")
bp.register_error_handler(problems.Refused, problems.of)


@bp.get("/cooperatives")
@lists(Scope.COOPERATIVES, Cooperative, query=CooperativeQuery, summary=_l("Every cooperative."))
def cooperatives(**asked: Any) -> Sequence[Row]:
    return reading.cooperatives(**asked)


@bp.get("/cooperatives/<name>")
@gives(Scope.COOPERATIVES, Cooperative, summary=_l("One cooperative, by its slug."))
def cooperative(name: str) -> Row | None:
    if not re.match(SLUG, name):
        return None
    return next(iter(reading.cooperatives(limit=1, slug=name)), None)


@bp.get("/documents")
@lists(
    Scope.DOCUMENTS,
    Documents,
    query=Query,
    summary=_l("The state of each cooperative's legal documents."),
)
def documents(**asked: Any) -> Sequence[Row]:
    return reading.documents(**asked)


@bp.get("/indicators/months")
@lists(
    Scope.INDICATORS,
    MonthIndicators,
    query=MonthQuery,
    summary=_l("What cooperatives reported by month, the earliest first."),
)
def months(**asked: Any) -> Sequence[Row]:
    return reading.months(**asked)


@bp.get("/indicators/days")
@lists(
    Scope.INDICATORS,
    DayIndicators,
    query=DayQuery,
    summary=_l("What cooperatives reported by day, the earliest first."),
)
def days(**asked: Any) -> Sequence[Row]:
    return reading.days(**asked)


@bp.get("/openapi.json")
@public
@limiter.limit("60/minute")
def openapi() -> Response:
    """The document of all this, for machines and those who teach them; by Accept-Language."""
    response = Response(json.dumps(document(), sort_keys=False), mimetype="application/json")
    response.headers["Cache-Control"] = "public, max-age=300"
    response.vary.add("Accept-Language")
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response
