"""What a person may be called: a KTP has letters, and neither formulas nor signs of a program."""

from flask_babel import gettext as _

from app.core.errors import Invalid

LONGEST = 120
_BEFORE_A_NAME = "'’‘`\"("


def read_name(text: str) -> str:
    """The name as it was written; `Invalid` says what is wrong with it."""
    if not text:
        raise Invalid(_("The name is missing."))
    if len(text) > LONGEST:
        raise Invalid(_("The name is too long: at most 120 letters."))
    if not any(c.isalpha() for c in text):
        raise Invalid(_("The name “%(text)s” has no letters.", text=text))
    if not text[0].isalnum() and text[0] not in _BEFORE_A_NAME:
        raise Invalid(_("The name begins with “%(sign)s”. Type the name alone.", sign=text[0]))
    return text
