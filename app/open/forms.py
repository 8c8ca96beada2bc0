from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.widgets import CheckboxInput

from app.open.models import Subject
from app.web.forms import Form

# What each group holds, as the chair reads it before agreeing.
SUBJECTS: dict[Subject, Any] = {
    Subject.MEMBERS: _l("Members: how many are active"),
    Subject.SAVINGS: _l("Savings: their sum, and dues billed and received"),
    Subject.BUSINESS: _l("Business: sales of the month"),
    Subject.LAUNCH: _l("Launch: status and number of legal documents"),
}


class PublicationForm(Form):
    subjects = SelectMultipleField(
        _l("Everybody may see"),
        choices=[SelectChoice(subject.value, label) for subject, label in SUBJECTS.items()],
        option_widget=CheckboxInput(),
    )

    def chosen(self) -> set[Subject]:
        return {Subject(value) for value in self.subjects.data or ()}
