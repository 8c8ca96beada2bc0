from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from app.core.errors import Invalid
from app.launch import documents
from app.launch.documents import Paper, Particulars
from app.launch.models import Document
from app.supervision.checklist import FURTHER, ITEMS, Proof, State, label_of
from app.web.forms import (
    ChoiceField,
    CountField,
    DayField,
    Form,
    ParagraphsField,
    PastDayField,
    TextField,
    at_most,
    optional,
    required,
)
from app.web.words import ITEM_STATES

_KINDS = [item.key for item in ITEMS.values() if item.proof is Proof.DOCUMENT] + list(FURTHER)


class _PaperForm(Form):
    """A form with which a document may be sent, as `paper`."""

    def read_paper(self) -> Paper | None:
        """The file that was sent; None for none, or with a message when it is no document."""
        upload = self._fields["paper"].data
        if not upload:
            return None
        try:
            return documents.read_paper(upload.read(documents.largest() + 1))
        except Invalid as error:
            self.refuse(self._fields["paper"], str(error))
            return None


class DocumentForm(_PaperForm):
    kind = SelectField(_l("Kind"), choices=[SelectChoice(key, label_of(key)) for key in _KINDS])
    state = SelectField(
        _l("How it stands"),
        choices=[SelectChoice(state.value, ITEM_STATES[state]) for state in State][:3],
        default=State.HELD.value,
    )
    number = TextField(_l("Number"), [at_most(80)])
    dated_on = PastDayField(_l("Dated"), [optional()])
    issuer = TextField(_l("Issued by"), [at_most(120)])
    valid_until = DayField(_l("Counts until"), [optional()])
    note = ParagraphsField(_l("Note"), [at_most(400)])
    paper = FileField(_l("PDF or photo"))

    def particulars(self) -> Particulars:
        return Particulars(
            kind=self.kind.data,
            number=self.number.data or "",
            dated_on=self.dated_on.data,
            issuer=self.issuer.data or "",
            valid_until=self.valid_until.data,
            state=State(self.state.data),
            note=self.note.data or "",
        )


class MeetingForm(_PaperForm):
    """That the members met over a book year."""

    held_on = PastDayField(_l("Held on"), [required()])
    attended = CountField(_l("Members who came"), [required()])
    number = TextField(_l("Number of the minutes"), [at_most(80)])
    paper = FileField(_l("Minutes"))

    def validate_attended(self, field: Any) -> None:
        if field.data == 0:
            raise ValidationError(_("Somebody came: write how many."))


class EvidenceForm(Form):
    note = ParagraphsField(_l("What shows it"), [at_most(400)])
    document = ChoiceField(_l("Document that shows it"))

    def offer(self, found: Sequence[Document]) -> "EvidenceForm":
        rows = [(one.id, f"{label_of(one.kind)} {one.number}".strip()) for one in found]
        self.document.offer([(0, _l("none")), *rows])
        return self


class LaunchPlanForm(Form):
    """What the city enters for a cooperative."""

    soft_on = DayField(_l("Soft launch planned for"), [optional()])
    grand_on = DayField(_l("Grand launch planned for"), [optional()])

    def days(self) -> dict[str, Any]:
        return {name: self._fields[name].data for name in self._fields if name.endswith("_on")}


class PlanForm(LaunchPlanForm):
    """What the cooperative enters for itself."""

    meeting_on = DayField(_l("Members' meeting (RAT) of this year"), [optional()])


class BoardForm(Form):
    """What is looked at; sent by address, so that it can be kept and passed on."""

    kecamatan = SelectField(_l("District"), default="")
    hari = DayField(_l("Day"), [optional()])

    def offer(self, districts: list[str]) -> "BoardForm":
        everywhere = SelectChoice("", _l("The whole city"))
        self.kecamatan.choices = [everywhere, *(SelectChoice(name, name) for name in districts)]
        return self
