from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from app.auth.permissions import BOARD, STAFF
from app.core import clock
from app.web.forms import DayField, Form, TextField, at_most, impersonal, required
from app.web.words import OFFICES

_SEATS = [SelectChoice(role.value, word) for role, word in OFFICES.items() if role in BOARD | STAFF]


class FindingForm(Form):
    title = TextField(_l("What is amiss, in a few words"), [required(), at_most(120)])
    text = TextAreaField(_l("What was seen, and what should be done"), [required(), at_most(4000)])
    seat = SelectField(_l("Who answers"), choices=_SEATS, default=_SEATS[0].value)
    due_on = DayField(_l("To be settled by"), [required()])

    def validate_due_on(self, field: Any) -> None:
        if field.data and field.data < clock.today():
            raise ValidationError(_("This day is past. Give them time to answer."))


class ReplyForm(Form):
    text = TextAreaField(_l("Answer"), [required(), at_most(4000)])


class VisitFindingForm(FindingForm):
    """The same of a visit, which the city reads."""

    title = TextField(_l("What is amiss, in a few words"), [required(), at_most(120), impersonal()])
    text = TextAreaField(
        _l("What was seen, and what should be done"), [required(), at_most(4000), impersonal()]
    )


class VisitReplyForm(ReplyForm):
    text = TextAreaField(_l("Answer"), [required(), at_most(4000), impersonal()])
