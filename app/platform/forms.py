import re

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Regexp

from app.web.forms import DayField, Form, TextField, at_most, required
from app.web.words import TENANT_STATUSES


class OpenForm(Form):
    ward = TextField(_l("Ward"), [required(), at_most(80)])
    ward_code = TextField(_l("Ward code of the ministry"), [required(), at_most(16)])
    district = TextField(_l("District"), [required(), at_most(80)])
    slug = TextField(
        _l("Address"),
        [
            required(),
            at_most(40),
            Regexp(re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$"), message=_l("Small letters and dashes.")),
        ],
    )


class StatusForm(Form):
    status = SelectField(
        _l("Status"), choices=[SelectChoice(s.value, n) for s, n in TENANT_STATUSES.items()]
    )
    from_date = DayField(_l("From the day"), [required()])
    note = TextField(_l("Note"), [at_most(200)])
