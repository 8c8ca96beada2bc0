"""The city's figures for everybody: a page, the open data, and what its columns mean."""

from collections.abc import Sequence

from flask import Blueprint, Response, g, json, render_template, request, url_for
from flask_login import current_user

from app.api.document import document
from app.core import clock
from app.extensions import LANGUAGES, limiter
from app.open import columns, lines
from app.open.reading import Month, read
from app.supervision import charts
from app.supervision.glance import STEPS
from app.web.access import public
from app.web.words import TENANT_STATUSES
from tenants.definitions import Key
from tenants.settings import setting

bp = Blueprint("open_data", __name__, url_prefix="/terbuka", template_folder="templates")

_SECONDS = 300  # for which an answer may be used again without asking
_ON_THE_PAGE = 12
_limit = limiter.limit("60/minute")  # for the files, which hold every month; a page is small


@bp.before_request
def _language() -> None:
    """The language may be a part of the address: whoever passes it on needs no cookie."""
    if request.args.get("bahasa") in LANGUAGES:
        g.language = request.args["bahasa"]


@bp.get("/")
@public
def index() -> Response:
    """The city in its latest month: how far cooperatives have come, by district, 12 months."""
    months = _lines_of(read().months)[:_ON_THE_PAGE]
    latest = months[0] if months else []
    page = render_template(
        "open/index.html",
        city=[found[0] for found in months],
        districts=_histories(months),
        cooperatives=[line for line in latest if line.level == "koperasi"],
        steps=STEPS,
        statuses={status.value: name for status, name in TENANT_STATUSES.items()},
        spark=charts.sparkline,
        columns=columns,
    )
    return _kept(Response(page), personal=current_user.is_authenticated)


@bp.get("/skema")
@public
def schema() -> Response:
    """What each column of the open data holds, and what may be done with them."""
    page = render_template("open/schema.html", columns=columns)
    return _kept(Response(page), personal=current_user.is_authenticated)


@bp.get("/api")
@public
def api() -> Response:
    """How the city's other systems read the figures, from the document they are told by."""
    page = render_template("open/api.html", document=document())
    return _kept(Response(page), personal=current_user.is_authenticated)


@bp.get("/data.csv")
@public
@_limit
def as_csv() -> Response:
    rows = [line for month in _lines_of(read().months) for line in month]
    response = Response(columns.as_csv(rows), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="kkmp-kota-pekalongan.csv")
    return _kept(response)


@bp.get("/data.json")
@public
@_limit
def as_json() -> Response:
    found = read()
    document = columns.as_document(
        [line for month in _lines_of(found.months) for line in month],
        schema=url_for("open_data.schema", _external=True),
        reported_at=found.reported_at,
    )
    body = json.dumps(document, ensure_ascii=False, sort_keys=False)
    return _kept(Response(body, mimetype="application/json"))


def _lines_of(months: Sequence[Month]) -> list[list[lines.Line]]:
    """The lines of each month, the latest first."""
    fewest = int(setting(Key.OPEN_FEWEST, clock.today()))
    return lines.every(months, fewest=fewest)


def _histories(months: list[list[lines.Line]]) -> list[list[lines.Line]]:
    """For each district its months, the latest first."""
    found: dict[str, list[lines.Line]] = {}
    for month in months:
        for line in month:
            if line.level == "kecamatan":
                found.setdefault(line.code, []).append(line)
    return list(found.values())


def _kept(response: Response, *, personal: bool = False) -> Response:
    """Let browsers and proxies keep an answer; asked again, say only whether it still holds."""
    scope = "private" if personal else "public"
    response.headers["Cache-Control"] = f"{scope}, max-age={_SECONDS}"
    response.add_etag(weak=True)  # it travels compressed or not
    response.make_conditional(request)
    return response
