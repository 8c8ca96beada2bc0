from flask_babel import lazy_gettext as _l

from app.core import clock
from app.web.forms import Form, PastDayField, RupiahField, required


class WithdrawalForm(Form):
    amount = RupiahField(_l("Amount"), [required()])
    on = PastDayField(_l("Date"), [required()], default=clock.today)
