"""The agency asks for leave to look inside a cooperative, and sees what it has looked at."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.auth.permissions import Permission
from app.core.errors import Invalid
from app.inspection import reading, services
from app.inspection.forms import AskForm, EmergencyForm
from app.inspection.reading import Told
from app.web.access import require
from app.web.forms import Form
from app.web.once import done, once
from app.web.paging import page_of
from app.web.words import INSPECTION_STATES
from tenants.models import Tenant
from tenants.queries import find_tenant

bp = Blueprint("inspections", __name__, url_prefix="/kota/pemeriksaan", template_folder="templates")

PAGE = 50


@bp.get("/")
@require(Permission.INSPECTIONS_ASK)
def index() -> str:
    """One's own requests, and those of colleagues that wait."""
    return render_template(
        "inspection/city.html",
        own=reading.of_asker(current_user),
        others=reading.waiting_of_others(current_user),
        states=INSPECTION_STATES,
    )


@bp.get("/minta/<name>")
@require(Permission.INSPECTIONS_ASK)
def new(name: str) -> str:
    return _asking(_cooperative(name), AskForm(formdata=None))


@bp.post("/minta/<name>")
@require(Permission.INSPECTIONS_ASK)
@once
def ask(name: str) -> Any:
    tenant, form = _cooperative(name), AskForm()
    if not form.validate():
        return _asking(tenant, form), 422
    try:
        asked = services.ask(
            tenant, current_user, reason=form.reason.data or "", days=form.days.data
        )
    except Invalid as error:
        form.refuse(form.days, str(error))
        return _asking(tenant, form), 422
    flash(_("The chair is asked on the first page of the cooperative."))
    return done(url_for("inspections.show", id=asked.id))


@bp.get("/<int:id>")
@require(Permission.INSPECTIONS_ASK)
def show(id: int) -> str:
    return _page(_found(id), EmergencyForm(formdata=None))


@bp.post("/<int:id>/darurat")
@require(Permission.INSPECTIONS_ASK)
@once
def grant(id: int) -> Any:
    """Give a colleague leave where the chair cannot be waited for; the cooperative is told."""
    told, form = _found(id), EmergencyForm()
    if not form.validate():
        return _page(told, form), 422
    services.grant_in_emergency(told.inspection, current_user, why=form.why.data or "")
    flash(_("Leave is given. It stands on the first page of the cooperative."))
    return done(url_for("inspections.show", id=id))


@bp.post("/<int:id>/tarik")
@require(Permission.INSPECTIONS_ASK)
@once
def withdraw(id: int) -> Any:
    services.withdraw(_found(id).inspection, current_user)
    flash(_("The request is taken back."))
    return done(url_for("inspections.index"))


@bp.post("/<int:id>/akhiri")
@require(Permission.INSPECTIONS_ASK)
@once
def end(id: int) -> Any:
    services.end(_found(id).inspection, current_user)
    flash(_("It has ended. Nothing more can be opened there."))
    return done(url_for("inspections.show", id=id))


def _found(id: int) -> Told:
    """One's own, or a colleague's that one may grant or has granted; others are not found."""
    told = reading.find(id) or abort(404)
    asked = told.inspection
    own = current_user.id in (asked.asked_by, asked.decided_by)
    return told if own or asked.state == "waiting" else abort(404)


def _cooperative(name: str) -> Tenant:
    return find_tenant(name) or abort(404)


def _asking(tenant: Tenant, form: AskForm) -> str:
    return render_template(
        "inspection/ask.html", tenant=tenant, form=form, longest=services.longest()
    )


def _page(told: Told, form: EmergencyForm) -> str:
    page = page_of(
        told.looks, PAGE, lambda n: url_for("inspections.show", id=told.inspection.id, hal=n)
    )
    return render_template(
        "inspection/city_one.html",
        told=told,
        lapses_at=services.lapses_at(told.inspection),
        form=form,
        again=Form(formdata=None),
        mine=told.inspection.asked_by == current_user.id,
        granted_by_me=told.inspection.decided_by == current_user.id,
        looks=reading.looks(told.inspection, first=page.first, limit=PAGE),
        page=page,
        states=INSPECTION_STATES,
    )
