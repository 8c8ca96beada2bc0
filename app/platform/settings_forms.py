from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from app.web.forms import (
    CountField,
    DayField,
    Form,
    RateField,
    RupiahField,
    TextField,
    at_most,
    known_words,
    required,
)
from tenants.definitions import Definition, Kind

_LABEL = _l("New value")


class _KeptDayField(DayField):
    """A day as a setting keeps it: `.data` is "2026-11-24"."""

    def read(self, text: str) -> Any:
        return super().read(text).isoformat()

    def write(self, value: Any) -> str:
        return super().write(date.fromisoformat(value))


def form_for(definition: Definition) -> Any:
    """The form of a setting: its value, read as what it is, from a day on and on whose word."""
    return type(
        "SettingForm",
        (Form,),
        {
            "value": _value_of(definition),
            "from_date": DayField(_l("From the day"), [required()]),
            "legal_basis": TextField(_l("Decided by"), [required(), at_most(200)]),
        },
    )


def _value_of(definition: Definition) -> Any:
    if definition.kind is Kind.RUPIAH:
        return RupiahField(_LABEL, [required()])
    if definition.kind is Kind.COUNT:
        return CountField(_LABEL, [required(), _more_than_nothing, _no_more_than(definition.most)])
    if definition.kind is Kind.RATE:
        return RateField(_LABEL, [required()])
    if definition.kind is Kind.DAY:
        return _KeptDayField(_LABEL, [required()])
    if definition.kind is Kind.CHOICE:
        choices = [SelectChoice(code, name) for code, name in definition.choices]
        return RadioField(_LABEL, [required()], choices=choices)
    return TextAreaField(_LABEL, [required(), at_most(1000), known_words(definition)])


def _more_than_nothing(_form: Form, field: CountField) -> None:
    if not field.data:
        raise ValidationError(_("Write digits only, more than zero."))


def _no_more_than(most: int | None) -> Callable[[Form, CountField], None]:
    def check(_form: Form, field: CountField) -> None:
        if most is not None and field.data is not None and field.data > most:
            raise ValidationError(_("At most %(most)s.", most=most))

    return check
