"""Amounts and rules, dated: what a cooperative decides for itself, and the city's defaults."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.platform import overrides
from app.platform.settings_forms import form_for
from app.web.access import require
from app.web.once import done, once
from app.web.templating import day
from tenants.catalogue import DEFINITIONS
from tenants.definitions import Definition, Key
from tenants.settings import Dated, decide, decide_for_city, history, setting

bp = Blueprint("settings", __name__, url_prefix="/setelan", template_folder="templates")
city_bp = Blueprint("city_settings", __name__, url_prefix="/setelan-kota")


@bp.get("/")
@require(Permission.SETTINGS_MANAGE)
def index() -> str:
    return _index(_own(), "settings")


@bp.get("/<key>")
@require(Permission.SETTINGS_MANAGE)
def edit(key: str) -> str:
    return _edit(_definition(key, _own()), "settings")


@bp.post("/<key>")
@require(Permission.SETTINGS_MANAGE)
@once
def change(key: str) -> Any:
    return _change(_definition(key, _own()), "settings", decide)


@city_bp.get("/", endpoint="index")
@require(Permission.CITY_OPERATE)
def city_index() -> str:
    return _index(list(DEFINITIONS.values()), "city_settings")


@city_bp.get("/<key>", endpoint="edit")
@require(Permission.CITY_OPERATE)
def city_edit(key: str) -> str:
    return _edit(_definition(key, list(DEFINITIONS.values())), "city_settings")


@city_bp.post("/<key>", endpoint="change")
@require(Permission.CITY_OPERATE)
@once
def city_change(key: str) -> Any:
    return _change(_definition(key, list(DEFINITIONS.values())), "city_settings", decide_for_city)


def _own() -> list[Definition]:
    """What a cooperative decides for itself."""
    return [definition for definition in DEFINITIONS.values() if not definition.for_city_only]


def _definition(key: str, among: list[Definition]) -> Definition:
    return next((found for found in among if found.key == key), None) or abort(404)


def _index(definitions: list[Definition], where: str) -> str:
    today = clock.today()
    shown = [(d, setting(Key(d.key), today), _in_force(d)) for d in definitions]
    return render_template("settings/index.html", settings=shown, where=where)


def _edit(definition: Definition, where: str) -> str:
    now = setting(Key(definition.key), clock.today())
    form = form_for(definition)(formdata=None, value=now, from_date=clock.today())
    return _page(definition, form, where)


def _change(definition: Definition, where: str, decided: Any) -> Any:
    form = form_for(definition)()
    if not form.validate():
        return _page(definition, form, where), 422
    decided(
        Key(definition.key),
        form.value.data,
        from_date=form.from_date.data,
        legal_basis=form.legal_basis.data,
    )
    flash(_("The setting counts from %(day)s on.", day=day(form.from_date.data)))
    return done(url_for(f"{where}.index"))


def _page(definition: Definition, form: Any, where: str) -> str:
    asks = where == "city_settings" and not definition.for_city_only
    return render_template(
        "settings/edit.html",
        definition=definition,
        known=list(reversed(history(Key(definition.key)))),
        form=form,
        overrides=overrides.of(Key(definition.key)) if asks else None,
        back=url_for(f"{where}.index"),
    )


def _in_force(definition: Definition) -> Dated:
    """The row of the history that counts today: the cooperative's own before the city's."""
    come = [row for row in history(Key(definition.key)) if row.from_date <= clock.today()]
    return max(come, key=lambda row: (row.own, row.from_date))
