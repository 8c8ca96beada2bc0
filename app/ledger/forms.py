from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.core.errors import Invalid
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

_EARLIEST = date(2000, 1, 1)  # as many years before it are still years that can be reckoned in


class BookDayField(DayField):
    """A day to which books may reach back."""

    def read(self, text: str) -> date:
        day = super().read(text)
        if day < _EARLIEST:
            raise Invalid(_("No books reach back so far. Write 2000 or later."))
        return day


class PastBookDayField(BookDayField, PastDayField):
    """A day that has come, to which books may reach back."""


class KnownField(PastInstantField):
    """As of when something was known; at the end of all reckoning nothing is."""

    def read(self, text: str) -> datetime:
        try:
            return super().read(text)
        except OverflowError:
            raise Invalid(_("The date is still to come.")) from None


class RangeForm(Form):
    """From a day through a day; both may be left out."""

    dari = BookDayField(_l("From"), [optional()])
    sampai = PastBookDayField(_l("Through"), [optional()])


class LedgerForm(RangeForm):
    """The days of one account, perhaps of one line of business and as known at an instant."""

    gerai = SelectField(_l("Line of business"), default="")
    diketahui = KnownField(_l("As it was known on"), [optional()])

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
