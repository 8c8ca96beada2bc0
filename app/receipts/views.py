"""The receipt on the screen and on paper."""

from typing import Any

from flask import Blueprint, Response, abort, flash, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from app.approvals.views import ACTS
from app.auth.permissions import Permission
from app.printing import qr
from app.receipts import paper, services, voids
from app.receipts.forms import VoidForm
from app.receipts.services import Receipt
from app.web.access import require
from app.web.once import done, once

bp = Blueprint("receipts", __name__, url_prefix="/bukti", template_folder="templates")

ACTS[voids.KIND] = voids.carry_out


@bp.get("/<kind>/<int:year>/<int:number>")
@require(Permission.MEMBERS_VIEW)
def show(kind: str, year: int, number: int) -> str:
    """The receipt of a payment, to be shown, printed or sent."""
    return _page(_found(kind, year, number), VoidForm(formdata=None))


@bp.post("/<kind>/<int:year>/<int:number>/batal")
@require(Permission.RECEIPTS_VOID)
@once
def void(kind: str, year: int, number: int) -> Any:
    """Ask that a receipt be cancelled; a second person answers."""
    receipt, form = _found(kind, year, number), VoidForm()
    if not form.validate():
        return _page(receipt, form), 422
    page = url_for("receipts.show", kind=kind, year=year, number=number)
    voids.ask(receipt, reason=form.reason.data or "", page=page)
    flash(_("Asked. It is done when another person agrees."))
    return done(page)


@bp.get("/<kind>/<int:year>/<int:number>/kuitansi.pdf")
@require(Permission.MEMBERS_VIEW)
def sheets(kind: str, year: int, number: int) -> Response:
    """A5, with the member's and the office's copy."""
    receipt = _found(kind, year, number)
    return _pdf(paper.sheets(receipt, _check_link(receipt)), receipt.number)


@bp.get("/<kind>/<int:year>/<int:number>/struk.pdf")
@require(Permission.MEMBERS_VIEW)
def slip(kind: str, year: int, number: int) -> Response:
    """58 mm, for printers of receipts."""
    receipt = _found(kind, year, number)
    return _pdf(paper.slip(receipt, _check_link(receipt)), f"{receipt.number}-58mm")


def _found(kind: str, year: int, number: int) -> Receipt:
    return services.find(kind, year, number) or abort(404)


def _page(receipt: Receipt, form: VoidForm) -> str:
    link = _check_link(receipt)
    return render_template(
        "receipts/show.html",
        receipt=receipt,
        code=Markup(qr.svg(link)),  # noqa: S704 (drawn by us)
        link=link,
        whatsapp=services.whatsapp(receipt, link),
        asked=voids.asked(receipt),
        form=form,
    )


def _check_link(receipt: Receipt) -> str:
    return url_for("public.check", token=receipt.token, _external=True)


def _pdf(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    return response
