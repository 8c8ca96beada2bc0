"""The pre-assessment in the cooperative: where it stands, answering, handing in."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, g, render_template, url_for
from flask_babel import gettext as _

from app.assessment import confirming, lifting, scoring, services
from app.assessment.criteria import Aspect, find
from app.assessment.figures import NAMES
from app.assessment.forms import HandInForm, answer_form, named, typed
from app.auth.permissions import Permission
from app.core import clock
from app.core.errors import DomainError
from app.web.access import require
from app.web.forms import Form
from app.web.once import done, once
from app.web.words import ANSWERS, HEALTH

bp = Blueprint("assessment", __name__, url_prefix="/kesehatan", template_folder="templates")

FIRST_YEAR = 2025  # the cooperatives were founded in it


@bp.get("/")
@require(Permission.LEDGER_VIEW)
def index() -> str:
    return _page(clock.today().year, HandInForm(formdata=None))


@bp.get("/<int:year>/")
@require(Permission.LEDGER_VIEW)
def show(year: int) -> str:
    return _page(_fitting(year), HandInForm(formdata=None))


@bp.get("/<int:year>/<aspect>")
@require(Permission.ASSESSMENT_ANSWER)
def answer(year: int, aspect: str) -> str:
    asked, form = _asked(year, aspect)
    return _answer_page(year, asked, form(formdata=None))


@bp.post("/<int:year>/<aspect>")
@require(Permission.ASSESSMENT_ANSWER)
@once
def save(year: int, aspect: str) -> Any:
    asked, form_class = _asked(year, aspect)
    form = form_class()
    if not form.validate():
        return _answer_page(year, asked, form), 422
    services.answer(year, typed(asked, form))
    flash(_("The answers are saved."))
    return done(url_for("assessment.show", year=year))


@bp.post("/<int:year>/serahkan")
@require(Permission.ASSESSMENT_ANSWER)
@once
def hand_in(year: int) -> Any:
    try:
        services.hand_in(_fitting(year), key=UUID(str(g.form_key)))
    except DomainError as error:
        form = HandInForm()
        form.refuse(form.key, str(error))
        return _page(year, form), 422
    flash(_("The pre-assessment is handed in. The agency looks at the answers."))
    return done(url_for("assessment.show", year=year))


@bp.get("/diserahkan/<int:id>")
@require(Permission.LEDGER_VIEW)
def report(id: int) -> str:
    """What was handed in, with what the agency says of it."""
    found = confirming.find(id) or abort(404)
    return render_template(
        "assessment/report.html",
        report=found,
        coop=g.tenant,
        verdicts=confirming.verdicts(found),
        names=NAMES,
        health=HEALTH,
        answers=ANSWERS,
    )


def _fitting(year: int) -> int:
    return year if FIRST_YEAR <= year <= clock.today().year else abort(404)


def _page(year: int, form: HandInForm) -> str:
    found = services.assess(year)
    reports = services.history()
    return render_template(
        "assessment/show.html",
        year=year,
        found=found,
        lifts=services.lifts(found)[:5],
        way=lifting.cheapest(found),
        rounded=scoring.hundredths,
        reports=reports,
        verdicts={report.id: confirming.counts(report) for report in reports},
        form=form,
        names=NAMES,
        health=HEALTH,
        years=range(FIRST_YEAR, clock.today().year + 1),
    )


def _asked(year: int, key: str) -> tuple[Aspect, type[Form]]:
    aspect = find(key) or abort(404)
    return aspect, answer_form(aspect, services.answers_of(_fitting(year)))


def _answer_page(year: int, aspect: Aspect, form: Form) -> str:
    return render_template(
        "assessment/answer.html", year=year, aspect=aspect, form=form, named=named
    )
