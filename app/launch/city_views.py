"""The city's side: the board of launches, who would be ready on a day, one cooperative."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, render_template, request, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.launch import board, plans, tables
from app.launch.board import Outlook, Place
from app.launch.forms import BoardForm, LaunchPlanForm
from app.printing.workbooks import MIME
from app.supervision import mergers, overview
from app.supervision.checklist import CHAPTERS, ITEMS
from app.web.access import require
from app.web.once import done, once
from app.web.paging import page_of
from app.web.words import ITEM_STATES
from tenants.definitions import Key
from tenants.settings import setting

PAGE = 50
FIRST = 10  # of each group, before one is chosen

bp = Blueprint("launch", __name__, url_prefix="/kota/peluncuran", template_folder="templates")


@bp.get("/")
@require(Permission.CITY_VIEW)
def index() -> Any:
    """Every cooperative by every item, as it stands or would stand on a day."""
    form = _form()
    if not form.validate():
        return render_template("launch/wrong.html", form=form), 422
    on = form.hari.data or clock.today()
    district = form.kecamatan.data
    page = page_of(board.count(district=district), PAGE, lambda n: _address(hal=n))
    places = board.places(district=district, first=page.first, size=PAGE)
    return render_template(
        "launch/board.html",
        form=form,
        on=on,
        places=places,
        page=page,
        chapters=CHAPTERS,
        items=ITEMS.values(),
        states=ITEM_STATES,
        projections={place.slug: place.projection(clock.today(), _weeks()) for place in places},
        asked={name: value for name, value in request.args.items() if value and name != "hal"},
    )


@bp.get("/serentak")
@require(Permission.CITY_VIEW)
def together() -> Any:
    """Who would be ready for a grand launch of all on one day."""
    form = _form()
    if not form.validate():
        return render_template("launch/wrong.html", form=form), 422
    on = form.hari.data or clock.today()
    found = board.places(district=form.kecamatan.data)
    groups = {outlook: [p for p in found if p.outlook(on) is outlook] for outlook in Outlook}
    chosen = next((each for each in Outlook if each == request.args.get("keadaan")), None)
    page = page_of(len(groups[chosen]) if chosen else 0, PAGE, lambda n: _address(hal=n))
    return render_template(
        "launch/together.html",
        form=form,
        on=on,
        groups=groups,
        chosen=chosen,
        page=page,
        shown={chosen: groups[chosen][page.first : page.shown]} if chosen else _first(groups),
        asked={name: value for name, value in request.args.items() if value and name != "hal"},
    )


@bp.get("/peluncuran.xlsx")
@require(Permission.CITY_VIEW)
def as_workbook() -> Response:
    form = _form()
    if not form.validate():
        abort(404)
    on: date = form.hari.data or clock.today()
    found = board.places(district=form.kecamatan.data)
    response = Response(tables.workbook_of(found, on, weeks=_weeks()), mimetype=MIME)
    name = f"peluncuran-kkmp-{on.isoformat()}.xlsx"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@bp.get("/koperasi/<name>")
@require(Permission.CITY_VIEW)
def show(name: str) -> str:
    """One cooperative: each item in words, and the days planned."""
    place = _place(name)
    days = {"soft_on": place.soft_planned_on, "grand_on": place.grand_planned_on}
    return _page(place, LaunchPlanForm(formdata=None, data=days))


@bp.post("/koperasi/<name>")
@require(Permission.CITY_RECORD)
@once
def plan(name: str) -> Any:
    """Enter the days on which a cooperative is to be launched."""
    place, form = _place(name), LaunchPlanForm()
    if not form.validate():
        return _page(place, form), 422
    plans.plan(place.id, **form.days())
    flash(_("The days are kept, and the cooperative sees them."))
    return done(url_for("launch.show", name=name))


def _address(hal: int) -> str:
    asked: dict[str, Any] = {**request.args, "hal": hal if hal > 1 else None}
    return url_for(str(request.endpoint), **asked)


def _first(groups: dict[Outlook, list[Place]]) -> dict[Outlook, list[Place]]:
    """The first of each group; the rest of one stands on pages of its own."""
    return {outlook: found[:FIRST] for outlook, found in groups.items()}


def _form() -> BoardForm:
    asked = request.args.copy()
    asked.setdefault("kecamatan", "")
    return BoardForm(asked, meta={"csrf": False}).offer(overview.districts())


def _place(name: str) -> Place:
    tenant = overview.find(name) or abort(404)
    return board.places(slug=tenant.slug)[0]


def _page(place: Place, form: LaunchPlanForm) -> str:
    gone, came = mergers.concerning(place.id)
    return render_template(
        "launch/place.html",
        place=place,
        gone=gone,
        came=came,
        form=form,
        chapters=CHAPTERS,
        states=ITEM_STATES,
        on=clock.today(),
        projection=place.projection(clock.today(), _weeks()),
    )


def _weeks() -> int:
    """How far back one looks for the pace of getting ready."""
    return max(int(setting(Key.LAUNCH_PACE_WEEKS, clock.today())), 1)
