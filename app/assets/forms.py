from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import NumberRange

from app.assets.models import AssetGroup, Condition
from app.web.forms import (
    CountField,
    Form,
    PastDayField,
    PeriodField,
    RupiahField,
    TextField,
    at_most,
    optional,
    required,
)
from app.web.words import ASSET_GROUPS, CONDITIONS

IN_BOOKS, GRANT = "tercatat", "hibah"


def _quantity() -> CountField:
    return CountField(
        _l("How many"),
        [required(), NumberRange(1, 9999, message=_l("At least one."))],
        default=1,
    )


def _condition() -> RadioField:
    return RadioField(
        _l("Condition"),
        choices=[SelectChoice(one.value, CONDITIONS[one]) for one in Condition],
        coerce=Condition,
        default=Condition.GOOD,
    )


class AssetForm(Form):
    name = TextField(_l("Name of the thing"), [required(), at_most(80)])
    brand = TextField(_l("Make and type"), [at_most(60)])
    quantity = _quantity()
    group = RadioField(
        _l("Group"),
        choices=[SelectChoice(one.value, ASSET_GROUPS[one]) for one in AssetGroup],
        coerce=AssetGroup,
        default=AssetGroup.EQUIPMENT,
    )
    unit_id = SelectField(_l("Line of business"), coerce=int)
    acquired_on = PastDayField(_l("Acquired on"), [required()])
    cost = RupiahField(_l("Cost"), [required()])
    residual = RupiahField(_l("Residual value"), [optional()], minimum=0)
    life_months = CountField(
        _l("Life in months"),
        [required(), NumberRange(1, 600, message=_l("Between 1 and 600 months."))],
    )
    origin = RadioField(
        _l("How does it stand in the books?"),
        choices=[
            SelectChoice(
                IN_BOOKS, _l("It is there already: paid out, a journal, opening balances")
            ),
            SelectChoice(GRANT, _l("It was given: record the gift now")),
        ],
        default=IN_BOOKS,
    )
    location = TextField(_l("Where does it stand?"), [at_most(80)])
    condition = _condition()
    lost_before = RupiahField(_l("Depreciation that is in the books already"), [optional()], 0)
    depreciated_from = PeriodField(_l("First month to depreciate here"), [optional()])

    def offer(self, units: Any) -> None:
        self.unit_id.choices = units


class AssetChangeForm(Form):
    name = TextField(_l("Name of the thing"), [required(), at_most(80)])
    brand = TextField(_l("Make and type"), [at_most(60)])
    location = TextField(_l("Where does it stand?"), [at_most(80)])
    condition = _condition()


class DisposalForm(Form):
    on = PastDayField(_l("Date"), [required()])
    proceeds = RupiahField(_l("Sold for"), [optional()], minimum=0)
    money = SelectField(_l("The money goes to"), coerce=int)
    reason = TextField(_l("How and why does it go?"), [required(), at_most(120)])

    def offer(self, accounts: Any) -> None:
        self.money.choices = accounts


class DepreciateForm(Form):
    """Only the key: what is booked is shown beside it."""


class LoanForm(Form):
    name = TextField(_l("Name of the thing"), [required(), at_most(80)])
    brand = TextField(_l("Make and type"), [at_most(60)])
    quantity = _quantity()
    owner = TextField(_l("Whose is it?"), [required(), at_most(120)])
    agreement = TextField(_l("Letter or agreement"), [at_most(80)])
    received_on = PastDayField(_l("Received on"), [required()])
    value = RupiahField(_l("Value, for insurance and care"), [optional()], minimum=0)
    location = TextField(_l("Where does it stand?"), [at_most(80)])
    condition = _condition()
    note = TextField(_l("Note"), [at_most(200)])


class ReturnForm(Form):
    on = PastDayField(_l("Given back on"), [required()])
