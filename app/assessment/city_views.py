"""The pre-assessments that were handed in: all beside each other, and one to be confirmed."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.assessment import confirming
from app.assessment.figures import NAMES
from app.assessment.forms import ConfirmForm
from app.assessment.models import AssessmentReport
from app.auth.permissions import Permission
from app.web.access import require
from app.web.once import done, once
from app.web.paging import page_of
from app.web.words import ANSWERS, HEALTH
from tenants.queries import get_tenant

PAGE = 50

bp = Blueprint("assessments", __name__, url_prefix="/kota/kesehatan", template_folder="templates")


@bp.get("/")
@require(Permission.CITY_VIEW)
def index() -> str:
    found = confirming.latest()
    given = [one for one in found if one.id]
    page = page_of(len(given), PAGE, lambda n: url_for("assessments.index", hal=n))
    return render_template(
        "assessment/city.html",
        page=page,
        given=given[page.first : page.shown],
        missing=[one for one in found if not one.id],
        health=HEALTH,
    )


@bp.get("/<int:id>")
@require(Permission.CITY_VIEW)
def show(id: int) -> str:
    return _page(_report(id))


@bp.get("/<int:id>/<item>")
@require(Permission.ASSESSMENT_CONFIRM)
def look(id: int, item: str) -> str:
    return _confirm_page(_report(id), item, ConfirmForm(formdata=None))


@bp.post("/<int:id>/<item>")
@require(Permission.ASSESSMENT_CONFIRM)
@once
def confirm(id: int, item: str) -> Any:
    report, form = _report(id), ConfirmForm()
    page = _confirm_page(report, item, form)
    if not form.validate():
        return _confirm_page(report, item, form), 422
    confirming.decide(report, item, agreed=form.agreed.data == "yes", note=form.note.data or "")
    flash(_("The verdict is noted; the cooperative sees it."))
    return done(url_for("assessments.show", id=id)) if page else abort(404)


def _report(id: int) -> AssessmentReport:
    return confirming.find(id) or abort(404)


def _page(report: AssessmentReport) -> str:
    return render_template(
        "assessment/report.html",
        report=report,
        coop=get_tenant(report.tenant_id),
        verdicts=confirming.verdicts(report),
        names=NAMES,
        health=HEALTH,
        answers=ANSWERS,
    )


def _confirm_page(report: AssessmentReport, item: str, form: ConfirmForm) -> str:
    found = confirming.items_of(report).get(item) or abort(404)
    return render_template(
        "assessment/confirm.html",
        report=report,
        coop=get_tenant(report.tenant_id),
        found=found,
        form=form,
        answers=ANSWERS,
    )
