"""The cooperative's side: what to type into SIMKOPDES, and what was typed there already."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, url_for
from flask_babel import ngettext

from app.auth.permissions import Permission
from app.core import clock
from app.simkopdes import sheet, ticks
from app.simkopdes.forms import TickForm
from app.simkopdes.ticks import Part
from app.web.access import require
from app.web.once import done, once

bp = Blueprint("simkopdes", __name__, url_prefix="/simkopdes", template_folder="templates")


@bp.get("/")
@require(Permission.LEDGER_VIEW)
def index() -> str:
    return _page(TickForm(formdata=None))


@bp.post("/sudah")
@require(Permission.SIMKOPDES_TICK)
@once
def enter() -> Any:
    """Note the values as they stood on the page, whatever they have become meanwhile."""
    form = TickForm()
    known = {line.field.key for part in _parts() for line in part.lines}
    if not form.validate() or not form.values(known):
        return _page(form), 422
    noted = ticks.tick(form.values(known))
    flash(ngettext("%(num)s field noted as entered.", "%(num)s fields noted as entered.", noted))
    return done(url_for("simkopdes.index"))


@bp.get("/simkopdes.csv")
@require(Permission.LEDGER_VIEW)
def as_csv() -> Response:
    response = Response(ticks.as_csv(_parts()), mimetype="text/csv")
    name = f"simkopdes-{clock.today().isoformat()}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _parts() -> list[Part]:
    return ticks.beside(sheet.sections(clock.today()))


def _page(form: TickForm) -> str:
    return render_template("simkopdes/sheet.html", form=form, parts=_parts())
