"""What a cooperative is called, where it is and how it is registered: seen and kept up to date."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.platform import particulars
from app.platform.forms import ParticularsForm
from app.web.access import require
from app.web.once import done, once

bp = Blueprint("particulars", __name__, url_prefix="/data-koperasi", template_folder="templates")


@bp.get("/")
@require(Permission.COOP_VIEW)
def show() -> str:
    return render_template("particulars/show.html", tenant=g.tenant)


@bp.get("/ubah")
@require(Permission.PARTICULARS_MANAGE)
def edit() -> str:
    return render_template("particulars/edit.html", form=ParticularsForm(obj=g.tenant))


@bp.post("/ubah")
@require(Permission.PARTICULARS_MANAGE)
@once
def change() -> Any:
    form = ParticularsForm()
    if not form.validate():
        return render_template("particulars/edit.html", form=form), 422
    particulars.amend(g.tenant, **form.values())
    flash(_("The particulars are kept."))
    return done(url_for("particulars.show"))
