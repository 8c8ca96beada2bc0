from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.banking.statements import FIELDS
from app.core import clock
from app.web.forms import (
    REQUIRED,
    ChoiceField,
    Form,
    PastDayField,
    TextField,
    at_most,
    not_too_large,
    required,
)
from app.web.words import BANK_COLUMNS


class StatementForm(Form):
    file = FileField(
        _l("Statement from the bank (.xlsx, .ods or .csv)"),
        [FileRequired(REQUIRED), not_too_large()],
    )


class LayoutForm(Form):
    """Which column is what, for a file whose header says nothing we know."""

    rows = HiddenField()  # the file as it was read, signed

    def offer(self, header: list[str]) -> None:
        choices = [SelectChoice("", _l("none")), *_columns(header)]
        for name in FIELDS:
            self._fields[name].choices = choices


for _name in FIELDS:
    setattr(LayoutForm, _name, SelectField(BANK_COLUMNS[_name], validate_choice=False))


class MatchForm(Form):
    journals = SelectMultipleField(_l("Journals"), coerce=int, validate_choice=False)


class RecordForm(Form):
    category = ChoiceField(_l("What it was for"), prompt=_l("Choose one"))
    note = TextField(_l("Note"), [at_most(120)])


class SuggestedForm(Form):
    """Pairs of a line and a journal, "12-340", as they were proposed and left ticked."""

    pairs = SelectMultipleField(_l("Proposed"), validate_choice=False)


class SignForm(Form):
    until = PastDayField(_l("Agreed on the day"), [required()], default=clock.today)
    note = TextField(_l("Note"), [at_most(200)])


def _columns(header: list[str]) -> list[Any]:
    return [
        SelectChoice(str(at), f"{at + 1}. {words}"[:60])
        for at, words in enumerate(header)
        if words.strip()
    ]
