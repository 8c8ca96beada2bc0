"""Signatures drawn with a finger: sent as a PNG in the form, kept as plain ink on white."""

import base64
import binascii
import io

from flask_babel import gettext as _
from PIL import Image, UnidentifiedImageError

from app.core.errors import Invalid

_HEAD = "data:image/png;base64,"
_LONGEST = 200_000  # characters; a drawing takes a tenth of it
_LARGEST_SIDE = 2400


def read(sent: str) -> bytes | None:
    """The drawing that a form carries, made anew; None when nothing was drawn."""
    if not sent:
        return None
    if not sent.startswith(_HEAD) or len(sent) > _LONGEST:
        raise Invalid(_unreadable())
    try:
        return _ink(base64.b64decode(sent.removeprefix(_HEAD), validate=True))
    except (binascii.Error, UnidentifiedImageError, OSError, SyntaxError) as error:
        raise Invalid(_unreadable()) from error


def _ink(content: bytes) -> bytes:
    drawn = Image.open(io.BytesIO(content), formats=("PNG",))
    if max(drawn.size) > _LARGEST_SIDE:
        raise Invalid(_unreadable())
    rgba = drawn.convert("RGBA")
    paper = Image.new("RGBA", rgba.size, "white")
    plain = Image.alpha_composite(paper, rgba).convert("L").quantize(8)
    buffer = io.BytesIO()
    plain.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _unreadable() -> str:
    return str(_("This signature cannot be read. Please sign once more."))
