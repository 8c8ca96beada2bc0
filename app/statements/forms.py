from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from app.core import clock
from app.core.errors import Invalid
from app.core.period import Period
from app.ledger import services as ledger
from app.ledger.forms import KnownField, PastBookDayField
from app.statements import words
from app.statements.asked import EVERY_UNIT, Asked, Comparison
from app.web.forms import (
    Form,
    ParagraphsField,
    PeriodField,
    at_most,
    optional,
    required,
)

COMPARISONS: dict[Comparison, Any] = {
    Comparison.NONE: _l("Nothing"),
    Comparison.PREVIOUS: _l("As many days before"),
    Comparison.LAST_YEAR: _l("The same days last year"),
    Comparison.YEAR_START: _l("The start of the year"),
}


class AskedForm(Form):
    """Which days, of which line of business, compared with what, known when. All optional."""

    dari = PastBookDayField(_l("From"), [optional()])
    sampai = PastBookDayField(_l("Through"), [optional()])
    banding = SelectField(
        _l("Beside it"),
        choices=[SelectChoice(c.value, label) for c, label in COMPARISONS.items()],
        default="",
    )
    gerai = SelectField(_l("Line of business"), default="")
    diketahui = KnownField(_l("As it was known on"), [optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, meta={"csrf": False}, **kwargs)
        self.units = {unit.code: unit for unit in ledger.units()}
        self.gerai.choices = [
            SelectChoice("", _("All together")),
            SelectChoice(EVERY_UNIT, _("Each beside the others")),
            *(SelectChoice(code, unit.name) for code, unit in self.units.items()),
        ]

    def read(self) -> Asked | None:
        """What is asked for; None when a field is wrong, which then says so."""
        fine = self.validate()
        today = clock.today()
        last = self.sampai.data or today
        first = self.dari.data or last.replace(month=1, day=1)
        for field, day in ((self.dari, first), (self.sampai, last)):
            if not field.typed:
                field.data = day
        if fine and first > last:
            self.refuse(self.dari, _("The first day is after the last."))
            return None
        if not fine:
            return None
        return Asked(
            first,
            last,
            Comparison(self.banding.data),
            self.units.get(self.gerai.data),
            self.gerai.data == EVERY_UNIT,
            self.diketahui.data,
        )


class NoteForm(Form):
    text = ParagraphsField(_l("Text"), [required(), at_most(10_000)])

    def validate_text(self, field: ParagraphsField) -> None:
        try:
            words.check(field.data or "")
        except Invalid as error:
            raise ValidationError(str(error)) from error


class MonthForm(Form):
    """A month that has begun; the last one that is over when none is named."""

    bulan = PeriodField(_l("Month"), [optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, meta={"csrf": False}, **kwargs)

    def read(self) -> Period | None:
        """The month asked for; None when the field is wrong, which then says so."""
        if not self.validate():
            return None
        if not self.bulan.typed:
            self.bulan.data = Period.current().previous()
        if self.bulan.data > Period.current():
            self.refuse(self.bulan, _("This month is still to come."))
            return None
        found: Period = self.bulan.data
        return found


class BookForm(Form):
    """Only the key: what is booked stands in the address."""
