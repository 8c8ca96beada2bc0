"""The operator's pages: opening cooperatives, their particulars and their first people."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask_babel import gettext as _

from app.auth import services as people
from app.auth.forms import AppointForm
from app.auth.handover import hand_over
from app.auth.office_views import appointed
from app.auth.permissions import Permission, Role
from app.core import clock
from app.platform import particulars, services
from app.platform.forms import CharterForm, OpenForm, StatusForm
from app.web.access import require
from app.web.once import done, once
from app.web.paging import page_of
from tenants.models import Tenant, TenantStatus
from tenants.provisioning import change_status
from tenants.queries import called, count_called, find_tenant, statuses

PAGE = 50

bp = Blueprint("operator", __name__, url_prefix="/operator", template_folder="templates")


@bp.get("/")
@require(Permission.CITY_OPERATE)
def index() -> str:
    return _index(OpenForm(formdata=None))


@bp.post("/")
@require(Permission.CITY_OPERATE)
@once
def create() -> Any:
    form = OpenForm()
    if not form.validate():
        return _index(form), 422
    fields = {name: getattr(form, name).data for name in ("slug", "ward", "ward_code", "district")}
    if services.is_taken(fields["slug"], fields["ward_code"]):
        form.refuse(form.slug, _("There is a cooperative with this address or ward code already."))
        return _index(form), 422
    tenant = services.open_cooperative(**fields)
    flash(_("%(name)s is open. Appoint its chair next.", name=tenant.legal_name))
    return done(url_for("operator.seats", name=tenant.slug))


@bp.get("/<name>")
@require(Permission.CITY_OPERATE)
def show(name: str) -> str:
    tenant = _found(name)
    form = StatusForm(formdata=None, from_date=clock.today(), status=tenant.status)
    return _show(tenant, form)


@bp.post("/<name>")
@require(Permission.CITY_OPERATE)
@once
def change(name: str) -> Any:
    """Note how far a cooperative has come, or that it is suspended."""
    tenant = _found(name)
    form = StatusForm()
    if not form.validate():
        return _show(tenant, form), 422
    change_status(
        tenant,
        TenantStatus(form.status.data),
        on=form.from_date.data,
        note=form.note.data or "",
    )
    flash(_("The status is noted."))
    return done(url_for("operator.show", name=name))


@bp.get("/<name>/data")
@require(Permission.CITY_OPERATE)
def charter(name: str) -> str:
    tenant = _found(name)
    return _charter(tenant, CharterForm(formdata=None, obj=tenant))


@bp.post("/<name>/data")
@require(Permission.CITY_OPERATE)
@once
def amend(name: str) -> Any:
    tenant = _found(name)
    form = CharterForm()
    fine = form.validate()
    if fine and particulars.another_with(form.ward_code.data or "", tenant):
        form.refuse(form.ward_code, _("Another cooperative has this ward code."))
        fine = False
    if not fine:
        return _charter(tenant, form), 422
    particulars.amend(tenant, **form.values())
    flash(_("The particulars are kept."))
    return done(url_for("operator.show", name=name))


@bp.get("/<name>/pengurus")
@require(Permission.CITY_OPERATE)
def seats(name: str) -> str:
    """Who holds which office, and a form that begins with the chair."""
    form = AppointForm(formdata=None, from_date=clock.today(), role=Role.CHAIR)
    return _seats(_found(name), form)


@bp.post("/<name>/pengurus")
@require(Permission.CITY_OPERATE)
@once
def appoint(name: str) -> Any:
    tenant = _found(name)
    form = AppointForm()
    user = appointed(form, tenant) if form.validate() else None
    if user is None:
        return _seats(tenant, form), 422
    back = url_for("operator.seats", name=name)
    if user.password_hash is None:
        return done(hand_over(user, back=back))
    flash(_("%(name)s is appointed and signs in as before.", name=user.name))
    return done(back)


def _found(name: str) -> Tenant:
    return find_tenant(name) or abort(404)


def _index(form: OpenForm) -> str:
    words = request.args.get("q", "").strip()
    page = page_of(
        count_called(words), PAGE, lambda n: url_for("operator.index", q=words or None, hal=n)
    )
    return render_template(
        "operator/index.html",
        tenants=called(words, first=page.first, limit=PAGE),
        page=page,
        words=words,
        form=form,
    )


def _show(tenant: Tenant, form: StatusForm) -> str:
    return render_template(
        "operator/show.html",
        tenant=tenant,
        form=form,
        statuses=statuses(tenant),
        complete=particulars.is_complete(tenant),
        seats=people.seats(tenant),
    )


def _charter(tenant: Tenant, form: CharterForm) -> str:
    return render_template("operator/charter.html", tenant=tenant, form=form)


def _seats(tenant: Tenant, form: AppointForm) -> str:
    held = people.seats(tenant)
    return render_template(
        "operator/seats.html",
        tenant=tenant,
        seats=held,
        warnings=people.warnings([office for office, _user in held], clock.today()),
        form=form,
    )
