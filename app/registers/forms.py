from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.core import clock
from app.core.period import Period
from app.web.forms import Form, PastDayField, required


class SpanForm(Form):
    """The days that a book covers; it is sent by address."""

    dari = PastDayField(
        _l("From the day"), [required()], default=lambda: Period(clock.today().year, 1).first_day
    )
    sampai = PastDayField(_l("Until the day"), [required()], default=clock.today)

    def validate_sampai(self, field: Any) -> None:
        if field.data and self.dari.data and field.data < self.dari.data:
            raise ValidationError(_("This day lies before the first one."))
