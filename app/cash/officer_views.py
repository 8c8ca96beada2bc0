"""What officers paid from their own pocket, and paying it back."""

from typing import Any

from flask import Blueprint, abort, g, render_template

from app.approvals.models import Approval
from app.auth.permissions import Permission
from app.cash import categories, officers, photos, shifts, tills
from app.cash.entry_views import lead_on
from app.cash.forms import OwnPocketForm, RepaymentForm
from app.cash.models import Direction
from app.cash.officers import Expense, Owed
from app.core.errors import DomainError
from app.extensions import db
from app.ledger import months as books
from app.ledger import services as ledger
from app.ledger.services import Posted
from app.web.access import require
from app.web.once import once

bp = Blueprint("own_pocket", __name__, url_prefix="/kas/talangan", template_folder="templates")


@bp.get("/")
@require(Permission.CASH_VIEW)
def index() -> str:
    """What the cooperative owes to whom."""
    return render_template("cash/owed.html", owed=officers.owed())


@bp.get("/baru")
@require(Permission.CASH_HANDLE)
def new() -> str:
    return _page(OwnPocketForm(formdata=None))


@bp.post("/baru")
@require(Permission.CASH_HANDLE)
@once
def record() -> Any:
    form = OwnPocketForm()
    _offer(form)
    fine = form.validate()
    photo = form.read_photo()
    outcome = _spend(form) if fine and not form.errors else None
    if outcome is None:
        form.ask_again_for_photo()
        return _page(form), 422
    if photo is not None:
        photos.keep(g.form_key, photo)
    return lead_on(outcome)


@bp.get("/<int:party>/bayar")
@require(Permission.CASH_MANAGE)
def repayment(party: int) -> str:
    debt = _debt(party)
    form = RepaymentForm(formdata=None, data={"amount": debt.amount})
    form.till.data = shifts.usual_till().id
    return _repayment_page(debt, form)


@bp.post("/<int:party>/bayar")
@require(Permission.CASH_MANAGE)
@once
def repay(party: int) -> Any:
    debt, form = _debt(party), RepaymentForm()
    form.till.offer((till.id, till.name) for till in tills.tills())
    outcome = _repay(debt, form) if form.validate() else None
    return lead_on(outcome) if outcome else (_repayment_page(debt, form), 422)


def _spend(form: OwnPocketForm) -> Posted | Approval | None:
    """None, with a message beside the field, when a rule forbids it."""
    officer = next(user for user in officers.officers() if user.id == form.officer.data)
    category = categories.find(form.category.data) or abort(404)
    expense = Expense(
        officer, category, form.amount.data, form.note.data or "", form.unit.data or None
    )
    try:
        return officers.spend(expense, on=form.on.data, key=g.form_key)
    except DomainError as error:
        _explain(form, error)
        return None


def _repay(debt: Owed, form: RepaymentForm) -> Posted | Approval | None:
    till = tills.find(form.till.data) or abort(404)
    try:
        return officers.repay(debt, form.amount.data, till, on=form.on.data, key=g.form_key)
    except DomainError as error:
        _explain(form, error)
        return None


def _explain(form: Any, error: DomainError) -> None:
    """Put a broken rule beside the field that broke it."""
    db.session.rollback()
    closed = books.is_closed(form.on.data)
    form.refuse(form.on if closed else form.amount, str(error))


def _offer(form: OwnPocketForm) -> None:
    form.offer(officers.officers(), categories.categories(Direction.OUT), ledger.units())


def _page(form: OwnPocketForm) -> str:
    _offer(form)
    return render_template("cash/own_pocket.html", form=form, largest=photos.largest())


def _repayment_page(debt: Owed, form: RepaymentForm) -> str:
    form.till.offer((till.id, till.name) for till in tills.tills())
    return render_template("cash/repay.html", debt=debt, form=form)


def _debt(party: int) -> Owed:
    """What is owed to a party; settled debts (a form sent again) lead to nothing owed."""
    return officers.owed_to(party) or abort(404)
