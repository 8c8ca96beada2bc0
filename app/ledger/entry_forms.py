"""Forms of the pages on which a bookkeeper writes journals by hand."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField, SelectField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import NumberRange

from app.core.errors import Invalid
from app.core.money import LARGEST, Rupiah, parse_rupiah
from app.core.period import Period
from app.ledger.forms import PastBookDayField
from app.ledger.models import Account, AccountType, Unit
from app.web.forms import (
    CountField,
    Form,
    PeriodField,
    RupiahField,
    TextField,
    at_most,
    optional,
    required,
)

LINES_AT_FIRST = 4
LINES_MORE = 4


class LineForm(PlainForm):
    """One line: an account, and an amount on one side."""

    account = SelectField(_l("Account"), [optional()], coerce=int)
    debit = RupiahField(_l("Debit"), [optional()])
    credit = RupiahField(_l("Credit"), [optional()])
    unit = SelectField(_l("Line of business"), [optional()], coerce=int)
    member = TextField(_l("Member number"), [optional(), at_most(12)])

    @property
    def is_blank(self) -> bool:
        return not (self.account.data or self.debit.typed or self.credit.typed)


class EntryForm(Form):
    """A journal; `balance` carries the message that debit and credit differ."""

    on = PastBookDayField(_l("Date"), [required()])
    memo = TextField(_l("What is it about?"), [required(), at_most(200)])
    lines = FieldList(FormField(LineForm), min_entries=LINES_AT_FIRST, max_entries=60)
    balance = HiddenField()

    def offer(self, accounts: Sequence[SelectChoice], units: Sequence[SelectChoice]) -> None:
        """What can be chosen in every line."""
        line: Any
        for line in self.lines:
            line.account.choices = [SelectChoice("0", _("not used")), *accounts]
            line.unit.choices = units

    @property
    def filled(self) -> list[Any]:
        return [line for line in self.lines if not line.form.is_blank]


class TemplateForm(EntryForm):
    """An entry that comes back every month: no date, but a day of the month."""

    on = None  # type: ignore[assignment]
    name = TextField(_l("What is it called?"), [required(), at_most(80)])
    memo = TextField(_l("What is it about?"), [required(), at_most(180)])
    due_day = CountField(
        _l("Day of the month"),
        [required(), NumberRange(1, 31, message=_l("A day of the month is 1 to 31."))],
    )
    since = PeriodField(_l("First month"), [required()], default=Period.current)


class MakeForm(Form):
    """Only the key: what is made stands in the address."""


class UnitForm(Form):
    name = TextField(_l("What is it called?"), [required(), at_most(60)])


class SignedRupiahField(RupiahField):
    """An amount that may be less than nothing: -50.000 or (50.000)."""

    def read(self, text: str) -> Rupiah:
        inner = text.strip()
        negative = inner.startswith(("-", "−")) or (inner[:1] == "(" and inner[-1:] == ")")
        amount = parse_rupiah(inner.strip("()−-").strip())
        if amount is None or amount > LARGEST:
            raise Invalid(
                _(
                    "This amount cannot be read: “%(text)s”. Write digits only, such as 45000.",
                    text=text,
                )
            )
        return -amount if negative else amount


class RecordOpeningForm(Form):
    on = PastBookDayField(_l("As of which day?"), [required()])


def amounts_form(fields: Iterable[tuple[str, Any, bool]]) -> type[Form]:
    """A form of amounts: name, label and whether it may be less than nothing, of each."""
    made = {
        name: (SignedRupiahField if signed else RupiahField)(
            label, [optional()], **({} if signed else {"minimum": 0})
        )
        for name, label, signed in fields
    }
    return type("AmountsForm", (Form,), made)


def account_choices(
    accounts: Sequence[Account], names: dict[AccountType, Any]
) -> list[SelectChoice]:
    """Accounts to choose from, under the kind of account that they are."""
    order = list(AccountType)
    ordered = sorted(accounts, key=lambda account: (order.index(account.type), account.code))
    return [
        SelectChoice(str(a.id), f"{a.code} {a.name}", optgroup=str(names[a.type])) for a in ordered
    ]


def unit_choices(units: Sequence[Unit]) -> list[SelectChoice]:
    return [SelectChoice(str(unit.id), unit.name) for unit in units]
