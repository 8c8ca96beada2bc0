"""Paying out voluntary savings."""

from typing import Any

from flask import Blueprint, abort, flash, g, render_template, url_for
from flask_babel import gettext as _

from app.approvals.models import Approval
from app.auth.permissions import Permission
from app.cash import paying
from app.core.errors import DomainError
from app.extensions import db
from app.ledger import months as books
from app.ledger.models import AccountRole
from app.ledger.services import Posted
from app.members import services as members
from app.members.models import Member
from app.savings import services
from app.savings.forms import WithdrawalForm
from app.web.access import require
from app.web.once import done, once

bp = Blueprint("savings", __name__, url_prefix="/simpanan", template_folder="templates")


@bp.get("/<int:number>/tarik")
@require(Permission.SAVINGS_WITHDRAW)
def withdraw(number: int) -> str:
    member = members.find(number) or abort(404)
    return _page(member, WithdrawalForm(formdata=None))


@bp.post("/<int:number>/tarik")
@require(Permission.SAVINGS_WITHDRAW)
@once
def pay_out(number: int) -> Any:
    member, form = members.find(number) or abort(404), WithdrawalForm()
    outcome = _withdraw(member, form) if form.validate() else None
    if outcome is None:
        return _page(member, form), 422
    if isinstance(outcome, Approval):
        flash(_("This is above the limit. It is paid once another person approves."))
        return done(url_for("approvals.show", id=outcome.id))
    return done(
        url_for("receipts.show", kind=outcome.kind.value, year=outcome.year, number=outcome.number)
    )


def _withdraw(member: Member, form: WithdrawalForm) -> Posted | Approval | None:
    """None, with a message beside the field, when a rule forbids it."""
    try:
        return services.ask_or_withdraw(
            member,
            form.amount.data,
            on=form.on.data,
            key=g.form_key,
            till=paying.named(form.till.data),
        )
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.on if books.is_closed(form.on.data) else form.amount, str(error))
        return None


def _page(member: Member, form: WithdrawalForm) -> str:
    held = services.balances(member)[AccountRole.VOLUNTARY_SAVINGS]
    return render_template("savings/withdraw.html", member=member, held=held, form=form)
