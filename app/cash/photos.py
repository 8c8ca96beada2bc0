"""Photos of receipts: made anew as a small JPEG, so that nothing else that a file may carry
(where it was taken, by which telephone) is kept."""

import io
from collections.abc import Iterable
from uuid import UUID

from flask import g
from flask_babel import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import ARRAY, Uuid, any_, literal, select
from sqlalchemy.dialects import postgresql

from app.cash.models import Photo
from app.core import clock
from app.core.errors import Invalid
from app.extensions import db
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import setting

_FORMATS = ("JPEG", "PNG", "WEBP")
_MOST_PIXELS = 80_000_000  # a picture that unfolds to more is an attack, not a receipt
_SIDE = 1600  # enough to read a receipt
_QUALITY = 80


def largest() -> int:
    """How many bytes a photo may have."""
    return int(setting(Key.PHOTO_MEGABYTES, clock.today())) * 1024 * 1024


def made_anew(content: bytes) -> Photo:
    """The photo as we keep it, not stored yet; `Invalid` for what is not a photo, or too large."""
    if len(content) > largest():
        megabytes = largest() // 1024 // 1024
        raise Invalid(_("This photo is too large: at most %(most)s MB.", most=megabytes))
    small = _shrunk(content)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return Photo(content=buffer.getvalue(), width=small.width, height=small.height)


def keep(key: UUID, photo: Photo) -> None:
    """Store a photo under the key of what it proves; again, it stays as it is."""
    db.session.execute(
        postgresql.insert(Photo)
        .values(
            tenant_id=current_tenant().id,
            key=key,
            content=photo.content,
            width=photo.width,
            height=photo.height,
            created_at=clock.now(),
            created_by=g.get("actor_id"),
        )
        .on_conflict_do_nothing()
    )


def find(key: UUID) -> Photo | None:
    return db.session.scalar(select(Photo).where(Photo.key == key))


def proven(source_keys: Iterable[str]) -> set[str]:
    """Those of these keys, of journals, that have a photo."""
    keys = [key for key in map(_uuid, source_keys) if key]
    query = select(Photo.key).where(Photo.key == any_(literal(keys, ARRAY(Uuid))))
    return {str(key) for key in db.session.scalars(query)}


def key_of(source_key: str) -> UUID | None:
    """The key of the photo that proves a journal or a request, if there is one."""
    key = _uuid(source_key)
    return db.session.scalar(select(Photo.key).where(Photo.key == key)) if key else None


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


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
