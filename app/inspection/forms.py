from flask_babel import lazy_gettext as _l

from app.web.forms import CountField, Form, ParagraphsField, at_most, impersonal, required


class AskForm(Form):
    reason = ParagraphsField(
        _l("Why the city must look inside"), [required(), at_most(600), impersonal()]
    )
    days = CountField(_l("For how many days"), [required()])


class AnswerForm(Form):
    answer = ParagraphsField(_l("Answer"), [at_most(600), impersonal()])


class EmergencyForm(Form):
    why = ParagraphsField(
        _l("Why the chair cannot be waited for"), [required(), at_most(600), impersonal()]
    )
