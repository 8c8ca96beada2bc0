"""Photos of receipts, each under the key of what it proves."""

from collections.abc import Iterable
from uuid import UUID

from flask import g
from sqlalchemy import ARRAY, Uuid, any_, literal, select
from sqlalchemy.dialects import postgresql

from app.cash.models import Photo
from app.core import clock, pictures
from app.extensions import db
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import setting


def largest() -> int:
    """How many bytes a photo may have."""
    return int(setting(Key.PHOTO_MEGABYTES, clock.today())) * 1024 * 1024


def made_anew(content: bytes) -> Photo:
    """The photo as we keep it, not stored yet; `Invalid` for what is not a photo, or too large."""
    picture = pictures.made_anew(content, at_most=largest())
    return Photo(content=picture.content, width=picture.width, height=picture.height)


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


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
