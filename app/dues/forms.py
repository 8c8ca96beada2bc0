import re
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.core import clock
from app.dues.payments import Method
from app.ledger.forms import PastBookDayField
from app.members.models import Member
from app.web.forms import (
    Form,
    PeriodField,
    PhoneField,
    RupiahField,
    TextField,
    at_most,
    known_words,
    optional,
    required,
)
from tenants.catalogue import DEFINITIONS
from tenants.definitions import Key

METHODS = {
    Method.CASH: _l("Cash"),
    Method.QRIS: _l("QRIS"),
    Method.TRANSFER: _l("Transfer"),
}


def _unix_lines(text: str | None) -> str:
    """Browsers send lines with a carriage return, which WhatsApp would show as a gap."""
    return (text or "").replace("\r\n", "\n").replace("\x00", "").strip()


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
    on = PastBookDayField(_l("Date"), [required()], default=clock.today)
    seen = HiddenField()  # what had been paid in dues when the page was shown

    @property
    def paid_as_seen(self) -> int | None:
        """None for who sends the form without the page."""
        said = self.seen.data or ""
        return int(said) if re.fullmatch(r"[0-9]{1,15}", said) else None


class SheetForm(Form):
    """A collection sheet; `sheet_form` adds a field for each member on it."""

    on = PastBookDayField(_l("Date"), [required()], default=clock.today)
    method = RadioField(
        _l("Paid by"),
        choices=[
            SelectChoice(method.value, METHODS[method]) for method in (Method.CASH, Method.TRANSFER)
        ],
        default=Method.CASH.value,
    )


def sheet_form(members: Iterable[Member]) -> type[SheetForm]:
    """The form of a sheet: an amount for each member, which may be left empty."""
    amounts = {amount_field(m.number): RupiahField(m.name, [optional()]) for m in members}
    return type("SheetForm", (SheetForm,), amounts)


def amount_field(number: int) -> str:
    """What the field of a member is called on a sheet."""
    return f"bayar_{number}"


class RunForm(Form):
    """The month that is to be billed."""

    period = PeriodField(_l("Month"), [required()])


class ReminderTextForm(Form):
    text = TextAreaField(
        _l("Text of the reminder"),
        [required(), at_most(1000), known_words(DEFINITIONS[Key.REMINDER])],
        filters=[_unix_lines],
    )


class PassiveForm(Form):
    """Who of the proposed becomes passive, and why."""

    members = SelectMultipleField(
        _l("Who becomes passive?"), [required()], coerce=int, validate_choice=False
    )
    reason = TextField(_l("Reason"), [required(), at_most(200)])


class ResumeForm(Form):
    reason = TextField(_l("Reason"), [at_most(200)])


class PayerForm(Form):
    """Whoever pays dues for others."""

    name = TextField(_l("Name of the payer"), [required(), at_most(120)])
    contact = TextField(_l("Whom to talk to"), [at_most(120)])
    phone = PhoneField(_l("Phone number"), [optional()])
    note = TextField(_l("Note"), [at_most(200)])


class WaiverForm(Form):
    period = PeriodField(_l("Month"), [required()])
    reason = TextField(_l("Why need it not be paid?"), [required(), at_most(200)])
