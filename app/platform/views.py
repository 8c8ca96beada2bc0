"""The operator's pages: opening cooperatives and noting how far they have come."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.platform import services
from app.platform.forms import OpenForm, StatusForm
from app.web.access import require
from app.web.once import done, once
from tenants.models import TenantStatus
from tenants.provisioning import change_status
from tenants.queries import all_tenants, find_tenant

bp = Blueprint("operator", __name__, url_prefix="/operator", template_folder="templates")


@bp.get("/")
@require(Permission.CITY_OPERATE)
def index() -> str:
    return render_template("operator/index.html", tenants=all_tenants(), form=OpenForm())


@bp.post("/")
@require(Permission.CITY_OPERATE)
@once
def create() -> Any:
    form = OpenForm()
    if not form.validate():
        return render_template("operator/index.html", tenants=all_tenants(), form=form), 422
    fields = {name: getattr(form, name).data for name in ("slug", "ward", "ward_code", "district")}
    if services.is_taken(fields["slug"], fields["ward_code"]):
        form.refuse(form.slug, _("There is a cooperative with this address or ward code already."))
        return render_template("operator/index.html", tenants=all_tenants(), form=form), 422
    tenant = services.open_cooperative(**fields)
    flash(_("%(name)s is open.", name=tenant.legal_name))
    return done(url_for("operator.index"))


@bp.get("/<name>")
@require(Permission.CITY_OPERATE)
def show(name: str) -> str:
    tenant = find_tenant(name) or abort(404)
    form = StatusForm(from_date=clock.today(), status=tenant.status)
    return render_template("operator/show.html", tenant=tenant, form=form)


@bp.post("/<name>")
@require(Permission.CITY_OPERATE)
@once
def change(name: str) -> Any:
    tenant = find_tenant(name) or abort(404)
    form = StatusForm()
    if not form.validate():
        return render_template("operator/show.html", tenant=tenant, form=form), 422
    change_status(
        tenant,
        TenantStatus(form.status.data),
        on=form.from_date.data,
        note=form.note.data or "",
    )
    flash(_("The status is noted."))
    return done(url_for("operator.index"))
