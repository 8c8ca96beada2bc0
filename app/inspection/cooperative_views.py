"""What the city asked to see and has looked at, as the cooperative reads and answers it."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.auth import services as people
from app.auth.permissions import Permission
from app.core.errors import Invalid
from app.inspection import reading, services
from app.inspection.forms import AnswerForm
from app.inspection.reading import Told
from app.web.access import may, require
from app.web.once import done, once
from app.web.paging import page_of
from app.web.words import INSPECTION_STATES
from tenants.scope import current_tenant

bp = Blueprint("inspected", __name__, url_prefix="/pengawasan-dinas", template_folder="templates")

PAGE = 50


@bp.get("/")
@require(Permission.COOP_VIEW)
def index() -> str:
    return render_template(
        "inspection/here.html",
        found=reading.of_cooperative(current_tenant()),
        states=INSPECTION_STATES,
    )


@bp.get("/<int:id>")
@require(Permission.COOP_VIEW)
def show(id: int) -> str:
    return _page(_found(id), AnswerForm(formdata=None))


@bp.post("/<int:id>/izinkan")
@require(Permission.INSPECTIONS_DECIDE)
@once
def grant(id: int) -> Any:
    services.grant(_found(id).inspection, current_user)
    flash(_("Leave is given. Every page that is opened will stand here."))
    return done(url_for("inspected.show", id=id))


@bp.post("/<int:id>/tolak")
@require(Permission.INSPECTIONS_DECIDE)
@once
def refuse(id: int) -> Any:
    told, form = _found(id), AnswerForm()
    if not form.validate():
        return _page(told, form), 422
    try:
        services.refuse(told.inspection, current_user, why=form.answer.data or "")
    except Invalid as error:
        form.refuse(form.answer, str(error))
        return _page(told, form), 422
    flash(_("The request is refused; whoever asked sees why."))
    return done(url_for("inspected.show", id=id))


@bp.post("/<int:id>/akhiri")
@require(Permission.INSPECTIONS_DECIDE)
@once
def end(id: int) -> Any:
    services.end(_found(id).inspection, current_user)
    flash(_("It has ended. Nothing more can be opened here."))
    return done(url_for("inspected.show", id=id))


def _found(id: int) -> Told:
    return reading.find(id) or abort(404)


def _page(told: Told, form: AnswerForm) -> str:
    asked = told.inspection
    page = page_of(told.looks, PAGE, lambda n: url_for("inspected.show", id=asked.id, hal=n))
    chairs = may(Permission.INSPECTIONS_DECIDE) and people.presides(
        current_user.id, current_tenant()
    )
    return render_template(
        "inspection/here_one.html",
        told=told,
        lapses_at=services.lapses_at(asked),
        form=form,
        may_answer=chairs and asked.state == "waiting",
        may_end=may(Permission.INSPECTIONS_DECIDE) and asked.decided_by == current_user.id,
        looks=reading.looks(asked, first=page.first, limit=PAGE),
        page=page,
        states=INSPECTION_STATES,
    )
