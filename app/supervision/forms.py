from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from app.core.period import Period
from app.supervision.attention import RULE_NAMES
from app.supervision.glance import ORDERS
from app.supervision.measures import MEASURES
from app.web.forms import DayField, Form, PeriodField, TextField, at_most, impersonal, required


class SnoozeForm(Form):
    until = DayField(_l("Until"), [required()])
    reason = TextField(_l("Why"), [required(), at_most(200), impersonal()])


class WeekForm(Form):
    """Which part of the week's list is looked at; sent by address."""

    aturan = SelectField(_l("Which matter"), default="")
    kecamatan = SelectField(_l("District"), default="")
    milik = SelectField(
        _l("Whose"),
        choices=[SelectChoice("", _l("All")), SelectChoice("saya", _l("Those I accompany"))],
        default="",
    )

    def offer(self, districts: list[str]) -> "WeekForm":
        everything, everywhere = (
            SelectChoice("", _l("Everything")),
            SelectChoice("", _l("The whole city")),
        )
        self.aturan.choices = [everything, *(SelectChoice(*one) for one in RULE_NAMES.items())]
        self.kecamatan.choices = [everywhere, *(SelectChoice(name, name) for name in districts)]
        return self


class TakeUpForm(Form):
    """Only asks whether it is meant."""


class ChoiceForm(Form):
    """What is looked at; sent by address, so that it can be kept and passed on."""

    bulan = PeriodField(_l("Month"), [required()], default=Period.current)
    ukuran = SelectField(
        _l("Measure"),
        choices=[SelectChoice(m.key, m.label) for m in MEASURES.values()],
        default=next(iter(MEASURES)),
    )
    kecamatan = SelectField(_l("District"), default="")
    urut = SelectField(
        _l("Order"),
        choices=[SelectChoice(key, label) for key, label in ORDERS.items()],
        default=next(iter(ORDERS)),
    )

    def offer(self, districts: list[str]) -> None:
        everywhere = SelectChoice("", _l("The whole city"))
        self.kecamatan.choices = [everywhere, *(SelectChoice(name, name) for name in districts)]

    def validate_bulan(self, field: Any) -> None:
        if field.data and field.data > Period.current():
            raise ValidationError(_("This month is still to come."))
