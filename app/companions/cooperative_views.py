"""The cooperative's side: the visits made to it, and what was written about them."""

from flask import Blueprint, Response, abort, g, render_template

from app.auth.permissions import Permission
from app.companions import visits
from app.companions.views import picture_of, read_key, report_of
from app.companions.visits import Told
from app.web.access import require

bp = Blueprint("visits_here", __name__, url_prefix="/kunjungan", template_folder="templates")


@bp.get("/")
@require(Permission.FINDINGS_VIEW)
def index() -> str:
    return render_template("companions/here.html", visits=visits.of_cooperative(g.tenant))


@bp.get("/<int:id>")
@require(Permission.FINDINGS_VIEW)
def show(id: int) -> str:
    return render_template("companions/here_visit.html", **report_of(_found(id)))


@bp.get("/<int:id>/foto/<photo>")
@require(Permission.FINDINGS_VIEW)
def photo(id: int, photo: str) -> Response:
    return picture_of(visits.photo(_found(id).visit, read_key(photo)), "image/jpeg")


@bp.get("/<int:id>/tanda-tangan/<side>")
@require(Permission.FINDINGS_VIEW)
def signature(id: int, side: str) -> Response:
    return picture_of(visits.signature(_found(id).visit, side), "image/png")


def _found(id: int) -> Told:
    return visits.find(id) or abort(404)
