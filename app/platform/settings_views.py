from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.core.errors import Invalid
from app.core.money import parse_rupiah
from app.platform.settings_forms import SettingForm
from app.web.access import require
from app.web.once import done, once
from tenants.settings import DEFINITIONS, Definition, Key, Kind, decide, history, setting

bp = Blueprint("settings", __name__, url_prefix="/setelan", template_folder="templates")


@bp.get("/")
@require(Permission.SETTINGS_MANAGE)
def index() -> str:
    """Amounts and rules in force, each with its history."""
    today = clock.today()
    shown = [
        (definition, setting(Key(definition.key), today), history(Key(definition.key)))
        for definition in _own()
    ]
    return render_template("settings/index.html", settings=shown)


@bp.get("/<key>")
@require(Permission.SETTINGS_MANAGE)
def edit(key: str) -> str:
    form = SettingForm(from_date=clock.today())
    return render_template("settings/edit.html", definition=_definition(key), form=form)


@bp.post("/<key>")
@require(Permission.SETTINGS_MANAGE)
@once
def change(key: str):  # type: ignore[no-untyped-def]
    definition = _definition(key)
    form = SettingForm()
    value = _read(definition, form) if form.validate() else None
    if value is None:
        return render_template("settings/edit.html", definition=definition, form=form), 422
    decide(Key(key), value, from_date=form.from_date.data, legal_basis=form.legal_basis.data or "")
    flash(_("The setting counts from %(day)s on.", day=form.from_date.data.strftime("%d-%m-%Y")))
    return done(url_for("settings.index"))


def _own() -> list[Definition]:
    """What a cooperative decides for itself."""
    return [definition for definition in DEFINITIONS.values() if not definition.for_city_only]


def _definition(key: str) -> Definition:
    found = DEFINITIONS.get(key)
    return found if found and not found.for_city_only else abort(404)


def _read(definition: Definition, form: SettingForm) -> Any:
    """The value as it is kept; None, with a message beside the field, when it is none."""
    try:
        return _value(definition, form.value.data or "")
    except Invalid as error:
        form.refuse(form.value, str(error))
        return None


def _value(definition: Definition, text: str) -> Any:
    if definition.kind is Kind.TEXT:
        return text
    if definition.kind is Kind.CHOICE:
        if text not in dict(definition.choices):
            raise Invalid(_("Choose one of the answers."))
        return text
    amount = parse_rupiah(text)
    if not amount:
        raise Invalid(_("Write digits only, more than zero."))
    return amount
