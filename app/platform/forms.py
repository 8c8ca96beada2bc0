import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import NoneOf, Regexp, ValidationError

from app.web.forms import (
    ChoiceField,
    DayField,
    Form,
    ParagraphsField,
    PastDayField,
    TextField,
    at_most,
    impersonal,
    optional,
    required,
)
from app.web.words import TENANT_STATUSES
from tenants.models import Tenant, TenantStatus

# Pages of the operator that stand beside those of the cooperatives.
RESERVED = frozenset({"pekerjaan", "pengumuman"})


def _slug() -> TextField:
    """The address of a cooperative's pages, which no page of the operator has."""
    return TextField(
        _l("Address of its pages"),
        [
            required(),
            at_most(40),
            Regexp(re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$"), message=_l("Small letters and dashes.")),
            NoneOf(RESERVED, message=_l("This address is taken by a page of the platform.")),
        ],
    )


def _begins_with_koperasi(_form: Form, field: TextField) -> None:
    if not (field.data or "").lower().startswith("koperasi "):
        raise ValidationError(_("The name begins with “Koperasi”."))


class OpenForm(Form):
    ward = TextField(_l("Ward"), [required(), at_most(80)])
    ward_code = TextField(_l("Ward code of the ministry"), [required(), at_most(16)])
    district = TextField(_l("District"), [required(), at_most(80)])
    slug = _slug()


class StatusForm(Form):
    status = SelectField(
        _l("Status"),
        choices=[  # a merger has a form of its own
            SelectChoice(s.value, n)
            for s, n in TENANT_STATUSES.items()
            if s is not TenantStatus.MERGED
        ],
    )
    from_date = DayField(_l("From the day"), [required()])
    note = TextField(_l("Note"), [at_most(200), impersonal()])


def _digits(*lengths: int) -> Any:
    """A number of the state: so many digits, however they are grouped."""

    def check(_form: Form, field: TextField) -> None:
        digits = re.sub(r"[\s./-]", "", field.data or "")
        if not digits.isascii() or not digits.isdigit() or len(digits) not in lengths:
            wanted = _(" or ").join(str(length) for length in lengths)
            raise ValidationError(_("This number has %(count)s digits.", count=wanted))

    return check


class ParticularsForm(Form):
    """What a cooperative keeps up to date itself."""

    address = TextField(_l("Address"), [optional(), at_most(200)])
    deed = TextField(_l("Deed of foundation"), [optional(), at_most(80)])
    legal_decree = TextField(_l("Decree of legal entity (SK AHU)"), [optional(), at_most(80)])
    business_number = TextField(_l("Business number (NIB)"), [optional(), _digits(13)])
    tax_number = TextField(_l("Tax number (NPWP)"), [optional(), _digits(15, 16)])
    cooperative_number = TextField(
        _l("Cooperative number (NIK koperasi)"), [optional(), at_most(40)]
    )

    def values(self) -> dict[str, Any]:
        """The particulars by their name in the register; what was left empty is empty."""
        return {
            field.name: "" if field.data is None and field.name != "founded_on" else field.data
            for field in self
            if hasattr(Tenant, field.name)
        }


class CharterForm(ParticularsForm):
    """All of it, as the operator keeps it."""

    legal_name = TextField(_l("Full legal name"), [required(), at_most(160), _begins_with_koperasi])
    ward = TextField(_l("Ward"), [required(), at_most(80)])
    ward_code = TextField(_l("Ward code of the ministry"), [required(), at_most(16)])
    district = TextField(_l("District"), [required(), at_most(80)])
    founded_on = PastDayField(_l("Founded on"), [optional()])


class RenameForm(Form):
    legal_name = TextField(_l("Full legal name"), [required(), at_most(160), _begins_with_koperasi])
    name = TextField(_l("Short name"), [required(), at_most(120)])
    slug = _slug()


class MergeForm(Form):
    into = ChoiceField(_l("Merged into"), prompt=_l("Choose the cooperative"))
    on = DayField(_l("From the day"), [required()])
    note = TextField(_l("Decided by"), [required(), at_most(200), impersonal()])


class AnnouncementForm(Form):
    text = ParagraphsField(_l("Text"), [required(), at_most(600)])
    from_date = DayField(_l("From the day"), [required()])
    until_date = DayField(_l("Until the day"), [required()])
