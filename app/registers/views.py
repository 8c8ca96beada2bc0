from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import lazy_gettext as _l

from app.auth.permissions import Permission
from app.cash import tills
from app.cash.models import TillKind
from app.core import clock
from app.printing.workbooks import MIME
from app.registers import books, entries, tables
from app.registers.forms import SpanForm
from app.registers.words import REGISTERS
from app.web.access import require

bp = Blueprint("registers", __name__, url_prefix="/buku-organisasi", template_folder="templates")

TITLES = {
    "anggota": (_l("Register of members"), _l("everybody who was ever registered")),
    "pengurus": (_l("Register of the board"), _l("who holds or held which office")),
    "pengawas": (_l("Register of the supervisors"), _l("who supervises or has supervised")),
    "karyawan": (_l("Register of the staff"), _l("who works or has worked here")),
    "simpanan": (_l("Savings book of the members"), _l("principal, mandatory and voluntary")),
    "jurnal": (_l("Journal"), _l("every line of the books, with its voucher")),
    "inventaris": (_l("Inventory"), _l("what is owned, and what others lend")),
    "pinjam-pakai": (_l("Things on loan"), _l("what belongs to others and is used here")),
}


@bp.get("/")
@require(Permission.OFFICES_VIEW)
def index() -> Any:
    """Each book, for the days one chooses."""
    form = SpanForm(request.args or None, meta={"csrf": False})
    fine = not request.args or form.validate()
    page = render_template(
        "registers/index.html",
        form=form,
        titles=TITLES,
        fine=fine,
        counts=entries.counts(),
        words=REGISTERS,
        tills=tills.tills(TillKind.CASH, TillKind.BANK),
    )
    return page, 200 if fine else 422


@bp.get("/<book>.pdf")
@require(Permission.OFFICES_VIEW)
def as_pdf(book: str) -> Response:
    """With page numbers and room for signatures."""
    content = tables.as_pdf(_made(book), at=clock.now())
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"buku-{book}.pdf")
    return response


@bp.get("/<book>.xlsx")
@require(Permission.OFFICES_VIEW)
def as_workbook(book: str) -> Response:
    response = Response(tables.as_workbook(_made(book)), mimetype=MIME)
    response.headers.set("Content-Disposition", "attachment", filename=f"buku-{book}.xlsx")
    return response


def _made(name: str) -> tables.Book:
    make = books.BOOKS.get(name) or abort(404)
    form = SpanForm(request.args or None, meta={"csrf": False})
    if request.args and not form.validate():
        abort(404)
    return make(form.dari.data, form.sampai.data)
