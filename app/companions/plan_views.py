"""The calendar of visits: what is planned, and what was done."""

from typing import Any

from babel.dates import get_day_names
from flask import Blueprint, abort, flash, g, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from app.auth.permissions import Permission
from app.companions import access, plans
from app.companions.forms import PlanForm
from app.companions.models import VisitPlan
from app.core.errors import Invalid
from app.core.period import Period
from app.web.access import may, require
from app.web.once import done, once
from tenants.queries import get_tenant

bp = Blueprint(
    "visit_plans", __name__, url_prefix="/kota/pendampingan/kalender", template_folder="templates"
)


@bp.get("/")
@require(Permission.VISITS_VIEW)
def index() -> str:
    """A month: a companion's own, for the agency everybody's."""
    period = _period()
    days = plans.calendar(period, by=None if may(Permission.VISITS_APPROVE) else current_user.id)
    return render_template(
        "companions/calendar.html",
        period=period,
        days=days,
        filled=[day for day in days if day.plans or day.visits],
        weekdays=_weekdays(),
    )


@bp.get("/rencana")
@require(Permission.VISITS_WRITE)
def new() -> str:
    return _page(_form(formdata=None))


@bp.post("/rencana")
@require(Permission.VISITS_WRITE)
@once
def plan() -> Any:
    form = _form()
    planned = _plan(form) if form.validate() else None
    if planned is None:
        return _page(form), 422
    flash(_("The visit is planned."))
    return done(url_for("visit_plans.index", bulan=str(Period.of(planned.planned_on))))


@bp.post("/rencana/<int:id>/batal")
@require(Permission.VISITS_WRITE)
@once
def cancel(id: int) -> Any:
    planned = plans.find(id) or abort(404)
    if planned.plan.companion_id != current_user.id:
        abort(404)
    plans.cancel(planned.plan)
    flash(_("The plan is given up."))
    return done(url_for("visit_plans.index", bulan=str(Period.of(planned.plan.planned_on))))


def _weekdays() -> list[str]:
    """Sen, Sel, … as heads of the columns, Monday first."""
    names = get_day_names("short", locale=get_locale())
    return [str(names[number]) for number in range(7)]


def _plan(form: PlanForm) -> VisitPlan | None:
    """None, with a message beside the field, when a rule forbids it."""
    try:
        return plans.plan(
            get_tenant(form.cooperative.data),
            on=form.planned_on.data,
            purpose=form.purpose.data or "",
            by=current_user.id,
            key=g.form_key,
        )
    except Invalid as error:
        form.refuse(form.planned_on, str(error))
        return None


def _form(**values: Any) -> PlanForm:
    return PlanForm(**values).offer(access.cooperatives())


def _page(form: PlanForm) -> str:
    return render_template("companions/plan.html", form=form)


def _period() -> Period:
    try:
        return Period.parse(request.args.get("bulan") or str(Period.current()))
    except ValueError:
        abort(404)
