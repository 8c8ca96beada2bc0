from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import ValidationError

from app.core.errors import Invalid
from app.members.models import Member
from app.members.names import LONGEST, read_name
from app.members.services import Particulars
from app.web.forms import (
    Form,
    NikField,
    PastDayField,
    PhoneField,
    TextField,
    at_most,
    optional,
    required,
)


def _padded(text: str | None) -> str:
    """RT and RW stand on the KTP with three digits: 5 is 005."""
    text = text or ""
    return text.zfill(3) if text.isascii() and text.isdigit() else text


def _three_digits(form: Any, field: Any) -> None:
    if field.data and not (field.data.isdigit() and len(field.data) == 3):
        raise ValidationError(_("RT and RW have at most three digits."))


class ParticularsForm(Form):
    """What is written down of a person, in the order of a KTP."""

    nik = NikField(_l("NIK"), [required()])
    name = TextField(_l("Full name, as on the KTP"), [required(), at_most(LONGEST)])
    birth_place = TextField(_l("Place of birth"), [at_most(60)])
    born_on = PastDayField(_l("Date of birth"), [optional()])
    birth_note = TextField(_l("Why the date of birth differs from the NIK"), [at_most(200)])
    address = TextField(_l("Address"), [at_most(200)])
    rt = TextField(_l("RT"), [_three_digits], filters=[_padded])
    rw = TextField(_l("RW"), [_three_digits], filters=[_padded])
    phone = PhoneField(_l("Phone number"), [optional()])
    occupation = TextField(_l("Occupation"), [at_most(60)])
    group = TextField(_l("Group"), [at_most(60)])
    business = TextField(_l("Own business"), [at_most(60)])
    note = TextField(_l("Note"), [at_most(200)])
    heir_name = TextField(_l("Heir"), [at_most(120)])
    heir_relation = TextField(_l("Relation of the heir"), [at_most(40)])
    heir_phone = PhoneField(_l("Phone number of the heir"), [optional()])

    def validate_name(self, field: Any) -> None:
        if field.errors:
            return
        try:
            read_name(field.data or "")
        except Invalid as error:
            raise ValidationError(str(error)) from error

    def validate_birth_note(self, field: Any) -> None:
        """A KTP and a NIK may differ, but then somebody has looked at both."""
        if self._differs and not field.data:
            raise ValidationError(
                _("This date of birth differs from the NIK. Check the KTP, and write down why.")
            )

    @property
    def particulars(self) -> Particulars:
        """What was typed; only of a form that is valid."""
        plain: dict[str, Any] = {
            name: field.data or "" for name, field in self._fields.items() if name in _PLAIN
        }
        born_on = self.born_on.data if self._differs else None
        return Particulars(nik=self.nik.data, born_on=born_on, **plain)

    def show(self, member: Member) -> None:
        """Start from what is known of a member, when nothing has been typed yet."""
        for name in _PLAIN:
            self._fields[name].data = getattr(member, name) or None
        self.nik.typed = member.nik
        self.born_on.data = member.born_on

    @property
    def _differs(self) -> bool:
        nik, born_on = self.nik.data, self.born_on.data
        return bool(nik and born_on and born_on != nik.born_on)


_PLAIN = (
    "name",
    "birth_place",
    "birth_note",
    "address",
    "rt",
    "rw",
    "phone",
    "occupation",
    "group",
    "business",
    "note",
    "heir_name",
    "heir_relation",
    "heir_phone",
)


class MemberForm(ParticularsForm):
    """The form at the counter: nobody is registered without having agreed."""

    consent = BooleanField(
        _l("The text above was read out, and the person agrees."),
        [required()],
    )


class ConsentForm(Form):
    """For somebody who came from a list and was not asked then."""

    consent = BooleanField(_l("The text above was read out, and the person agrees."), [required()])
