from flask import Blueprint, render_template, request

from app.audit import services
from app.audit.services import Filter
from app.auth.permissions import Permission
from app.core.errors import Invalid
from app.web.access import require
from app.web.forms import read_day

bp = Blueprint("audit", __name__, url_prefix="/jejak", template_folder="templates")


@bp.get("/")
@require(Permission.AUDIT_VIEW)
def index() -> str:
    """Who did what, with what it was before and after; the latest first."""
    found = services.events(_filter(), before_id=request.args.get("sebelum", type=int))
    more = found[-1][0].id if len(found) == services.PAGE else None
    return render_template("audit/index.html", events=found, more=more)


def _filter() -> Filter:
    """What is asked for in the address; a day that cannot be read does not narrow."""
    try:
        on = read_day(request.args["hari"]) if request.args.get("hari") else None
    except Invalid:
        on = None
    return Filter(actor_id=request.args.get("orang", type=int), on=on)
