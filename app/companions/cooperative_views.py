"""The cooperative's side: the visits made to it, and what was written about them."""

from typing import Any

from flask import Blueprint, Response, abort, flash, g, render_template, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.companions import findings, trainings, visits
from app.companions.findings import Found
from app.companions.views import picture_of, read_key, report_of
from app.companions.visits import Told
from app.findings.forms import VisitReplyForm
from app.web.access import require
from app.web.once import done, once
from app.web.words import FINDING_STATES

bp = Blueprint("visits_here", __name__, url_prefix="/kunjungan", template_folder="templates")


@bp.get("/")
@require(Permission.FINDINGS_VIEW)
def index() -> str:
    return render_template(
        "companions/here.html",
        visits=visits.of_cooperative(g.tenant),
        unsettled=findings.unsettled(),
        trainings=trainings.attended_by(g.tenant),
        states=FINDING_STATES,
    )


@bp.get("/<int:id>")
@require(Permission.FINDINGS_VIEW)
def show(id: int) -> str:
    return render_template("companions/here_visit.html", **report_of(_found(id)))


@bp.get("/temuan/<int:id>")
@require(Permission.FINDINGS_VIEW)
def finding(id: int) -> str:
    return _finding_page(_found_finding(id), VisitReplyForm(formdata=None))


@bp.post("/temuan/<int:id>/jawab")
@require(Permission.FINDINGS_ANSWER)
@once
def answer(id: int) -> Any:
    found, form = _found_finding(id), VisitReplyForm()
    if not form.validate():
        return _finding_page(found, form), 422
    findings.answer(found.finding, form.text.data or "")
    flash(_("The answer is sent to the agency."))
    return done(url_for("visits_here.finding", id=id))


@bp.get("/<int:id>/foto/<photo>")
@require(Permission.FINDINGS_VIEW)
def photo(id: int, photo: str) -> Response:
    return picture_of(visits.photo(_found(id).visit, read_key(photo)), "image/jpeg")


@bp.get("/<int:id>/tanda-tangan/<side>")
@require(Permission.FINDINGS_VIEW)
def signature(id: int, side: str) -> Response:
    return picture_of(visits.signature(_found(id).visit, side), "image/png")


def _found(id: int) -> Told:
    return visits.find(id) or abort(404)


def _found_finding(id: int) -> Found:
    return findings.find(id) or abort(404)


def _finding_page(found: Found, form: VisitReplyForm) -> str:
    return render_template(
        "companions/here_finding.html",
        found=found,
        finding=found.finding,
        replies=findings.replies(found.finding),
        form=form,
        states=FINDING_STATES,
    )
