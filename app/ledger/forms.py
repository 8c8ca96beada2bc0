from flask_babel import lazy_gettext as _l

from app.web.forms import DayField, Form, PastDayField, TextField, at_most, optional, required


class RangeForm(Form):
    """From a day through a day; both may be left out."""

    dari = DayField(_l("From"), [optional()])
    sampai = PastDayField(_l("Through"), [optional()])


class ReversalForm(Form):
    reason = TextField(_l("Why is it taken back?"), [required(), at_most(150)])


class CloseForm(Form):
    """Only the key: which month is closed stands in the address."""
