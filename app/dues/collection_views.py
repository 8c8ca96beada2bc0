"""The collection sheet: choose a place, write an amount beside each name, save once."""

import re
from typing import Any

from flask import Blueprint, Response, abort, g, render_template, request, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core.errors import DomainError
from app.dues import collection, payers, sheet_paper
from app.dues.collection import Given, Place, Round, Row
from app.dues.forms import SheetForm, amount_field, sheet_form
from app.dues.models import Payer
from app.dues.payments import Method
from app.extensions import db
from app.ledger import months as books
from app.ledger.proofs import proofs
from app.members.models import MemberState
from app.web.access import require
from app.web.once import done, once
from tenants.scope import current_tenant

bp = Blueprint("collection", __name__, url_prefix="/tagihan/lembar", template_folder="templates")

_AMOUNT = re.compile(r"bayar_(\d{1,9})")


@bp.get("/")
@require(Permission.SAVINGS_RECEIVE)
def index() -> str:
    """Whose sheet? By RT, by group or everybody; and the sheets saved last."""
    latest = [
        (saved, Place.parse(saved.place).name, count, total)
        for saved, count, total in collection.latest()
    ]
    return render_template(
        "collection/index.html",
        everybody=collection.count(),
        longest=collection.LONGEST,
        places=collection.places(),
        latest=latest,
        payer=_payer(request.args),
    )


@bp.get("/isi")
@require(Permission.SAVINGS_RECEIVE)
def sheet() -> str:
    place, payer = _place(request.args), _payer(request.args)
    rows = collection.sheet(place)
    form = sheet_form(row.member for row in rows)(formdata=None)
    if payer is not None:
        form.method.data = Method.TRANSFER.value  # programmes do not come with notes
    return _page(place, payer, rows, form)


@bp.post("/isi")
@require(Permission.SAVINGS_RECEIVE)
@once
def save() -> Any:
    """Record all of it, or, when anything is wrong, nothing: the page comes again as typed."""
    place, payer = _place(request.form), _payer(request.form)
    rows = _with_typed(collection.sheet(place))
    form = sheet_form(row.member for row in rows)()
    if not _fine(form, rows):
        return _page(place, payer, rows, form), 422
    walk = Round(form.on.data, g.form_key, Method(form.method.data), place, payer)
    try:
        saved = collection.record(_given(form, rows), walk)
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.on if books.is_closed(walk.on) else form.method, str(error))
        rows = _with_typed(collection.sheet(place))
        return _page(place, _payer(request.form), rows, form), 422
    return done(url_for("collection.show", id=saved.id))


@bp.get("/cetak.pdf")
@require(Permission.SAVINGS_RECEIVE)
def paper() -> Response:
    """The sheet to take along: a line to sign for each member."""
    place = _place(request.args)
    content = sheet_paper.printed(place.name, collection.sheet(place))
    response = Response(content, mimetype="application/pdf")
    name = re.sub(r"\W+", "-", place.name).strip("-").lower()
    response.headers.set("Content-Disposition", "inline", filename=f"lembar-{name}.pdf")
    return response


@bp.get("/<int:id>")
@require(Permission.MEMBERS_VIEW)
def show(id: int) -> str:
    """What was saved: the sum, and the receipt of each member."""
    saved = (collection.find(id) if id < 2**63 else None) or abort(404)
    payments = collection.payments_of(saved)
    place = Place.parse(saved.place)
    return render_template(
        "collection/show.html",
        saved=saved,
        place=place,
        payments=payments,
        proofs=proofs([payment.journal_id for payment in payments]),
        total=sum(payment.amount for payment in payments),
        draft=_draft(place, saved.payer),
    )


def _place(values: Any) -> Place:
    return Place.parse(str(values.get("tempat", "")).replace("\x00", ""))


def _payer(values: Any) -> Payer | None:
    """Who pays, where it is not the members themselves."""
    text = values.get("pembayar", "")
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
    return payers.find(number) or abort(404)


def _draft(place: Place, payer: Payer | None) -> str:
    """The name under which the browser keeps what is typed until it is saved."""
    return f"{current_tenant().slug}/lembar/{place.key}/{payer.id if payer else ''}"


def _with_typed(rows: list[Row]) -> list[Row]:
    """The rows of the place, and of those for whom something was typed while they moved away."""
    listed = {row.member.number for row in rows}
    typed = {
        int(match[1])
        for name, value in request.form.items()
        if value.strip() and (match := _AMOUNT.fullmatch(name))
    }
    more = collection.rows_of(typed - listed) if typed - listed else []
    if len(more) != len(typed - listed):
        raise DomainError(_("One of these members does not exist. Reload the page."))
    return [*rows, *more]


def _fine(form: SheetForm, rows: list[Row]) -> bool:
    """Whether everything on the sheet can be recorded; messages stand beside what cannot."""
    fine = bool(form.validate())
    for row in rows:
        field = form[amount_field(row.member.number)]
        if field.data and row.member.state in (MemberState.LEFT, MemberState.CANDIDATE):
            form.refuse(field, _("This person pays no dues now."))
            fine = False
    if fine and not _given(form, rows):
        form.refuse(form.on, _("No amount has been filled in yet."))
        fine = False
    return fine


def _given(form: SheetForm, rows: list[Row]) -> list[Given]:
    amounts = [(row.member, form[amount_field(row.member.number)].data) for row in rows]
    return [Given(member, amount) for member, amount in amounts if amount]


def _page(place: Place, payer: Payer | None, rows: list[Row], form: SheetForm) -> str:
    fields = [(row, form[amount_field(row.member.number)]) for row in rows]
    return render_template(
        "collection/sheet.html",
        place=place,
        payer=payer,
        rows=fields,
        owed=sum(row.position.owed for row in rows),
        wrong=[(row.member, field) for row, field in fields if field.errors],
        form=form,
        draft=_draft(place, payer),
    )
