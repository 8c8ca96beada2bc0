from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import StopValidation

from app.assessment.criteria import Aspect
from app.assessment.models import AssessmentAnswer, Said
from app.web.forms import REQUIRED, Form, TextField, at_most, impersonal, optional, required
from app.web.words import ANSWERS

_CHOICES = [SelectChoice(said, word) for said, word in ANSWERS.items()]


def answer_form(aspect: Aspect, known: Mapping[str, AssessmentAnswer]) -> type[Form]:
    """A form with a choice and the evidence for every item of an aspect."""
    fields: dict[str, Any] = {}
    for item in aspect.items:
        said, evidence = named(item.key)
        before = known.get(item.key)
        word = before.said.value if before else None
        fields[said] = RadioField(item.text, [required()], choices=_CHOICES, default=word)
        fields[evidence] = TextField(
            _l("What shows it"),
            [optional(), at_most(300), impersonal()],
            default=before.evidence if before else "",
        )
    return type("AnswerForm", (Form,), fields)


def named(item: str) -> tuple[str, str]:
    """The fields of an item: what is said of it, and what shows it."""
    name = item.replace(".", "_").replace("-", "_")
    return name, f"{name}_bukti"


def typed(aspect: Aspect, form: Form) -> dict[str, tuple[Said, str]]:
    """What was said of each item, and its evidence."""
    pairs = {item.key: named(item.key) for item in aspect.items}
    return {
        key: (Said(form[said].data), form[evidence].data or "")
        for key, (said, evidence) in pairs.items()
    }


class HandInForm(Form):
    """Only asks whether it is meant."""


class ConfirmForm(Form):
    """What the agency says of one answer."""

    agreed = RadioField(
        _l("Verdict"),
        [required()],
        choices=[SelectChoice("yes", _l("Agreed")), SelectChoice("no", _l("Not shown"))],
    )
    note = TextField(_l("Why"), [at_most(200), impersonal()])

    def validate_note(self, field: Any) -> None:
        """Who does not agree says why."""
        if self.agreed.data == "no" and not field.data:
            raise StopValidation(REQUIRED)
