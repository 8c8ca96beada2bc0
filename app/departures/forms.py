from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from app.cash import paying, shifts
from app.core import clock
from app.departures.models import DepartureKind
from app.ledger.forms import PastBookDayField
from app.web.forms import REQUIRED, ChoiceField, Form, TextField, at_most, required
from app.web.words import DEPARTURES


class DepartureForm(Form):
    kind = RadioField(
        _l("Why the membership ends"),
        choices=[SelectChoice(kind.value, word) for kind, word in DEPARTURES.items()],
        default=DepartureKind.RESIGNATION.value,
    )
    on = PastBookDayField(_l("Left on"), [required()], default=clock.today)
    reason = TextField(_l("Reason"), [required(), at_most(200)])
    letter = TextField(_l("Number and date of the letter"), [at_most(80)])

    def validate_reason(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(REQUIRED)

    def validate_letter(self, field: Any) -> None:
        """Nobody is dismissed without minutes of the board (domain reference 3.3)."""
        if self.kind.data == DepartureKind.DISMISSAL.value and not field.data:
            raise ValidationError(_("Write the minutes of the board that decided it."))


class RefundForm(Form):
    to_heirs = False  # somebody who died is not paid, their heirs are

    till = ChoiceField(_l("Paid from"), default=lambda: shifts.usual_till().id)
    on = PastBookDayField(_l("Paid out on"), [required()], default=clock.today)
    recipient = TextField(_l("Paid to"), [at_most(120)])
    papers = TextField(_l("Certificate of inheritance, number and date"), [at_most(120)])

    def validate_recipient(self, field: Any) -> None:
        if self.to_heirs and not field.data:
            raise ValidationError(_("Write the heir who is paid."))

    def validate_papers(self, field: Any) -> None:
        if self.to_heirs and not field.data:
            raise ValidationError(_("Write the number and date of the certificate."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.till.offer((till.id, till.name) for till in paying.sources())
