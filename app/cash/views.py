"""Where the money lies, and the places themselves."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.cash import shifts, tills
from app.cash.forms import TillChangeForm, TillForm
from app.cash.models import Till, TillKind
from app.core.errors import DomainError, Invalid
from app.extensions import db
from app.web.access import may, require
from app.web.once import done, once
from app.web.words import TILL_KINDS

bp = Blueprint("cash", __name__, url_prefix="/kas", template_folder="templates")


@bp.get("/")
@require(Permission.CASH_VIEW)
def index() -> str:
    """What every place holds by the books, and who has it in hand.

    Of the drawer in their own hand a cashier learns it after the count.
    """
    standings, mine = tills.standings(), shifts.mine()
    return render_template(
        "cash/index.html",
        used=[standing for standing in standings if standing.till.active],
        away=[standing for standing in standings if not standing.till.active],
        mine=mine,
        blind=mine if mine and not may(Permission.LEDGER_VIEW) else None,
        kinds=TILL_KINDS,
    )


@bp.get("/tempat/baru")
@require(Permission.CASH_MANAGE)
def new_till() -> str:
    return render_template("cash/new_till.html", form=TillForm(formdata=None))


@bp.post("/tempat/baru")
@require(Permission.CASH_MANAGE)
@once
def add_till() -> Any:
    form = TillForm()
    if not form.validate() or _refused(form, lambda: _add(form)):
        return render_template("cash/new_till.html", form=form), 422
    flash(_("%(till)s has been opened, with an account of its own.", till=form.name.data))
    return done(url_for("cash.index"))


@bp.get("/tempat/<int:id>")
@require(Permission.CASH_MANAGE)
def till(id: int) -> str:
    found = _found(id)
    form = TillChangeForm(formdata=None, data={"name": found.name, "active": found.active})
    return render_template("cash/till.html", till=found, form=form)


@bp.post("/tempat/<int:id>")
@require(Permission.CASH_MANAGE)
@once
def change_till(id: int) -> Any:
    found, form = _found(id), TillChangeForm()
    if not form.validate() or _refused(form, lambda: _change(found, form)):
        return render_template("cash/till.html", till=found, form=form), 422
    flash(_("Saved."))
    return done(url_for("cash.index"))


@bp.get("/sif/", defaults={"rest": ""})
@bp.get("/sif/<path:rest>")
@require(Permission.CASH_VIEW)
def shifts_as_before(rest: str) -> Any:
    """Where shifts stood before they were called by their word: requests and bookmarks know it."""
    query = request.query_string.decode()
    return redirect(url_for("shifts.index") + rest + (f"?{query}" if query else ""), code=301)


def _add(form: TillForm) -> None:
    tills.add(form.name.data or "", TillKind(form.kind.data))


def _change(found: Till, form: TillChangeForm) -> None:
    tills.change(found, name=form.name.data or "", active=form.active.data)


def _refused(form: Any, act: Any) -> bool:
    """Try; what is refused is said beside the name, or beside the tick."""
    try:
        act()
    except Invalid as error:
        form.refuse(form.name, str(error))
    except DomainError as error:
        form.refuse(form.active, str(error))
    else:
        return False
    db.session.rollback()
    return True


def _found(id: int) -> Till:
    return tills.find(id) or abort(404)
