"""The companion's pages: my cooperatives, the report of a visit, and the agency's approval."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.auth.permissions import Permission
from app.companions import access, assignments, findings, plans, retention, visits
from app.companions.forms import PhotoForm, VisitForm, largest_photo
from app.companions.visits import Told
from app.core import clock
from app.supervision import mergers
from app.web.access import may, require
from app.web.once import done, once
from app.web.words import FINDING_STATES, TOPICS, VISITOR_KINDS
from tenants.definitions import Key
from tenants.models import Tenant
from tenants.settings import setting

bp = Blueprint("companions", __name__, url_prefix="/kota/pendampingan", template_folder="templates")


@bp.get("/")
@require(Permission.VISITS_VIEW)
def index() -> str:
    """My cooperatives first, those not visited for longest on top."""
    last = visits.last_days()
    mine = access.cooperatives()
    return render_template(
        "companions/index.html",
        mine=sorted(mine, key=lambda tenant: (tenant.id in last, last.get(tenant.id), tenant.ward)),
        last=last,
        late=clock.today() - timedelta(days=int(setting(Key.ALERT_UNVISITED_DAYS, clock.today()))),
        made=visits.of_companion(current_user.id),
        waiting=visits.unapproved() if may(Permission.VISITS_APPROVE) else [],
        answered=findings.answered() if may(Permission.VISITS_APPROVE) else [],
        states=FINDING_STATES,
    )


@bp.get("/koperasi/<name>")
@require(Permission.VISITS_VIEW)
def cooperative(name: str) -> str:
    """The visits to one cooperative."""
    tenant = access.cooperative(name)
    gone, came = mergers.concerning(tenant.id)
    return render_template(
        "companions/cooperative.html",
        tenant=tenant,
        gone=gone,
        came=came,
        assigned=assignments.of_cooperative(tenant.id),
        visits=visits.of_cooperative(tenant),
        unsettled=findings.unsettled(tenant),
        states=FINDING_STATES,
    )


@bp.get("/koperasi/<name>/kunjungan-baru")
@require(Permission.VISITS_WRITE)
def new(name: str) -> str:
    tenant, form = access.visited(name), VisitForm(formdata=None)
    planned = plans.find(request.args.get("rencana", 0, type=int))
    if planned is not None and planned.plan.tenant_id == tenant.id:
        form.plan.data, form.purpose.data = str(planned.plan.id), planned.plan.purpose
    return _form_page(tenant, form)


@bp.post("/koperasi/<name>/kunjungan-baru")
@require(Permission.VISITS_WRITE)
@once
def record(name: str) -> Any:
    tenant, form = access.visited(name), VisitForm()
    if not form.validate():
        return _form_page(tenant, form), 422
    visit = visits.record(
        form.report(),
        tenant,
        by=current_user.id,
        key=g.form_key,
        signatures=form.signatures(),
    )
    plans.fulfil(visit, number_in(form.plan.data))
    flash(_("The visit is recorded."))
    return done(url_for("companions.show", id=visit.id, draf=_draft_of(name)))


@bp.get("/kunjungan/<int:id>")
@require(Permission.VISITS_VIEW)
def show(id: int) -> str:
    return _visit_page(access.visit(id), PhotoForm(formdata=None))


@bp.get("/kunjungan/<int:id>/ubah")
@require(Permission.VISITS_WRITE)
def edit(id: int) -> str:
    told = access.own_visit(id)
    return _form_page(told.cooperative, VisitForm(formdata=None).fill(told.visit), told)


@bp.post("/kunjungan/<int:id>/ubah")
@require(Permission.VISITS_WRITE)
@once
def amend(id: int) -> Any:
    told, form = access.own_visit(id), VisitForm()
    if not form.validate():
        return _form_page(told.cooperative, form, told), 422
    visits.amend(told.visit, form.report(), signatures=form.signatures())
    flash(_("The report is changed."))
    return done(url_for("companions.show", id=id, draf=_draft_of(id)))


@bp.post("/kunjungan/<int:id>/setujui")
@require(Permission.VISITS_APPROVE)
@once
def approve(id: int) -> Any:
    visits.approve(access.visit(id).visit, by=current_user.id)
    flash(_("The report is approved."))
    return done(url_for("companions.show", id=id))


@bp.post("/kunjungan/<int:id>/foto")
@require(Permission.VISITS_WRITE)
@once
def add_photo(id: int) -> Any:
    told, form = access.own_visit(id), PhotoForm()
    picture = form.read_photo() if form.validate() else None
    if picture is None:
        return _visit_page(told, form), 422
    visits.add_photo(told.visit, picture, key=g.form_key)
    flash(_("The photo is kept."))
    return done(url_for("companions.show", id=id))


@bp.post("/kunjungan/<int:id>/foto/<photo>/hapus")
@require(Permission.VISITS_WRITE)
@once
def remove_photo(id: int, photo: str) -> Any:
    visits.remove_photo(access.own_visit(id).visit, read_key(photo))
    flash(_("The photo is taken out."))
    return done(url_for("companions.show", id=id))


@bp.get("/kunjungan/<int:id>/foto/<photo>")
@require(Permission.VISITS_VIEW)
def photo(id: int, photo: str) -> Response:
    return picture_of(visits.photo(access.visit(id).visit, read_key(photo)), "image/jpeg")


@bp.get("/kunjungan/<int:id>/tanda-tangan/<side>")
@require(Permission.VISITS_VIEW)
def signature(id: int, side: str) -> Response:
    return picture_of(visits.signature(access.visit(id).visit, side), "image/png")


def number_in(text: str | None) -> int | None:
    """The number that a hidden field carries; None when there is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


def read_key(text: str) -> UUID:
    """The key of a photo out of its address; what is none is not found."""
    try:
        return UUID(text)
    except ValueError:
        abort(404)


def picture_of(content: bytes | None, mimetype: str) -> Response:
    return Response(content or abort(404), mimetype=mimetype)


def report_of(told: Told) -> dict[str, Any]:
    """What the page of a visit shows, to the city's people and to the cooperative."""
    return {
        "told": told,
        "visit": told.visit,
        "photos": visits.photos_of(told.visit),
        "kept_until": retention.forgotten_after(told.visit),
        "signed": visits.signed_sides(told.visit),
        "topics": TOPICS,
        "kinds": VISITOR_KINDS,
        "findings": findings.of_visit(told.visit),
        "states": FINDING_STATES,
    }


def _visit_page(told: Told, form: PhotoForm) -> str:
    return render_template(
        "companions/show.html",
        form=form,
        largest=largest_photo(),
        most_photos=visits.MOST_PHOTOS,
        may_change=told.visit.companion_id == current_user.id and not told.visit.is_approved,
        saved_draft=request.args.get("draf", ""),
        **report_of(told),
    )


def _form_page(tenant: Tenant, form: VisitForm, told: Told | None = None) -> str:
    return render_template(
        "companions/form.html",
        tenant=tenant,
        form=form,
        told=told,
        draft=_draft_of(told.visit.id if told else tenant.slug),
    )


def _draft_of(what: int | str) -> str:
    """The name under which a browser keeps the draft: one for each person who uses it."""
    return f"{current_user.id}-{what}"
