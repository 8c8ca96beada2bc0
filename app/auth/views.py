from flask import Blueprint

from app.web.access import personal, public

bp = Blueprint("auth", __name__, template_folder="templates")


@bp.get("/masuk")
@public
def sign_in() -> str:
    return ""


@bp.post("/keluar")
@personal
def sign_out() -> str:
    return ""


@bp.get("/perangkat")
@personal
def sessions() -> str:
    return ""


@bp.post("/bahasa")
@public
def language() -> str:
    return ""
