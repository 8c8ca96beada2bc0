"""Who looks after which cooperative: assigned and ended by the agency or the operator."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.auth.models import User
from app.auth.permissions import Permission
from app.companions import assignments
from app.companions.assignments import Assignment
from app.companions.forms import AssignForm, EndForm
from app.core.errors import DomainError, Invalid
from app.extensions import db
from app.web.access import require
from app.web.once import done, once
from tenants.queries import active_tenants, get_tenant

bp = Blueprint(
    "assignments", __name__, url_prefix="/kota/pendampingan/penugasan", template_folder="templates"
)


@bp.get("/")
@require(Permission.VISITS_ASSIGN)
def index() -> str:
    return _page(_form(formdata=None))


@bp.post("/")
@require(Permission.VISITS_ASSIGN)
@once
def assign() -> Any:
    form = _form()
    if not form.validate() or not _assigned(form):
        return _page(form), 422
    flash(_("The assignment is noted. The companion signs in again."))
    return done(url_for("assignments.index"))


@bp.get("/<int:id>")
@require(Permission.VISITS_ASSIGN)
def show(id: int) -> str:
    return _assignment_page(_found(id), EndForm(formdata=None))


@bp.post("/<int:id>")
@require(Permission.VISITS_ASSIGN)
@once
def end(id: int) -> Any:
    found, form = _found(id), EndForm()
    if not form.validate() or not _ended(found, form):
        return _assignment_page(found, form), 422
    flash(_("The assignment ends on that day."))
    return done(url_for("assignments.index"))


def _assigned(form: AssignForm) -> bool:
    """False, with a message beside the field, when a rule forbids it."""
    companion = db.session.get_one(User, form.companion.data)
    chosen = [get_tenant(tenant_id) for tenant_id in form.cooperatives.data or []]
    days = {"from_date": form.from_date.data, "until_date": form.until_date.data}
    try:
        assignments.assign(companion, chosen, **days)
    except Invalid as error:
        form.refuse(form.until_date, str(error))
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.cooperatives, str(error))
    return not form.errors


def _ended(found: Assignment, form: EndForm) -> bool:
    try:
        assignments.end(found, last_day=form.last_day.data)
    except DomainError as error:
        form.refuse(form.last_day, str(error))
        return False
    return True


def _found(id: int) -> Assignment:
    return assignments.find(id) or abort(404)


def _form(**values: Any) -> AssignForm:
    return AssignForm(**values).offer(assignments.companions(), active_tenants())


def _page(form: AssignForm) -> str:
    return render_template("companions/assignments.html", form=form, running=assignments.running())


def _assignment_page(found: Assignment, form: EndForm) -> str:
    return render_template("companions/assignment.html", found=found, form=form)
