from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.ledger import services
from app.ledger.models import Unit
from app.web.forms import (
    DayField,
    Form,
    PastDayField,
    PastInstantField,
    TextField,
    at_most,
    optional,
    required,
)


class RangeForm(Form):
    """From a day through a day; both may be left out."""

    dari = DayField(_l("From"), [optional()])
    sampai = PastDayField(_l("Through"), [optional()])


class LedgerForm(RangeForm):
    """The days of one account, perhaps of one line of business and as known at an instant."""

    gerai = SelectField(_l("Line of business"), default="")
    diketahui = PastInstantField(_l("As it was known on"), [optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in services.units()}
        named = [SelectChoice(code, unit.name) for code, unit in self.units.items()]
        self.gerai.choices = [SelectChoice("", _("All together")), *named]

    @property
    def unit(self) -> Unit | None:
        return self.units.get(self.gerai.data or "")


class ReversalForm(Form):
    reason = TextField(_l("Why is it taken back?"), [required(), at_most(150)])


class CloseForm(Form):
    """Which month is closed stands in the address; what was left undone needs a word."""

    note = TextField(_l("Why is it closed all the same?"), [at_most(200)])


class ReopenForm(Form):
    reason = TextField(_l("Why must it be opened again?"), [required(), at_most(200)])
