from flask import Blueprint, render_template

from app.auth.permissions import Permission
from app.web.access import require
from tenants.queries import all_tenants

bp = Blueprint("city", __name__, url_prefix="/kota", template_folder="templates")


@bp.get("/")
@require(Permission.CITY_VIEW)
def index() -> str:
    """The cooperatives of the city by district, and how far each has come."""
    return render_template("city/index.html", tenants=all_tenants())
