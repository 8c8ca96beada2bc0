"""The seats of a cooperative: who holds which office, appointing and dismissing."""

from typing import Any

from flask import Blueprint, abort, flash, g, render_template, url_for
from flask_babel import gettext as _

from app.auth import services
from app.auth.forms import AppointForm, DismissForm
from app.auth.permissions import Permission, Role
from app.core import clock
from app.core.errors import DomainError
from app.web.access import require
from app.web.once import done, once

bp = Blueprint("offices", __name__, url_prefix="/pengurus", template_folder="templates")


@bp.get("/")
@require(Permission.OFFICES_VIEW)
def index() -> str:
    return _page(AppointForm(from_date=clock.today()))


@bp.post("/")
@require(Permission.OFFICES_MANAGE)
@once
def appoint() -> Any:
    """Give somebody an office, and show once the link by which they set a password."""
    form = AppointForm()
    if not form.validate():
        return _page(form), 422
    user = services.register_person(
        form.name.data or "", email=form.email.data or None, phone=form.phone.data
    )
    services.appoint(
        user,
        Role(form.role.data),
        g.tenant,
        from_date=form.from_date.data,
        decree=form.decree.data or "",
        is_ward_head=form.is_ward_head.data,
    )
    if user.password_hash is None:
        link = url_for("auth.invitation", token=services.invite(user), _external=True)
        flash(_("Send this link to %(name)s: %(link)s", name=user.name, link=link), "good")
    return done(url_for("offices.index"))


@bp.post("/<int:id>/akhiri")
@require(Permission.OFFICES_MANAGE)
@once
def dismiss(id: int) -> Any:
    found = next((o for o, _user in services.seats(g.tenant) if o.id == id), None) or abort(404)
    form = DismissForm()
    if not form.validate():
        raise DomainError(str(form.last_day.errors[0]))
    services.dismiss(found, last_day=form.last_day.data)
    flash(_("The office has ended."))
    return done(url_for("offices.index"))


def _page(form: AppointForm) -> str:
    seats = services.seats(g.tenant)
    return render_template(
        "auth/offices.html",
        seats=seats,
        warnings=services.warnings([office for office, _user in seats], clock.today()),
        form=form,
        dismissal=DismissForm(formdata=None, last_day=clock.today()),
    )
