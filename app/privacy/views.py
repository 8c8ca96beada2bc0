"""The officers' side: opening everything about a member, answering corrections, timers."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, flash, g, render_template, url_for
from flask_babel import gettext as _

from app.approvals.models import Approval, ApprovalState
from app.auth.permissions import Permission
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.members import services as members
from app.members.models import Member
from app.privacy import forgetting, paper, record, retention, services
from app.privacy.forgetting import Ambiguous
from app.privacy.forms import CorrectionAnswerForm, ForgetForm, LeaveForm, LookForm
from app.web.access import may, require
from app.web.once import done, once
from app.web.words import CORRECTION_STATES
from tenants.scope import current_tenant

bp = Blueprint("privacy", __name__, url_prefix="/data-anggota", template_folder="templates")


@bp.get("/")
@require(Permission.MEMBERS_REVEAL)
def index() -> str:
    """Corrections that were asked for, and until when what is kept."""
    return render_template(
        "privacy/index.html",
        corrections=services.corrections(),
        states=CORRECTION_STATES,
        form=CorrectionAnswerForm(formdata=None),
        timers=retention.timers(),
        today=clock.today(),
    )


@bp.get("/<int:number>")
@require(Permission.MEMBERS_REVEAL)
def show(number: int) -> str:
    """What can be done with a member's data; nothing of them is shown yet."""
    member = _member(number)
    return _page(member, *_offered(member, ForgetForm(formdata=None, texts=_ticked(member))))


@bp.post("/<int:number>/hapus")
@require(Permission.MEMBERS_MANAGE)
@once
def forget(number: int) -> Any:
    """Ask that somebody whose time is over be forgotten; a second person answers."""
    member = _member(number)
    form, texts = _offered(member, ForgetForm())
    if not form.validate():
        return _page(member, form, texts), 422
    try:
        asked = forgetting.ask(
            member,
            reason=form.reason.data or "",
            texts=form.texts.data or [],
            page=url_for("privacy.erasing", number=number),
        )
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.reason, str(error))
        return _page(_member(number), form, texts), 422
    flash(_("Asked. The data are erased when another person agrees."))
    return done(url_for("approvals.show", id=asked.id))


@bp.get("/<int:number>/hapus")
@require(Permission.APPROVALS_VIEW)
def erasing(number: int) -> str:
    """What the second person agrees to: which texts are about this member and which are not."""
    member = _member(number)
    asked = forgetting.asked(member) or abort(404)
    return render_template(
        "privacy/erasing.html",
        member=member,
        asked=asked,
        texts=forgetting.ambiguous(member),
        ticked=asked.arguments.get("texts", []),
        form=LeaveForm(formdata=None),
        answerable=_is_answerable(asked),
    )


@bp.post("/<int:number>/hapus/biarkan")
@require(Permission.APPROVALS_DECIDE)
@once
def leave(number: int) -> Any:
    """The second person lets a text stay that the first one had ticked."""
    member, form = _member(number), LeaveForm()
    asked = forgetting.asked(member) or abort(404)
    mark = form.text.data or ""
    if not form.validate() or mark not in asked.arguments.get("texts", []):
        abort(404)
    forgetting.leave(asked, mark)
    flash(_("That text stays as it is."))
    return done(url_for("privacy.erasing", number=number))


def _offered(member: Member, form: ForgetForm) -> tuple[ForgetForm, Sequence[Ambiguous]]:
    """The form with the texts that it offers to tick; none while the time runs."""
    texts = forgetting.ambiguous(member) if forgetting.is_due(member) else []
    form.offer(one.mark for one in texts)
    return form, texts


def _ticked(member: Member) -> list[str]:
    """What was ticked in the last request, to begin from where it was refused."""
    asked = forgetting.asked(member)
    return asked.arguments.get("texts", []) if asked else []


def _is_answerable(asked: Approval) -> bool:
    """Whether who is here answers this request, so that they may also narrow it."""
    waits = asked.state is ApprovalState.WAITING and asked.asked_by != g.actor_id
    return waits and may(Permission.APPROVALS_DECIDE)


def _page(member: Member, form: ForgetForm, texts: Sequence[Ambiguous]) -> str:
    link = url_for("my_data.show", token=services.link_token(member), _external=True)
    return render_template(
        "privacy/show.html",
        member=member,
        link=link,
        hours=services.link_hours(),
        whatsapp=_whatsapp(member, link),
        looked=record.looked(member),
        kept_until=retention.kept_until(member),
        is_due=forgetting.is_due(member),
        asked=forgetting.asked(member),
        form=LookForm(formdata=None),
        forget_form=form,
        texts=texts,
    )


@bp.post("/<int:number>/salinan.pdf")
@require(Permission.MEMBERS_REVEAL)
def as_pdf(number: int) -> Response:
    """A copy to hand over. Posted, since it is noted who took it."""
    member = _member(number)
    content = paper.copy(_taken(member), at=clock.now())
    return _file(content, "application/pdf", f"data-{member.code}.pdf")


@bp.post("/<int:number>/salinan.json")
@require(Permission.MEMBERS_REVEAL)
def as_json(number: int) -> Response:
    member = _member(number)
    content = json.dumps(_taken(member), ensure_ascii=False, indent=1).encode()
    return _file(content, "application/json", f"data-{member.code}.json")


@bp.post("/pembetulan/<int:id>/selesai")
@require(Permission.MEMBERS_REVEAL)
@once
def settle(id: int) -> Any:
    return _answer(id, done_=True)


@bp.post("/pembetulan/<int:id>/tolak")
@require(Permission.MEMBERS_REVEAL)
@once
def refuse(id: int) -> Any:
    return _answer(id, done_=False)


def _answer(id: int, *, done_: bool) -> Any:
    if services.find_correction(id) is None:
        abort(404)
    form = CorrectionAnswerForm()
    if not form.validate():
        page = render_template(
            "privacy/index.html",
            corrections=services.corrections(),
            states=CORRECTION_STATES,
            form=form,
            wrong=id,
            timers=retention.timers(),
            today=clock.today(),
        )
        return page, 422
    services.answer(id, form.answer.data or "", done=done_)
    flash(_("The answer is kept; the member sees it under their link."))
    return done(url_for("privacy.index"))


def _member(number: int) -> Member:
    return (members.find(number) if number < 2**31 else None) or abort(404)


def _taken(member: Member) -> dict[str, Any]:
    """Everything about a member; that it was looked at is noted first."""
    services.note_look(member)
    db.session.commit()
    return record.everything(member)


def _whatsapp(member: Member, link: str) -> str:
    text = _(
        "Hello %(name)s, this link shows everything that %(coop)s keeps about you. It works for"
        " %(hours)s hours: %(link)s",
        name=member.name,
        coop=current_tenant().legal_name,
        hours=services.link_hours(),
        link=link,
    )
    return f"https://wa.me/{member.phone.lstrip('+')}?text={quote(text)}"


def _file(content: bytes, mimetype: str, name: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
