from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.core import clock
from app.core.period import Period
from app.registers.words import Words
from app.web.forms import (
    Form,
    ParagraphsField,
    PastDayField,
    TextField,
    at_most,
    optional,
    required,
)


class SpanForm(Form):
    """The days that a book covers; it is sent by address."""

    dari = PastDayField(
        _l("From the day"), [required()], default=lambda: Period(clock.today().year, 1).first_day
    )
    sampai = PastDayField(_l("Until the day"), [required()], default=clock.today)

    def validate_sampai(self, field: Any) -> None:
        if field.data and self.dari.data and field.data < self.dari.data:
            raise ValidationError(_("This day lies before the first one."))


class EntryForm(Form):
    """A line in a book that is written in by hand; its fields are called as in that book."""

    on = PastDayField(_l("Date"), [required()], default=clock.today)
    who = TextField("", [required(), at_most(120)])
    office = TextField("", [optional(), at_most(120)])
    text = ParagraphsField("", [required(), at_most(4000)])
    answer = ParagraphsField("", [optional(), at_most(4000)])

    def call(self, words: Words) -> None:
        for name in ("who", "office", "text", "answer"):
            self[name].label.text = getattr(words, name)


class EntryAnswerForm(Form):
    answer = ParagraphsField("", [required(), at_most(4000)])
