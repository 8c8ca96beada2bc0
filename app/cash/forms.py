from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.cash.models import Till, TillKind
from app.cash.shifts import DENOMINATIONS
from app.core.money import rupiah
from app.web.forms import CountField, Form, RupiahField, TextField, at_most, optional, required
from app.web.words import TILL_KINDS


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

    till = SelectField(_l("Drawer"), coerce=int)
    count = RupiahField(_l("Counted in the drawer now"), [required()], minimum=0)
    note = TextField(_l("Why does it differ from the books?"), [optional(), at_most(200)])

    def offer(self, drawers: Sequence[Till]) -> None:
        self.till.choices = [(till.id, till.name) for till in drawers]


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
