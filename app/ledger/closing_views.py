"""Closing a month: what to look at first, closing it, and having it opened again."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.extensions import db
from app.ledger import closing, months
from app.ledger.checks import CHECKS
from app.ledger.closing import Check, Stage
from app.ledger.forms import CloseForm, ReopenForm
from app.web.access import require
from app.web.once import done, once
from app.web.words import APPROVAL_KINDS, APPROVAL_STATES
from tenants.scope import current_tenant

bp = Blueprint("closing", __name__, url_prefix="/buku/tutup", template_folder="templates")


@bp.get("/<period>")
@require(Permission.LEDGER_VIEW)
def show(period: str) -> str:
    return _page(_month(period), CloseForm(formdata=None), ReopenForm(formdata=None))


@bp.post("/<period>")
@require(Permission.LEDGER_CLOSE)
@once
def close(period: str) -> Any:
    """Close a month; what is left undone needs a word of explanation."""
    month, form = _month(period), CloseForm()
    fine = form.validate()
    if fine and not form.note.data and not all(check.done for check in _checks(month)):
        form.refuse(form.note, _("Not everything is done: write why it is closed all the same."))
        fine = False
    if not fine:
        return _page(month, form, ReopenForm(formdata=None)), 422
    closing.close(month, note=form.note.data or "")
    flash(_("The month is closed and takes nothing more. Now the chair looks at it."))
    return done(url_for("closing.show", period=period))


@bp.post("/<period>/buka")
@require(Permission.LEDGER_REOPEN)
@once
def ask_to_reopen(period: str) -> Any:
    month, form = _month(period), ReopenForm()
    if not form.validate():
        return _page(month, CloseForm(formdata=None), form), 422
    try:
        asked = closing.ask_to_reopen(month, reason=form.reason.data or "")
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.reason, str(error))
        return _page(month, CloseForm(formdata=None), form), 422
    flash(_("Asked. The month opens when the chair agrees."))
    return done(url_for("approvals.show", id=asked.id))


@bp.post("/<period>/perbaiki")
@require(Permission.LEDGER_CLOSE)
@once
def take_up_again(period: str) -> Any:
    month = _month(period)
    closing.take_up_again(month)
    flash(_("The month is open again. Mend what was wrong and close it anew."))
    return done(url_for("closing.show", period=period))


def _checks(period: Period) -> list[Check]:
    return [check(period) for check in CHECKS]


def _month(written: str) -> Period:
    """The month in the address; there is none before the cooperative was founded."""
    try:
        month = Period.parse(written)
    except ValueError:
        abort(404)
    founded_on = current_tenant().founded_on
    if founded_on is not None and month.last_day < founded_on:
        abort(404)
    return month


def _earlier(period: Period) -> Period | None:
    """The month that must be closed before this one, if there is one."""
    first = months.first_open()
    return first if first is not None and first < period else None


def _days(period: Period) -> dict[str, str]:
    """How a statement of the month is asked for, through today where it is not over."""
    last = min(period.last_day, clock.today())
    return {"dari": f"{period.first_day:%d-%m-%Y}", "sampai": f"{last:%d-%m-%Y}"}


def _page(period: Period, form: CloseForm, reopen: ReopenForm) -> str:
    standing = closing.standing(period)
    return render_template(
        "ledger/closing.html",
        period=period,
        standing=standing,
        checks=[] if standing.stage is Stage.AGREED else _checks(period),
        began=period <= Period.current(),
        days=_days(period),
        history=closing.history(period),
        over=period < Period.current(),
        earlier=_earlier(period),
        latest=closing.is_latest(period),
        states=APPROVAL_STATES,
        kinds=APPROVAL_KINDS,
        form=form,
        reopen=reopen,
    )
