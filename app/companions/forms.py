import re
from collections.abc import Iterable
from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput

from app.auth.models import User
from app.companions import signatures
from app.companions.models import Side, Topic, Visit, VisitorKind
from app.companions.visits import Report
from app.core import clock, pictures
from app.core.errors import Invalid
from app.core.period import Period
from app.core.pictures import Picture
from app.web.forms import (
    ChoiceField,
    CountField,
    DayField,
    Form,
    ParagraphsField,
    PastDayField,
    PeriodField,
    TextField,
    TimeField,
    at_most,
    impersonal,
    optional,
    required,
)
from app.web.words import TOPICS, VISITOR_KINDS
from tenants.definitions import Key
from tenants.models import Tenant
from tenants.settings import setting


def largest_photo() -> int:
    """How many bytes a photo may have."""
    return int(setting(Key.PHOTO_MEGABYTES, clock.today())) * 1024 * 1024


class AssignForm(Form):
    """A companion and the cooperatives to look after."""

    companion = ChoiceField(_l("Companion"), prompt=_l("Choose one"))
    cooperatives = SelectMultipleField(
        _l("Cooperatives"), coerce=int, option_widget=CheckboxInput()
    )
    from_date = DayField(_l("From the day"), [required()], default=clock.today)
    until_date = DayField(_l("Until the day"), [optional()])

    def offer(self, companions: Iterable[User], tenants: Iterable[Tenant]) -> "AssignForm":
        self.companion.offer((user.id, user.name) for user in companions)
        self.cooperatives.choices = [SelectChoice(tenant.id, tenant.ward) for tenant in tenants]
        return self

    def validate_cooperatives(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Tick at least one cooperative."))


class EndForm(Form):
    last_day = DayField(_l("Last day"), [required()], default=clock.today)


class ClockField(TimeField):
    """A time of the day as it is written here, 14.05; and as a telephone's keys have it: 1405."""

    def read(self, text: str) -> time:
        typed = re.fullmatch(r"([0-9]{1,2})[.,: ]?([0-9]{2})", text)
        return super().read(f"{typed[1]}.{typed[2]}" if typed else text)

    def write(self, value: time) -> str:
        return value.strftime("%H.%M")


class VisitForm(Form):
    """The report of a visit (domain reference 1.10)."""

    plan = HiddenField()  # the number of the plan that is carried out
    visited_on = PastDayField(_l("Day of the visit"), [required()], default=clock.today)
    began_at = ClockField(_l("Began at"), [required()])
    ended_at = ClockField(_l("Ended at"), [required()])
    kind = RadioField(
        _l("You visit as"),
        choices=[SelectChoice(kind.value, word) for kind, word in VISITOR_KINDS.items()],
        default=VisitorKind.ASSISTANT.value,
    )
    purpose = TextField(_l("Purpose"), [required(), at_most(200), impersonal()])
    attended = ParagraphsField(_l("Who attended"), [required(), at_most(2000), impersonal()])
    topics = SelectMultipleField(
        _l("Topics"),
        choices=[SelectChoice(topic.value, word) for topic, word in TOPICS.items()],
        option_widget=CheckboxInput(),
    )
    observations = ParagraphsField(_l("What was seen"), [required(), at_most(4000), impersonal()])
    recommendations = ParagraphsField(
        _l("What was advised"), [optional(), at_most(4000), impersonal()]
    )
    signed_by = TextField(_l("Who signs for the cooperative"), [at_most(120), impersonal()])
    visitor_signature = StringField(_l("Signature of the companion"))
    cooperative_signature = StringField(_l("Signature of the cooperative"))
    on_paper = BooleanField(_l("Both have signed on paper"))

    def fill(self, visit: Visit) -> "VisitForm":
        """What stands in a report, but for the signatures: it is signed anew."""
        for field in self:
            if hasattr(visit, field.name) and field.name not in ("key", "plan"):
                field.data = getattr(visit, field.name)
        self.kind.data = visit.kind.value
        return self

    def validate_ended_at(self, field: Any) -> None:
        if field.data and self.began_at.data and field.data <= self.began_at.data:
            raise ValidationError(_("The visit ends before it begins. Look at both times."))

    def validate_topics(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Tick at least one topic."))

    def validate_signed_by(self, field: Any) -> None:
        if self.cooperative_signature.data and not field.data:
            raise ValidationError(_("Write the name of who signed for the cooperative."))

    def validate_visitor_signature(self, field: Any) -> None:
        _check_signature(field)

    def validate_cooperative_signature(self, field: Any) -> None:
        _check_signature(field)

    def report(self) -> Report:
        return Report(
            visited_on=self.visited_on.data,
            began_at=self.began_at.data,
            ended_at=self.ended_at.data,
            kind=VisitorKind(self.kind.data),
            purpose=self.purpose.data or "",
            attended=self.attended.data or "",
            topics=[Topic(value) for value in self.topics.data or []],
            observations=self.observations.data or "",
            recommendations=self.recommendations.data or "",
            signed_by=self.signed_by.data or "",
            on_paper=bool(self.on_paper.data),
        )

    def signatures(self) -> dict[Side, bytes]:
        """The drawings that the form carries, made anew."""
        sent = {
            Side.VISITOR: self.visitor_signature.data,
            Side.COOPERATIVE: self.cooperative_signature.data,
        }
        drawn = {side: signatures.read(text or "") for side, text in sent.items()}
        return {side: content for side, content in drawn.items() if content}


class PlanForm(Form):
    """A visit that somebody means to make."""

    cooperative = ChoiceField(_l("Cooperative"), prompt=_l("Choose one"))
    planned_on = DayField(_l("Day"), [required()])
    purpose = TextField(_l("Purpose"), [required(), at_most(200), impersonal()])

    def offer(self, tenants: Iterable[Tenant]) -> "PlanForm":
        self.cooperative.offer((tenant.id, tenant.ward) for tenant in tenants)
        return self


class MonthForm(Form):
    """Whose report of which month; sent by address."""

    bulan = PeriodField(_l("Month"), [required()], default=Period.current)
    pendamping = ChoiceField(_l("Companion"))

    def validate_bulan(self, field: Any) -> None:
        if field.data and field.data > Period.current():
            raise ValidationError(_("This month is still to come."))


class TrainingForm(Form):
    """A training; the fields for the cooperatives are added by `training_form`."""

    title = TextField(_l("What was taught"), [required(), at_most(160), impersonal()])
    place = TextField(_l("Place"), [required(), at_most(120), impersonal()])
    held_on = PastDayField(_l("Day of the training"), [required()], default=clock.today)
    wards: dict[int, str]  # the field of each cooperative, by its number

    def people(self) -> dict[int, int]:
        """How many came of each cooperative that is asked about."""
        return {number: self[name].data or 0 for number, name in self.wards.items()}

    def counts(self) -> list[Any]:
        return [self[name] for name in self.wards.values()]

    def validate(self, extra_validators: object = None) -> bool:
        fine = bool(super().validate())
        if fine and self.wards and not any(self.people().values()):
            self.refuse(self.counts()[0], _("Write how many people came, at least of one."))
            return False
        return fine


def training_form(tenants: Iterable[Tenant]) -> type[TrainingForm]:
    """The form of a training, with a number of people for each of the cooperatives."""
    wards = {tenant.id: tenant.ward for tenant in tenants}
    names = {number: f"people_{number}" for number in wards}
    fields = {names[number]: CountField(ward) for number, ward in wards.items()}
    return type("TrainingForm", (TrainingForm,), {"wards": names, **fields})


class PhotoForm(Form):
    """One photo of a visit."""

    photo = FileField(_l("Photo of the visit"))

    def read_photo(self) -> Picture | None:
        """The photo that was sent, made anew; what is wrong with it is said beside the field."""
        if not self.photo.data:
            self.refuse(self.photo, _("Choose a photo first."))
            return None
        content = self.photo.data.read(largest_photo() + 1)
        try:
            return pictures.made_anew(content, at_most=largest_photo())
        except Invalid as error:
            self.refuse(self.photo, str(error))
            return None


def _check_signature(field: Any) -> None:
    try:
        signatures.read(field.data or "")
    except Invalid as error:
        field.data = ""
        raise ValidationError(str(error)) from error
