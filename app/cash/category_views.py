"""The plain words for money in and out, and the accounts they stand for."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.cash import categories
from app.cash.forms import CategoryForm
from app.cash.models import Category, Direction
from app.core.errors import Invalid
from app.extensions import db
from app.ledger import services as ledger
from app.web.access import require
from app.web.once import done, once
from app.web.words import DIRECTIONS

bp = Blueprint("cash_words", __name__, url_prefix="/kas/kata", template_folder="templates")


@bp.get("/")
@require(Permission.CASH_VIEW)
def index() -> str:
    return render_template("cash/words.html", words=categories.explained(), directions=DIRECTIONS)


@bp.get("/baru")
@require(Permission.CASH_MANAGE)
def new() -> str:
    return _page(CategoryForm(formdata=None))


@bp.post("/baru")
@require(Permission.CASH_MANAGE)
@once
def add() -> Any:
    form = CategoryForm()
    _offer(form)
    if not form.validate() or not _saved(form, None):
        return _page(form), 422
    flash(_("Saved."))
    return done(url_for("cash_words.index"))


@bp.get("/<int:id>")
@require(Permission.CASH_MANAGE)
def edit(id: int) -> str:
    found = _found(id)
    form = CategoryForm(
        formdata=None,
        data={
            "direction": found.direction.value,
            "name": found.name,
            "account": found.account_id,
            "unit": found.unit_id,
            "active": found.active,
        },
    )
    return _page(form, found)


@bp.post("/<int:id>")
@require(Permission.CASH_MANAGE)
@once
def change(id: int) -> Any:
    found, form = _found(id), CategoryForm()
    _offer(form)
    if not form.validate() or not _saved(form, found):
        return _page(form, found), 422
    flash(_("Saved."))
    return done(url_for("cash_words.index"))


def _saved(form: CategoryForm, category: Category | None) -> bool:
    name, account_id, unit_id = form.name.data or "", form.account.data, form.unit.data
    try:
        if category is None:
            categories.add(Direction(form.direction.data), name, account_id, unit_id)
        else:
            categories.change(
                category,
                name=name,
                account_id=account_id,
                unit_id=unit_id,
                active=form.active.data,
            )
    except Invalid as error:
        db.session.rollback()
        form.refuse(form.name, str(error))
        return False
    return True


def _offer(form: CategoryForm) -> None:
    form.offer(categories.accounts_to_choose(), ledger.units())


def _page(form: CategoryForm, category: Category | None = None) -> str:
    _offer(form)
    return render_template("cash/word.html", form=form, category=category, directions=DIRECTIONS)


def _found(id: int) -> Category:
    return categories.find(id) or abort(404)
