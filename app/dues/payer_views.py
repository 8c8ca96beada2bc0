"""Payers other than the member: who they are, and the statement of what they paid."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, render_template, request, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.core.errors import DomainError
from app.dues import payer_paper, payers
from app.dues.forms import PayerForm
from app.dues.models import Payer
from app.dues.payers import Contact, Statement
from app.extensions import db
from app.ledger.forms import RangeForm
from app.web.access import require
from app.web.once import done, once

bp = Blueprint("payers", __name__, url_prefix="/tagihan/pembayar", template_folder="templates")


@bp.get("/")
@require(Permission.MEMBERS_VIEW)
def index() -> str:
    return render_template("payers/index.html", payers=payers.everybody())


@bp.get("/baru")
@require(Permission.SAVINGS_RECEIVE)
def new() -> str:
    return render_template("payers/edit.html", form=PayerForm(formdata=None), payer=None)


@bp.post("/baru")
@require(Permission.SAVINGS_RECEIVE)
@once
def create() -> Any:
    form = PayerForm()
    if form.validate():
        try:
            payer = payers.enter(_contact(form))
            return done(url_for("payers.show", id=payer.id))
        except DomainError as error:
            db.session.rollback()
            form.refuse(form.name, str(error))
    return render_template("payers/edit.html", form=form, payer=None), 422


@bp.get("/<int:id>/ubah")
@require(Permission.SAVINGS_RECEIVE)
def edit(id: int) -> str:
    payer = _payer(id)
    form = PayerForm(formdata=None, obj=payer)
    return render_template("payers/edit.html", form=form, payer=payer)


@bp.post("/<int:id>/ubah")
@require(Permission.SAVINGS_RECEIVE)
@once
def amend(id: int) -> Any:
    payer, form = _payer(id), PayerForm()
    if form.validate():
        try:
            payers.amend(payer, _contact(form))
            flash(_("The particulars have been changed."))
            return done(url_for("payers.show", id=id))
        except DomainError as error:
            db.session.rollback()
            form.refuse(form.name, str(error))
    return render_template("payers/edit.html", form=form, payer=_payer(id)), 422


@bp.get("/<int:id>/")
@require(Permission.MEMBERS_VIEW)
def show(id: int) -> tuple[str, int]:
    """The statement of a payer from a day through a day; this year without them."""
    payer = _payer(id)
    form, first, last, status = _range()
    statement = payers.statement(payer, first, last)
    return render_template("payers/show.html", payer=payer, form=form, statement=statement), status


@bp.get("/<int:id>/rekap.pdf")
@require(Permission.MEMBERS_VIEW)
def paper(id: int) -> Response:
    """The statement on paper, for the payer."""
    _form, first, last, status = _range()
    if status != 200:
        abort(404)
    statement: Statement = payers.statement(_payer(id), first, last)
    response = Response(payer_paper.printed(statement), mimetype="application/pdf")
    name = f"rekap-pembayar-{id}-{first}-{last}.pdf"
    response.headers.set("Content-Disposition", "inline", filename=name)
    return response


def _payer(id: int) -> Payer:
    return (payers.find(id) if id < 2**63 else None) or abort(404)


def _contact(form: PayerForm) -> Contact:
    return Contact(
        name=form.name.data or "",
        contact=form.contact.data or "",
        phone=form.phone.data or "",
        note=form.note.data or "",
    )


def _range() -> tuple[RangeForm, date, date, int]:
    """The days asked for in the address; a bad one is said beside its field, with 422."""
    form = RangeForm(request.args, meta={"csrf": False})
    fine = form.validate()
    first = form.dari.data or date(clock.today().year, 1, 1)
    last = form.sampai.data or clock.today()
    if fine and first > last:
        form.refuse(form.dari, _("The first day is after the last."))
        fine = False
    if not form.dari.typed:
        form.dari.data = first
    if not form.sampai.typed:
        form.sampai.data = last
    return form, min(first, last), last, 200 if fine else 422
