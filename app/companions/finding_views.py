"""Findings of visits, on the city's side: written by the companion, judged by the agency."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, render_template, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission, Role
from app.companions import access, findings
from app.companions.findings import Found
from app.companions.models import VisitFinding
from app.companions.visits import Told
from app.findings.forms import VisitFindingForm, VisitReplyForm
from app.web.access import require
from app.web.once import done, once
from app.web.words import FINDING_STATES

bp = Blueprint(
    "companion_findings", __name__, url_prefix="/kota/pendampingan", template_folder="templates"
)


@bp.get("/kunjungan/<int:id>/temuan-baru")
@require(Permission.VISITS_WRITE)
def new(id: int) -> str:
    return _form_page(access.own_visit(id), VisitFindingForm(formdata=None))


@bp.post("/kunjungan/<int:id>/temuan-baru")
@require(Permission.VISITS_WRITE)
@once
def write(id: int) -> Any:
    told, form = access.own_visit(id), VisitFindingForm()
    if not form.validate():
        return _form_page(told, form), 422
    findings.write(
        told.visit,
        title=form.title.data or "",
        text=form.text.data or "",
        seat=Role(form.seat.data),
        due_on=form.due_on.data,
        key=g.form_key,
    )
    flash(_("The finding is written down. It stands on the cooperative's first page."))
    return done(url_for("companions.show", id=id))


@bp.get("/temuan/<int:id>")
@require(Permission.VISITS_VIEW)
def show(id: int) -> str:
    return _page(access.finding(id), VisitReplyForm(formdata=None))


@bp.post("/temuan/<int:id>/selesai")
@require(Permission.VISITS_APPROVE)
@once
def close(id: int) -> Any:
    return _judge(id, findings.close, _("The finding is closed."))


@bp.post("/temuan/<int:id>/belum")
@require(Permission.VISITS_APPROVE)
@once
def insist(id: int) -> Any:
    return _judge(id, findings.insist, _("The finding is open again."))


def _judge(id: int, act: Callable[[VisitFinding, str], None], said: str) -> Any:
    found, form = access.finding(id), VisitReplyForm()
    if not form.validate():
        return _page(found, form), 422
    act(found.finding, form.text.data or "")
    flash(said)
    return done(url_for("companion_findings.show", id=id))


def _form_page(told: Told, form: VisitFindingForm) -> str:
    return render_template("companions/finding_new.html", told=told, form=form)


def _page(found: Found, form: VisitReplyForm) -> str:
    return render_template(
        "companions/finding.html",
        found=found,
        finding=found.finding,
        replies=findings.replies(found.finding),
        form=form,
        states=FINDING_STATES,
    )
