from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.auth.models import User
from app.cash import photos
from app.cash.counting import DENOMINATIONS
from app.cash.models import Category, Photo, Till, TillKind
from app.core import clock
from app.core.errors import Invalid
from app.core.money import rupiah
from app.ledger.forms import PastBookDayField, RangeForm
from app.ledger.models import Account, Unit
from app.web.forms import (
    ChoiceField,
    CountField,
    Form,
    PastInstantField,
    RupiahField,
    TextField,
    at_most,
    optional,
    required,
)
from app.web.words import DIRECTIONS, TILL_KINDS

AS_USUAL = 0  # the line of business that the words usually belong to


class TillForm(Form):
    """A place where money lies."""

    name = TextField(_l("Name"), [required(), at_most(60)])
    kind = RadioField(
        _l("What is it?"),
        choices=[SelectChoice(kind.value, label) for kind, label in TILL_KINDS.items()],
        default=TillKind.CASH.value,
    )


class TillChangeForm(Form):
    name = TextField(_l("Name"), [required(), at_most(60)])
    active = BooleanField(_l("In use"))


class OpenForm(Form):
    """A drawer taken in hand, with what lies in it."""

    till = ChoiceField(_l("Drawer"))
    count = RupiahField(_l("Counted in the drawer now"), [required()], minimum=0)
    note = TextField(_l("Why does it differ from the books?"), [optional(), at_most(200)])

    def offer(self, drawers: Sequence[Till]) -> None:
        self.till.offer((till.id, till.name) for till in drawers)


class CloseForm(Form):
    """So many notes and coins of each denomination."""

    note = TextField(_l("Why does it differ from the books?"), [optional(), at_most(200)])
    n100000 = CountField(rupiah(100_000))
    n50000 = CountField(rupiah(50_000))
    n20000 = CountField(rupiah(20_000))
    n10000 = CountField(rupiah(10_000))
    n5000 = CountField(rupiah(5_000))
    n2000 = CountField(rupiah(2_000))
    n1000 = CountField(rupiah(1_000))
    n500 = CountField(rupiah(500))
    n200 = CountField(rupiah(200))
    n100 = CountField(rupiah(100))

    @property
    def counts(self) -> dict[int, int]:
        """Pieces of each denomination; what was left empty is none."""
        return {value: self[f"n{value}"].data or 0 for value in DENOMINATIONS}


class CashBookForm(RangeForm):
    """The days of a cash book, perhaps as it was known at an instant."""

    diketahui = PastInstantField(_l("As it was known on"), [optional()])


class _PhotoForm(Form):
    """A form that may carry the photo of a receipt."""

    photo = FileField(_l("Photo of the receipt"))

    def read_photo(self) -> Photo | None:
        """The photo that was sent, made anew; what is wrong with it is said beside the field."""
        upload = self.photo.data
        if not upload:
            return None
        try:
            return photos.made_anew(upload.read(photos.largest() + 1))
        except Invalid as error:
            self.refuse(self.photo, str(error))
            return None

    def ask_again_for_photo(self) -> None:
        """A browser does not send a file twice by itself."""
        if self.photo.data and not self.photo.errors:
            self.refuse(self.photo, _("Choose the photo once more, please."))


class EntryForm(_PhotoForm):
    """Money in or out, in plain words."""

    category = ChoiceField(_l("What for?"), prompt=_l("Choose one"))
    amount = RupiahField(_l("Amount"), [required()])
    till = ChoiceField(_l("Which till?"))
    note = TextField(_l("Note"), [optional(), at_most(120)])
    unit = ChoiceField(_l("Line of business"), default=AS_USUAL)
    on = PastBookDayField(_l("Date"), [required()], default=clock.today)

    def offer(
        self, categories: Sequence[Category], tills: Sequence[Till], units: Sequence[Unit]
    ) -> None:
        self.category.offer((each.id, each.name) for each in categories)
        self.till.offer((till.id, till.name) for till in tills)
        self.unit.offer(_unit_choices(units))


class TransferForm(Form):
    """Money from one till to another."""

    source = ChoiceField(_l("From"))
    target = ChoiceField(_l("To"))
    amount = RupiahField(_l("Amount that arrives"), [required()])
    fee = RupiahField(_l("Fee of the bank"), [optional()])
    note = TextField(_l("Note"), [optional(), at_most(100)])
    on = PastBookDayField(_l("Date"), [required()], default=clock.today)

    def offer(self, sources: Sequence[Till], targets: Sequence[Till]) -> None:
        self.source.offer((till.id, till.name) for till in sources)
        self.target.offer((till.id, till.name) for till in targets)


class OwnPocketForm(_PhotoForm):
    """What an officer paid from their own pocket."""

    officer = ChoiceField(_l("Who paid?"), prompt=_l("Choose one"))
    category = ChoiceField(_l("What for?"), prompt=_l("Choose one"))
    amount = RupiahField(_l("Amount"), [required()])
    note = TextField(_l("Note"), [required(), at_most(100)])
    unit = ChoiceField(_l("Line of business"), default=AS_USUAL)
    on = PastBookDayField(_l("Date"), [required()], default=clock.today)

    def offer(
        self, officers: Sequence[User], categories: Sequence[Category], units: Sequence[Unit]
    ) -> None:
        self.officer.offer((user.id, user.name) for user in officers)
        self.category.offer((each.id, each.name) for each in categories)
        self.unit.offer(_unit_choices(units))


class RepaymentForm(Form):
    amount = RupiahField(_l("Amount"), [required()])
    till = ChoiceField(_l("Which till?"))
    on = PastBookDayField(_l("Date"), [required()], default=clock.today)


class CategoryForm(Form):
    """A word for money in or out, and what it stands for."""

    direction = RadioField(
        _l("In or out?"),
        choices=[SelectChoice(each.value, label) for each, label in DIRECTIONS.items()],
        default="out",
    )
    name = TextField(_l("In plain words"), [required(), at_most(60)])
    account = ChoiceField(_l("Account"), prompt=_l("Choose one"))
    unit = ChoiceField(_l("Line of business"))
    active = BooleanField(_l("In use"), default=True)

    def offer(self, accounts: Sequence[Account], units: Sequence[Unit]) -> None:
        self.account.offer((each.id, f"{each.code} {each.name}") for each in accounts)
        self.unit.offer((unit.id, unit.name) for unit in units)


def _unit_choices(units: Sequence[Unit]) -> list[Any]:
    return [(AS_USUAL, _("As usual for this")), *((unit.id, unit.name) for unit in units)]
