from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.web.forms import Form, TextField, at_most


class AnswerForm(Form):
    """An answer; who refuses says why."""

    answer = TextField(_l("Reason"), [at_most(200)])
    refusing = False

    def validate_answer(self, field: Any) -> None:
        if self.refusing and not field.data:
            raise ValidationError(_("Write why, so that whoever asked can mend it."))
