from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField

from app.cash import paying, shifts
from app.core import clock
from app.ledger.forms import PastBookDayField
from app.savings.statements import years
from app.web.forms import (
    REQUIRED,
    ChoiceField,
    Form,
    RupiahField,
    not_too_large,
    required,
)


class WithdrawalForm(Form):
    amount = RupiahField(_l("Amount"), [required()])
    till = ChoiceField(_l("Paid from"), default=lambda: shifts.usual_till().id)
    on = PastBookDayField(_l("Date"), [required()], default=clock.today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.till.offer((till.id, till.name) for till in paying.sources())


class OpeningListForm(Form):
    file = FileField(_l("List of savings"), [FileRequired(REQUIRED), not_too_large()])


class OpeningForm(Form):
    """The day of the entry, with the rows as they were read and judged, signed."""

    rows = HiddenField()
    on = PastBookDayField(_l("Date"), [required()])


class YearForm(Form):
    """A year that has statements; the last one that is over, unless another is chosen."""

    year = RadioField(_l("Year"), [required()], coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = years()
        self.year.choices = [(year, str(year)) for year in known]
        if not self.is_submitted():
            self.year.data = known[min(1, len(known) - 1)]
