"""The monthly report of a companion: on the screen, on paper, as a workbook."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_login import current_user

from app.auth.models import User
from app.auth.permissions import Permission
from app.companions import assignments, monthly
from app.companions.forms import MonthForm
from app.companions.monthly import Report
from app.core import clock
from app.core.period import Period
from app.extensions import db
from app.findings.models import FindingState
from app.printing.workbooks import MIME
from app.web.access import may, require

bp = Blueprint(
    "companion_reports",
    __name__,
    url_prefix="/kota/pendampingan/laporan",
    template_folder="templates",
)


@bp.get("/")
@require(Permission.VISITS_VIEW)
def index() -> Any:
    form = _form()
    if not form.validate():
        return render_template("companions/monthly.html", form=form, found=None), 422
    found = _report(form)
    asked: dict[str, Any] = {"bulan": str(found.period), "pendamping": found.companion.id}
    return render_template(
        "companions/monthly.html",
        form=form,
        found=found,
        states=FindingState,
        pdf=url_for("companion_reports.as_pdf", **asked),
        workbook=url_for("companion_reports.as_workbook", **asked),
    )


@bp.get("/laporan.pdf")
@require(Permission.VISITS_VIEW)
def as_pdf() -> Response:
    found = _chosen()
    response = Response(monthly.as_pdf(found, at=clock.now()), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=_name(found, "pdf"))
    return response


@bp.get("/laporan.xlsx")
@require(Permission.VISITS_VIEW)
def as_workbook() -> Response:
    found = _chosen()
    response = Response(monthly.as_workbook(found), mimetype=MIME)
    response.headers.set("Content-Disposition", "attachment", filename=_name(found, "xlsx"))
    return response


def _form() -> MonthForm:
    """Whose report and which month; of others only the agency asks, its own comes last."""
    people = list(assignments.companions()) if may(Permission.VISITS_APPROVE) else []
    offered = {user.id: user.name for user in [*people, current_user]}
    asked = request.args.copy()
    asked.setdefault("bulan", str(Period.current()))
    asked.setdefault("pendamping", str(next(iter(offered))))
    form = MonthForm(asked, meta={"csrf": False})
    form.pendamping.offer(offered.items())
    return form


def _chosen() -> Report:
    form = _form()
    return _report(form) if form.validate() else abort(404)


def _report(form: MonthForm) -> Report:
    return monthly.report(db.session.get_one(User, form.pendamping.data), form.bulan.data)


def _name(found: Report, suffix: str) -> str:
    return f"laporan-pendamping-{found.period}.{suffix}"
