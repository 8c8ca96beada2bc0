"""A cashier's shift: taking a drawer in hand, counting it, the report of it."""

from typing import Any

from flask import Blueprint, Response, abort, flash, g, render_template, request, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.cash import counting, shift_paper, shifts, tills
from app.cash.counting import DENOMINATIONS
from app.cash.forms import CloseForm, OpenForm
from app.cash.models import TillKind
from app.cash.shifts import Held, Unexplained
from app.core.errors import DomainError
from app.extensions import db
from app.web.access import require
from app.web.once import done, once

bp = Blueprint("shifts", __name__, url_prefix="/kas/giliran", template_folder="templates")


@bp.get("/")
@require(Permission.CASH_VIEW)
def index() -> str:
    return render_template("cash/shifts.html", shifts=shifts.latest(), mine=shifts.mine())


@bp.get("/buka")
@require(Permission.CASH_HANDLE)
def opening() -> str:
    return _opening_page(OpenForm(formdata=None))


@bp.post("/buka")
@require(Permission.CASH_HANDLE)
@once
def open_shift() -> Any:
    form = OpenForm()
    form.offer(tills.tills(TillKind.CASH))
    if not form.validate() or not _opened(form):
        return _opening_page(form), 422
    flash(_("The shift is open. What you take in goes to this drawer."))
    return done(url_for("cash.index"))


@bp.get("/<int:id>")
@require(Permission.CASH_VIEW)
def show(id: int) -> str:
    """The report of a shift, open or closed."""
    held = _found(id)
    return render_template(
        "cash/shift.html",
        report=shifts.report(held),
        denominations=DENOMINATIONS,
        asked=None if held.shift.closed_at else counting.asked(id),
        booked=counting.booked(held.shift),
        own=held.shift.cashier_id == g.actor_id,
    )


@bp.get("/<int:id>/laporan.pdf")
@require(Permission.CASH_VIEW)
def paper(id: int) -> Response:
    """The report on A5, or on a strip of 58 mm."""
    narrow = request.args.get("ukuran") == "58"
    content = shift_paper.printed(shifts.report(_found(id)), narrow=narrow)
    name = f"giliran-{id}.pdf"
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@bp.get("/<int:id>/tutup")
@require(Permission.CASH_HANDLE)
def count(id: int) -> Any:
    held = _found(id)
    if held.shift.closed_at is not None:
        return show(id)
    return _closing_page(held, CloseForm(formdata=None))


@bp.post("/<int:id>/tutup")
@require(Permission.CASH_HANDLE)
@once
def close(id: int) -> Any:
    held, form = _found(id), CloseForm()
    if not form.validate():
        return _closing_page(held, form), 422
    try:
        page = url_for("shifts.show", id=id)
        asked = counting.close(id, form.counts, note=form.note.data or "", page=page)
    except Unexplained as error:
        db.session.rollback()
        form.refuse(form.note, str(error))
        return _closing_page(held, form, differs=True), 422
    if asked is not None:
        flash(_("The count is kept. The shift is closed once another person approves."))
        return done(url_for("approvals.show", id=asked.id))
    flash(_("The shift is closed."))
    return done(url_for("shifts.show", id=id))


def _opened(form: OpenForm) -> bool:
    """Open the shift; what speaks against it is said beside the field."""
    till = tills.find(form.till.data) or abort(404)
    try:
        shifts.open_shift(till, form.count.data, note=form.note.data or "")
    except Unexplained as error:
        form.refuse(form.note, str(error))
    except DomainError as error:
        form.refuse(form.till, str(error))
    else:
        return True
    db.session.rollback()
    return False


def _opening_page(form: OpenForm) -> str:
    drawers = tills.tills(TillKind.CASH)
    form.offer(drawers)
    return render_template(
        "cash/open_shift.html",
        form=form,
        last_counts=[(till.name, shifts.last_count(till)) for till in drawers],
        mine=shifts.mine(),
    )


def _closing_page(held: Held, form: CloseForm, *, differs: bool = False) -> str:
    return render_template(
        "cash/close_shift.html",
        held=held,
        form=form,
        fields=[(value, form[f"n{value}"]) for value in DENOMINATIONS],
        counted=counting.total(form.counts),
        differs=differs or bool(form.note.data),
        own=held.shift.cashier_id == g.actor_id,
    )


def _found(id: int) -> Held:
    return shifts.find(id) or abort(404)
