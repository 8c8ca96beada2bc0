"""What waits for a second person, and answering it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, g, render_template, url_for
from flask_babel import gettext as _

from app.approvals import services
from app.approvals.forms import AnswerForm
from app.approvals.models import Approval, ApprovalState
from app.approvals.services import Act, Shown
from app.assets import disposal
from app.auth.permissions import Permission
from app.cash import counting, entries, officers, photos
from app.departures import services as departures
from app.ledger import closing, journal_entry
from app.ledger.journal_entry import Proposed
from app.privacy import forgetting
from app.savings import services as savings
from app.web.access import require
from app.web.once import done, once
from app.web.words import APPROVAL_KINDS, APPROVAL_STATES

bp = Blueprint("approvals", __name__, url_prefix="/persetujuan", template_folder="templates")

# What each kind of request does once it is approved.
ACTS: dict[str, Act] = {
    closing.CLOSE: closing.agree,
    closing.REOPEN: closing.reopen,
    disposal.KIND: disposal.carry_out,
    journal_entry.KIND: journal_entry.carry_out,
    "departures.refund": departures.carry_out,
    savings.WITHDRAWAL: savings.carry_out,
    forgetting.KIND: forgetting.carry_out,
    entries.CASH_OUT: entries.carry_out,
    officers.OWN_POCKET: officers.carry_out,
    officers.REPAYMENT: officers.carry_out,
    counting.CLOSE_FOR_OTHER: counting.carry_out,
    counting.LARGE_DIFFERENCE: counting.carry_out,
}

# Where a request is looked at whose page follows from what it is about.
PAGES: dict[str, Callable[[Approval], str]] = {
    kind: lambda approval: url_for("closing.show", period=approval.arguments["period"])
    for kind in (closing.CLOSE, closing.REOPEN)
}


@bp.get("/")
@require(Permission.APPROVALS_VIEW)
def index() -> str:
    return render_template(
        "approvals/index.html",
        waiting=services.waiting(),
        decided=services.decided(),
        kinds=APPROVAL_KINDS,
        states=APPROVAL_STATES,
    )


@bp.get("/<int:id>")
@require(Permission.APPROVALS_VIEW)
def show(id: int) -> str:
    return _page(_found(id), AnswerForm(formdata=None))


@bp.post("/<int:id>/setuju")
@require(Permission.APPROVALS_DECIDE)
@once
def approve(id: int) -> Any:
    found, form = _found(id), AnswerForm()
    if not form.validate():
        return _page(found, form), 422
    services.approve(id, ACTS[found.approval.kind], answer=form.answer.data or "")
    flash(_("Approved. It is done."))
    return done(url_for("approvals.show", id=id))


@bp.post("/<int:id>/kembalikan")
@require(Permission.APPROVALS_DECIDE)
@once
def reject(id: int) -> Any:
    found, form = _found(id), AnswerForm()
    form.refusing = True
    if not form.validate():
        return _page(found, form), 422
    services.reject(id, answer=form.answer.data or "")
    flash(_("Sent back. Nothing was done."))
    return done(url_for("approvals.show", id=id))


@bp.post("/<int:id>/tarik")
@require(Permission.APPROVALS_VIEW)
@once
def withdraw(id: int) -> Any:
    _found(id)
    services.withdraw(id)
    flash(_("The request was taken back."))
    return done(url_for("approvals.show", id=id))


def _found(id: int) -> Shown:
    return services.find(id) or abort(404)


def _about(approval: Approval) -> str | None:
    """The address at which one can look at what is asked for, if it stands anywhere yet."""
    if approval.kind == journal_entry.KIND and (posted := journal_entry.posted(approval)):
        proof = posted.voucher
        return url_for(
            "ledger.journal", kind=proof.kind.value, year=proof.year, number=proof.number
        )
    page = PAGES.get(approval.kind)
    return page(approval) if page else approval.arguments.get("page")


def _proposed(approval: Approval) -> Proposed | None:
    """Both sides of an entry that is posted only once it is agreed to."""
    return journal_entry.proposed(approval) if approval.kind == journal_entry.KIND else None


def _page(found: Shown, form: AnswerForm) -> str:
    approval = found.approval
    return render_template(
        "approvals/show.html",
        found=found,
        approval=approval,
        form=form,
        kinds=APPROVAL_KINDS,
        states=APPROVAL_STATES,
        about=_about(approval),
        proposed=_proposed(approval),
        photo=photos.key_of(approval.key),
        mine=approval.asked_by == g.actor_id,
        is_open=approval.state is ApprovalState.WAITING,
        for_me=services.is_for_me(approval),
    )
