from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput

from app.api.models import Scope
from app.core import clock
from app.web.forms import DayField, Form, TextField, at_most, required
from tenants.definitions import Key
from tenants.settings import setting

SCOPES: dict[Scope, Any] = {
    Scope.INDICATORS: _l("Indicators by month and day"),
    Scope.COOPERATIVES: _l("The list of cooperatives"),
    Scope.DOCUMENTS: _l("State of the legal documents"),
}


class TokenForm(Form):
    name = TextField(_l("Which system reads"), [required(), at_most(80)])
    scopes = SelectMultipleField(
        _l("What it may read"),
        choices=[SelectChoice(scope.value, label) for scope, label in SCOPES.items()],
        option_widget=CheckboxInput(),
    )
    expires_on = DayField(_l("Last day on which it works"), [required()])

    def validate_scopes(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Tick at least one."))

    @classmethod
    def empty(cls) -> "TokenForm":
        """The form as it is first shown: as long as may be."""
        days = int(setting(Key.API_VALID_DAYS, clock.today()))
        return cls(formdata=None, expires_on=clock.today() + timedelta(days=days))
