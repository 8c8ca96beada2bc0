from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.web.forms import DayField, Form, TextField, at_most, required


class SettingForm(Form):
    """A value from a day on; how it is read depends on what is set."""

    name = HiddenField()
    value = TextField(_l("New value"), [required(), at_most(1000)])
    from_date = DayField(_l("From the day"), [required()])
    legal_basis = TextField(_l("Decided by"), [required(), at_most(200)])
