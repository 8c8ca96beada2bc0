from flask import Blueprint, render_template

from app.auth.permissions import Permission
from app.web.access import require

bp = Blueprint("home", __name__, template_folder="templates")


@bp.get("/")
@require(Permission.COOP_VIEW)
def show() -> str:
    return render_template("home/show.html")
