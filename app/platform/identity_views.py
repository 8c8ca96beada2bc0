"""The operator renames a cooperative, or closes one that was merged into another."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.platform import identity
from app.platform.forms import MergeForm, RenameForm
from app.web.access import require
from app.web.once import done, once
from app.web.templating import day
from tenants.models import Tenant
from tenants.queries import active_tenants, find_tenant, get_tenant

bp = Blueprint("identity", __name__, url_prefix="/operator", template_folder="templates")


@bp.get("/<name>/nama")
@require(Permission.CITY_OPERATE)
def edit(name: str) -> str:
    tenant = _found(name)
    return _naming(tenant, RenameForm(formdata=None, obj=tenant))


@bp.post("/<name>/nama")
@require(Permission.CITY_OPERATE)
@once
def rename(name: str) -> Any:
    tenant, form = _found(name), RenameForm()
    if not form.validate():
        return _naming(tenant, form), 422
    called = {field: getattr(form, field).data for field in ("slug", "name", "legal_name")}
    try:
        identity.rename(tenant, **called)
    except Invalid as error:
        form.refuse(form.slug, str(error))
        return _naming(tenant, form), 422
    flash(_("The name is kept. Links to the earlier address lead to the new one."))
    return done(url_for("operator.show", name=called["slug"]))


@bp.get("/<name>/gabung")
@require(Permission.CITY_OPERATE)
def merging(name: str) -> str:
    return _merging(_found(name), MergeForm(formdata=None, on=clock.today()))


@bp.post("/<name>/gabung")
@require(Permission.CITY_OPERATE)
@once
def merge(name: str) -> Any:
    tenant, form = _found(name), MergeForm()
    if not _offered(form, tenant).validate():
        return _merging(tenant, form), 422
    into = get_tenant(form.into.data)
    try:
        identity.merge(tenant, into, on=form.on.data, note=form.note.data or "")
    except (DomainError, Invalid) as error:
        form.refuse(form.on if isinstance(error, Invalid) else form.into, str(error))
        return _merging(tenant, form), 422
    words = {"name": tenant.legal_name, "day": day(form.on.data)}
    flash(_("%(name)s is merged as of %(day)s. Its books stay to be read.", **words))
    return done(url_for("operator.show", name=name))


def _found(name: str) -> Tenant:
    return find_tenant(name) or abort(404)


def _offered(form: MergeForm, tenant: Tenant) -> MergeForm:
    form.into.offer((one.id, one.legal_name) for one in active_tenants() if one.id != tenant.id)
    return form


def _naming(tenant: Tenant, form: RenameForm) -> str:
    return render_template("operator/rename.html", tenant=tenant, form=form)


def _merging(tenant: Tenant, form: MergeForm) -> str:
    return render_template("operator/merge.html", tenant=tenant, form=_offered(form, tenant))
