from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField, TextAreaField

from app.web.forms import Form, TextField, at_most, required


class CorrectionForm(Form):
    text = TextAreaField(_l("What is wrong, and what would be right"), [required(), at_most(2000)])


class CorrectionAnswerForm(Form):
    answer = TextField(_l("Answer to the member"), [required(), at_most(400)])


class ForgetForm(Form):
    reason = TextField(_l("Reason"), [required(), at_most(200)])
    texts = SelectMultipleField(_l("These texts mean this member too"), choices=[])

    def offer(self, marks: Iterable[str]) -> None:
        self.texts.choices = [(mark, mark) for mark in marks]


class LeaveForm(Form):
    text = HiddenField(validators=[required()])


class LookForm(Form):
    """Only the token and key: whose data are opened stands in the address."""
