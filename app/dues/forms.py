from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.core import clock
from app.dues.payments import Method
from app.web.forms import (
    Form,
    PastDayField,
    PeriodField,
    RupiahField,
    TextField,
    at_most,
    optional,
    required,
)

METHODS = {
    Method.CASH: _l("Cash"),
    Method.QRIS: _l("QRIS"),
    Method.TRANSFER: _l("Transfer"),
}


class PaymentForm(Form):
    """What a member pays. A button or the fields carry the amounts."""

    principal = RupiahField(_l("Principal savings"), [optional()])
    dues = RupiahField(_l("Monthly dues"), [optional()])
    voluntary = RupiahField(_l("Voluntary savings"), [optional()])
    method = RadioField(
        _l("Paid by"),
        choices=[SelectChoice(method.value, label) for method, label in METHODS.items()],
        default=Method.CASH.value,
    )
    on = PastDayField(_l("Date"), [required()], default=clock.today)


class RunForm(Form):
    """The month that is to be billed."""

    period = PeriodField(_l("Month"), [required()])


class WaiverForm(Form):
    period = PeriodField(_l("Month"), [required()])
    reason = TextField(_l("Why need it not be paid?"), [required(), at_most(200)])
