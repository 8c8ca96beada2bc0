"""Photos that people send: made anew as a small JPEG, so that nothing else that a file may
carry (where it was taken, by which telephone) is kept."""

import io
from dataclasses import dataclass

from flask_babel import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from app.core.errors import Invalid

_FORMATS = ("JPEG", "PNG", "WEBP")
_MOST_PIXELS = 80_000_000  # a picture that unfolds to more is an attack, not a photo
_SIDE = 1600  # enough to read a receipt
_QUALITY = 80


@dataclass(frozen=True)
class Picture:
    """A photo as we keep it."""

    content: bytes  # JPEG
    width: int
    height: int


def made_anew(content: bytes, *, at_most: int) -> Picture:
    """The photo as we keep it; `Invalid` for what is not a photo, or more than so many bytes."""
    if len(content) > at_most:
        megabytes = at_most // 1024 // 1024
        raise Invalid(_("This photo is too large: at most %(most)s MB.", most=megabytes))
    small = _shrunk(content)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(buffer.getvalue(), small.width, small.height)


def _shrunk(content: bytes) -> Image.Image:
    try:
        upright = _upright(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Invalid(
            _("This picture has too many pixels. Take it with a smaller setting.")
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise Invalid(_("This file is not a photo we can read. Send a JPG or PNG.")) from error
    upright.thumbnail((_SIDE, _SIDE))
    return upright


def _upright(content: bytes) -> Image.Image:
    """The picture in colours, turned as it was taken."""
    image = Image.open(io.BytesIO(content), formats=_FORMATS)
    if image.width * image.height > _MOST_PIXELS:
        raise Image.DecompressionBombError
    image.draft("RGB", (_SIDE, _SIDE))
    return ImageOps.exif_transpose(image).convert("RGB")
