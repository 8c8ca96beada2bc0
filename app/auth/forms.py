from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import EqualTo, Length, ValidationError

from app.auth.permissions import BOARD, STAFF, SUPERVISORS, Role
from app.web.forms import (
    REQUIRED,
    DayField,
    Form,
    PhoneField,
    TextField,
    at_most,
    optional,
    required,
)
from app.web.words import OFFICES

_SHORTEST = 10
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


class SignInForm(Form):
    username = StringField(_l("Email or phone number"), [required(), at_most(120)])
    password = PasswordField(_l("Secret word"), [required(), at_most(200)])


class SetPasswordForm(Form):
    """A new password, twice: long, and none that everybody would guess."""

    password = PasswordField(
        _l("New secret word"),
        [required(), Length(_SHORTEST, 200, _l("At least %(min)d characters, please."))],
    )
    again = PasswordField(
        _l("The same again"),
        [required(), EqualTo("password", _l("The two are not the same."))],
    )

    def validate_password(self, field: PasswordField) -> None:
        plain = (field.data or "").lower().replace(" ", "").replace("-", "")
        if len(set(plain)) < _FEWEST_SIGNS or any(word in plain for word in _OBVIOUS):
            raise ValidationError(str(_l("This is too easy to guess. Use words of your own.")))


class ChangePasswordForm(SetPasswordForm):
    present_password = PasswordField(_l("Present secret word"), [required()])


class AppointForm(Form):
    name = TextField(_l("Name"), [required(), at_most(120)])
    email = StringField(_l("Email"), [optional(), at_most(120)])
    phone = PhoneField(_l("Phone number"), [optional()])
    role = SelectField(
        _l("Office"),
        choices=[
            SelectChoice(role.value, OFFICES[role])
            for role in Role
            if role in BOARD | SUPERVISORS | STAFF
        ],
    )
    from_date = DayField(_l("From the day"), [required()])
    decree = TextField(_l("Decree or minutes"), [optional(), at_most(80)])
    is_ward_head = BooleanField(_l("This person is the Lurah"))

    def validate_email(self, field: StringField) -> None:
        if "@" not in (field.data or ""):
            raise ValidationError(str(_l("Write an address such as nama@contoh.id.")))

    def validate(self, extra_validators: object = None) -> bool:
        """One of the two ways to reach a person is enough."""
        fine = bool(super().validate())
        if fine and not self.email.data and not self.phone.data:
            self.refuse(self.phone, str(REQUIRED))
            return False
        return fine


class DismissForm(Form):
    last_day = DayField(_l("Last day in office"), [required()])
