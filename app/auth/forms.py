import re
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import EqualTo, Length, ValidationError
from wtforms.widgets import CheckboxInput

from app.auth.permissions import BOARD, CITY, STAFF, SUPERVISORS, Role
from app.web.forms import (
    DayField,
    Form,
    PhoneField,
    TextField,
    at_most,
    optional,
    required,
)
from app.web.words import OFFICES
from tenants.models import Tenant

_SHORTEST, _LONGEST = 10, 200
# Whoever guesses begins with these (ASVS 6.2.4, 6.2.11).
_OBVIOUS = (
    "koperasi",
    "kkmp",
    "merahputih",
    "kelurahan",
    "pekalongan",
    "bismillah",
    "katasandi",
    "password",
    "qwerty",
    "123456",
    "654321",
    "0987654",
)
_FEWEST_SIGNS = 5
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class SignInForm(Form):
    username = TextField(_l("Email or phone number"), [required(), at_most(120)])
    password = PasswordField(_l("Secret word"), [required(), at_most(200)])


class SetPasswordForm(Form):
    """A new password, twice: long, and none that everybody would guess."""

    password = PasswordField(
        _l("New secret word"),
        [required(), Length(_SHORTEST, _LONGEST, _l("At least %(min)d characters, please."))],
    )
    again = PasswordField(
        _l("The same again"),
        [
            required(),
            Length(max=_LONGEST),  # or a browser cuts off only the first of the two
            EqualTo("password", _l("The two are not the same.")),
        ],
    )

    def validate_password(self, field: PasswordField) -> None:
        plain = (field.data or "").lower().replace(" ", "").replace("-", "")
        if len(set(plain)) < _FEWEST_SIGNS or any(word in plain for word in _OBVIOUS):
            raise ValidationError(str(_l("This is too easy to guess. Use words of your own.")))


class ChangePasswordForm(SetPasswordForm):
    present_password = PasswordField(_l("Present secret word"), [required()])


class _PersonForm(Form):
    """Somebody who is to hold an office: how they are called and reached."""

    name = TextField(_l("Name"), [required(), at_most(120)])
    phone = PhoneField(_l("Phone number"), [optional()])
    email = TextField(_l("Email"), [optional(), at_most(120)])
    from_date = DayField(_l("From the day"), [required()])
    decree = TextField(_l("Decree or minutes"), [optional(), at_most(80)])

    def validate_email(self, field: TextField) -> None:
        if field.data and not _ADDRESS.fullmatch(field.data):
            raise ValidationError(str(_l("Write an address such as nama@contoh.id.")))

    def validate(self, extra_validators: object = None) -> bool:
        """One of the two ways to reach a person is enough."""
        fine = bool(super().validate())
        if fine and not self.email.data and not self.phone.data:
            self.refuse(self.phone, str(_l("Write a phone number or an email address.")))
            return False
        return fine


def _choices(roles: frozenset[Role]) -> list[SelectChoice]:
    return [SelectChoice(role.value, OFFICES[role]) for role in Role if role in roles]


class AppointForm(_PersonForm):
    """An office of a cooperative."""

    role = SelectField(_l("Office"), choices=_choices(BOARD | SUPERVISORS | STAFF))
    until_date = DayField(_l("Until the day"), [optional()])
    is_ward_head = BooleanField(_l("This person is the Lurah"))

    def validate_until_date(self, field: DayField) -> None:
        if field.data and self.from_date.data and field.data < self.from_date.data:
            raise ValidationError(str(_l("An office cannot end before it began.")))

    def validate_is_ward_head(self, field: BooleanField) -> None:
        if field.data and self.role.data in BOARD:
            raise ValidationError(
                str(_l("The Lurah chairs the supervisors and cannot be on the board."))
            )


class CityAppointForm(_PersonForm):
    """An office of the city; a companion looks after the cooperatives that are ticked."""

    role = SelectField(_l("Office"), choices=_choices(CITY))
    cooperatives = SelectMultipleField(
        _l("Cooperatives"), coerce=int, option_widget=CheckboxInput()
    )

    def offer(self, tenants: Iterable[Tenant]) -> "CityAppointForm":
        self.cooperatives.choices = [SelectChoice(tenant.id, tenant.ward) for tenant in tenants]
        return self

    def validate_cooperatives(self, field: SelectMultipleField) -> None:
        if self.role.data == Role.CITY_COMPANION and not field.data:
            raise ValidationError(str(_l("Tick the cooperatives this companion looks after.")))


class DismissForm(Form):
    last_day = DayField(_l("Last day in office"), [required()])
