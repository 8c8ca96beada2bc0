from flask_babel import lazy_gettext as _l

from app.web.forms import Form, TextField, at_most, required


class VoidForm(Form):
    reason = TextField(_l("Why is it cancelled?"), [required(), at_most(150)])
