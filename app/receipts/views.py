from flask import Blueprint, abort, render_template

from app.auth.permissions import Permission
from app.receipts import services
from app.web.access import require

bp = Blueprint("receipts", __name__, url_prefix="/bukti", template_folder="templates")


@bp.get("/<kind>/<int:year>/<int:number>")
@require(Permission.MEMBERS_VIEW)
def show(kind: str, year: int, number: int) -> str:
    """The receipt of a payment, to be shown, printed or sent."""
    receipt = services.find(kind, year, number) or abort(404)
    return render_template(
        "receipts/show.html",
        receipt=receipt,
        text=services.message(receipt),
        whatsapp=services.whatsapp(receipt),
    )
