"""What belongs to others: the register of things on loan."""

from typing import Any

from flask import Blueprint, Response, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.assets import borrowed, paper
from app.assets.borrowed import Loan
from app.assets.forms import LoanForm, ReturnForm
from app.assets.models import BorrowedAsset, Condition
from app.auth.permissions import Permission
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.printing.workbooks import MIME
from app.web.access import require
from app.web.once import done, once
from app.web.words import CONDITIONS

bp = Blueprint("borrowed", __name__, url_prefix="/aset-pinjaman", template_folder="templates")


@bp.get("/")
@require(Permission.LEDGER_VIEW)
def index() -> str:
    return render_template("assets/borrowed.html", things=borrowed.things())


@bp.get("/baru")
@require(Permission.LEDGER_POST)
def new() -> str:
    form = LoanForm(formdata=None, received_on=clock.today())
    return render_template("assets/new_borrowed.html", form=form)


@bp.post("/baru")
@require(Permission.LEDGER_POST)
@once
def receive() -> Any:
    form = LoanForm()
    if not form.validate():
        return render_template("assets/new_borrowed.html", form=form), 422
    thing = borrowed.receive(_loan(form))
    flash(_("%(code)s has been entered.", code=thing.code))
    return done(url_for("borrowed.show", number=thing.number))


@bp.get("/<int:number>")
@require(Permission.LEDGER_VIEW)
def show(number: int) -> str:
    return _page(_found(number), ReturnForm(formdata=None, on=clock.today()))


@bp.post("/<int:number>/kembali")
@require(Permission.LEDGER_POST)
@once
def give_back(number: int) -> Any:
    thing, form = _found(number), ReturnForm()
    if not form.validate():
        return _page(thing, form), 422
    try:
        borrowed.give_back(thing, on=form.on.data)
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.on, str(error))
        return _page(_found(number), form), 422
    flash(_("It is noted that it went back."))
    return done(url_for("borrowed.show", number=number))


@bp.get("/daftar.pdf")
@require(Permission.LEDGER_VIEW)
def as_pdf() -> Response:
    response = Response(paper.as_pdf(paper.on_loan()), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename="barang-pinjaman.pdf")
    return response


@bp.get("/daftar.xlsx")
@require(Permission.LEDGER_VIEW)
def as_workbook() -> Response:
    response = Response(paper.as_workbook(paper.on_loan()), mimetype=MIME)
    response.headers.set("Content-Disposition", "attachment", filename="barang-pinjaman.xlsx")
    return response


def _found(number: int) -> BorrowedAsset:
    return borrowed.find(number) or abort(404)


def _loan(form: LoanForm) -> Loan:
    return Loan(
        name=form.name.data or "",
        brand=form.brand.data or "",
        quantity=form.quantity.data,
        owner=form.owner.data or "",
        agreement=form.agreement.data or "",
        received_on=form.received_on.data,
        value=form.value.data or 0,
        location=form.location.data or "",
        condition=Condition(form.condition.data),
        note=form.note.data or "",
    )


def _page(thing: BorrowedAsset, form: ReturnForm) -> str:
    return render_template(
        "assets/borrowed_one.html", thing=thing, form=form, conditions=CONDITIONS
    )
