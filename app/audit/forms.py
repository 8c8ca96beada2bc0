from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.audit import services
from app.web.forms import Form, PastDayField, TextField, optional
from app.web.trail_words import RECORDS


class FilterForm(Form):
    """Narrows the trail; it is sent by address, so it can be kept and passed on."""

    orang = SelectField(_l("Who"), default="")
    catatan = SelectField(_l("What"), default="")
    nomor = TextField(_l("Number of the record"))
    hari = PastDayField(_l("Day"), [optional()])

    def offer(self) -> None:
        """Fill the lists: who has acted here, and what can be changed."""
        everybody = SelectChoice("", _l("Everybody"))
        self.orang.choices = [
            everybody,
            *(SelectChoice(str(id), name) for id, name in services.actors()),
        ]
        everything = SelectChoice("", _l("Everything"))
        named = sorted(RECORDS.items(), key=lambda pair: str(pair[1]))
        self.catatan.choices = [everything, *(SelectChoice(name, word) for name, word in named)]
