from collections.abc import Container
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.web.forms import REQUIRED, Form, PastDayField, not_too_large, required
from app.web.templating import day


class StatisticsForm(Form):
    file = FileField(_l("Statistics of the ministry"), [FileRequired(REQUIRED), not_too_large()])
    on = PastDayField(_l("Day of the statistics"), [required()])


class ChoiceForm(Form):
    """Which statistics are looked at; sent by address, so that it can be kept and passed on."""

    hari = SelectField(_l("Day of the statistics"))
    kecamatan = SelectField(_l("District"), default="")
    tampil = SelectField(
        _l("Show"),
        choices=[
            SelectChoice("", _l("All cooperatives")),
            SelectChoice("beda", _l("Only where something differs")),
        ],
        default="",
    )

    def offer(self, days: list[date], districts: list[str]) -> None:
        self.hari.choices = [SelectChoice(each.isoformat(), day(each)) for each in days]
        everywhere = SelectChoice("", _l("The whole city"))
        self.kecamatan.choices = [everywhere, *(SelectChoice(name, name) for name in districts)]

    @property
    def on(self) -> date:
        return date.fromisoformat(self.hari.data)

    def asked(self) -> dict[str, Any]:
        """What is looked at, as it stands in the address."""
        return {"hari": self.hari.data, "kecamatan": self.kecamatan.data or None}


class TickForm(Form):
    """Fields of SIMKOPDES with the values that were typed there, as "key=value"."""

    entered = SelectMultipleField(_l("Entered in SIMKOPDES"), validate_choice=False)

    def values(self, known: Container[str]) -> dict[str, str]:
        """The values by their field; a field that there is not is left out."""
        pairs = (text.partition("=") for text in self.entered.data or [])
        found = {key: value[:400] for key, _sign, value in pairs if key in known}
        if not found:
            self.refuse(self.entered, _("Tick what you have typed into SIMKOPDES."))
        return found
