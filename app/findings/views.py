from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission, Role
from app.findings import services
from app.findings.forms import FindingForm, ReplyForm
from app.findings.models import Finding
from app.web.access import require
from app.web.once import done, once
from app.web.words import FINDING_STATES

bp = Blueprint("findings", __name__, url_prefix="/temuan", template_folder="templates")


@bp.get("/")
@require(Permission.FINDINGS_VIEW)
def index() -> str:
    return render_template(
        "findings/index.html",
        unsettled=services.unsettled(),
        settled=services.settled(),
        states=FINDING_STATES,
    )


@bp.get("/baru")
@require(Permission.FINDINGS_WRITE)
def new() -> str:
    return render_template("findings/new.html", form=FindingForm(formdata=None))


@bp.post("/baru")
@require(Permission.FINDINGS_WRITE)
@once
def write() -> Any:
    form = FindingForm()
    if not form.validate():
        return render_template("findings/new.html", form=form), 422
    finding = services.write(
        title=form.title.data or "",
        text=form.text.data or "",
        seat=Role(form.seat.data),
        due_on=form.due_on.data,
    )
    flash(_("The finding is written down. It stands on everybody's first page until it is closed."))
    return done(url_for("findings.show", number=finding.number))


@bp.get("/<int:number>")
@require(Permission.FINDINGS_VIEW)
def show(number: int) -> str:
    return _page(_found(number), ReplyForm(formdata=None))


@bp.post("/<int:number>/jawab")
@require(Permission.FINDINGS_ANSWER)
@once
def answer(number: int) -> Any:
    return _reply(number, services.answer, _("The answer is sent to the supervisors."))


@bp.post("/<int:number>/selesai")
@require(Permission.FINDINGS_WRITE)
@once
def close(number: int) -> Any:
    return _reply(number, services.close, _("The finding is closed."))


@bp.post("/<int:number>/belum")
@require(Permission.FINDINGS_WRITE)
@once
def insist(number: int) -> Any:
    return _reply(number, services.insist, _("The finding is open again."))


def _reply(number: int, act: Callable[[Finding, str], None], said: str) -> Any:
    finding, form = _found(number), ReplyForm()
    if not form.validate():
        return _page(finding, form), 422
    act(finding, form.text.data or "")
    flash(said)
    return done(url_for("findings.show", number=number))


def _found(number: int) -> Finding:
    return services.find(number) or abort(404)


def _page(finding: Finding, form: ReplyForm) -> str:
    return render_template(
        "findings/show.html",
        finding=finding,
        replies=services.replies(finding),
        author=services.author(finding),
        form=form,
        states=FINDING_STATES,
    )
