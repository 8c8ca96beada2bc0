"""Money in and out in plain words, moving it between tills, and what was recorded."""

from typing import Any

from flask import Blueprint, Response, abort, flash, g, render_template, request, url_for
from flask_babel import gettext as _

from app.approvals.models import Approval
from app.auth.permissions import Permission
from app.cash import (
    categories,
    entries,
    entry_paper,
    officers,
    photos,
    shifts,
    tills,
    transfers,
)
from app.cash.entries import Entry, Recorded
from app.cash.forms import EntryForm, TransferForm
from app.cash.models import Direction, TillKind
from app.cash.transfers import Transfer
from app.core.errors import DomainError, Invalid
from app.extensions import db
from app.ledger import months as books
from app.ledger import services as ledger
from app.ledger.models import VoucherKind
from app.ledger.services import Posted
from app.web.access import may, require
from app.web.once import done, once

bp = Blueprint("cash_entries", __name__, url_prefix="/kas", template_folder="templates")

_WAYS = {"masuk": Direction.IN, "keluar": Direction.OUT}
_NEXT = {
    "cash.transfer": "cash_entries.transfer",
    officers.OWN_POCKET: "own_pocket.new",
    officers.REPAYMENT: "own_pocket.index",
}


@bp.get("/<any(masuk,keluar):way>")
@require(Permission.CASH_HANDLE)
def entry(way: str) -> str:
    form = EntryForm(formdata=None)
    form.till.data = shifts.usual_till().id
    return _entry_page(way, form)


@bp.post("/<any(masuk,keluar):way>")
@require(Permission.CASH_HANDLE)
@once
def record(way: str) -> Any:
    form = EntryForm()
    _offer(form, way)
    fine = form.validate()
    photo = form.read_photo()
    outcome = _record(form) if fine and not form.errors else None
    if outcome is None:
        form.ask_again_for_photo()
        return _entry_page(way, form), 422
    if photo is not None:
        photos.keep(g.form_key, photo)
    return lead_on(outcome)


@bp.get("/<any(masuk,keluar):way>/jurnal")
@require(Permission.CASH_HANDLE)
def preview(way: str) -> str:
    """The double entry that the form would make, under the form while one chooses."""
    form = EntryForm(request.args, meta={"csrf": False})
    _offer(form, way)
    form.validate()
    return render_template("cash/_sides.html", sides=_sides(form))


@bp.get("/pindah")
@require(Permission.CASH_HANDLE)
def transfer() -> str:
    form = TransferForm(formdata=None)
    form.source.data = shifts.usual_till().id
    banks = tills.tills(TillKind.BANK)
    form.target.data = banks[0].id if banks else None
    return _transfer_page(form)


@bp.post("/pindah")
@require(Permission.CASH_HANDLE)
@once
def move() -> Any:
    form = TransferForm()
    form.offer(_tills(), tills.tills())
    posted = _move(form) if form.validate() else None
    return lead_on(posted) if posted else (_transfer_page(form), 422)


@bp.get("/catatan/<kind>/<int:year>/<int:number>")
@require(Permission.CASH_VIEW)
def show(kind: str, year: int, number: int) -> str:
    """What was recorded, with its double entry and the photo."""
    found = _found(kind, year, number)
    return render_template(
        "cash/entry.html",
        found=found,
        journal=found.journal,
        photo=photos.key_of(found.journal.source_key),
        onward=_onward(found) if may(Permission.CASH_HANDLE) else None,
    )


@bp.get("/catatan/<kind>/<int:year>/<int:number>.pdf")
@require(Permission.CASH_VIEW)
def paper(kind: str, year: int, number: int) -> Response:
    """The voucher (bukti kas) on A5, to be signed."""
    found = _found(kind, year, number)
    return Response(
        entry_paper.printed(found),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{found.journal.voucher}.pdf"'},
    )


@bp.get("/foto/<uuid:photo>")
@require(Permission.CASH_VIEW)
def photo(photo: Any) -> Response:
    found = photos.find(photo) or abort(404)
    return Response(found.content, mimetype="image/jpeg")


def lead_on(outcome: Posted | Approval) -> Response:
    """To what was recorded, or to the request that now waits."""
    if isinstance(outcome, Approval):
        flash(_("This is above the limit. It is paid once another person approves."))
        return done(url_for("approvals.show", id=outcome.id))
    flash(_("Recorded."))
    return done(
        url_for(
            "cash_entries.show",
            kind=outcome.kind.value,
            year=outcome.year,
            number=outcome.number,
        )
    )


def _record(form: EntryForm) -> Posted | Approval | None:
    """None, with a message beside the field, when a rule forbids it."""
    category = categories.find(form.category.data) or abort(404)
    till = tills.find(form.till.data) or abort(404)
    entry = Entry(category, form.amount.data, till, form.note.data or "", form.unit.data or None)
    try:
        return entries.record(entry, on=form.on.data, key=g.form_key)
    except DomainError as error:
        db.session.rollback()
        closed = books.is_closed(form.on.data)
        form.refuse(form.on if closed else form.amount, str(error))
        return None


def _move(form: TransferForm) -> Posted | None:
    source = tills.find(form.source.data) or abort(404)
    target = tills.find(form.target.data) or abort(404)
    wanted = Transfer(source, target, form.amount.data, form.fee.data or 0, form.note.data or "")
    try:
        return transfers.move(wanted, on=form.on.data, key=g.form_key)
    except Invalid as error:
        form.refuse(form.target, str(error))
    except DomainError as error:
        db.session.rollback()
        closed = books.is_closed(form.on.data)
        form.refuse(form.on if closed else form.amount, str(error))
    return None


def _offer(form: EntryForm, way: str) -> None:
    if _WAYS[way] is Direction.IN:
        form.category.label.text = _("What did it come in for?")
    form.offer(categories.categories(_WAYS[way]), _tills(), ledger.units())


def _tills() -> Any:
    """Who manages cash reaches every till; a cashier only drawers."""
    return tills.tills() if may(Permission.CASH_MANAGE) else tills.tills(TillKind.CASH)


def _sides(form: EntryForm) -> list[entries.Side]:
    category = categories.find(form.category.data or 0)
    till = tills.find(form.till.data or 0)
    return entries.sides(category, till, form.amount.data or 0) if category and till else []


def _entry_page(way: str, form: EntryForm) -> str:
    _offer(form, way)
    return render_template(
        "cash/enter.html",
        form=form,
        way=way,
        direction=_WAYS[way],
        sides=_sides(form),
        largest=photos.largest(),
    )


def _transfer_page(form: TransferForm) -> str:
    form.offer(_tills(), tills.tills())
    return render_template("cash/transfer.html", form=form)


def _onward(found: Recorded) -> str | None:
    """Where the next of its kind is recorded; nowhere for what a count came to."""
    journal = found.journal
    if journal.source_kind == entries.ENTRY:
        came_in = journal.voucher.kind is VoucherKind.CASH_IN
        return url_for("cash_entries.entry", way="masuk" if came_in else "keluar")
    page = _NEXT.get(journal.source_kind)
    return url_for(page) if page else None


def _found(kind: str, year: int, number: int) -> Recorded:
    if kind not in list(VoucherKind):
        abort(404)
    return entries.find(VoucherKind(kind), year, number) or abort(404)
