"""Forms that were sent before: the same key changes nothing, with other content it is an error.

Every form carries a key made when it was shown. The first sending writes it down in the
transaction of what it does; a later one finds it there, waiting for the first if need be.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.errors import DomainError
from app.extensions import Model, db


class Submission(Model):
    """A form that was sent, what it said (as a hash) and where its sender was led."""

    __tablename__ = "submissions"

    key: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


def fingerprint(path: str, fields: Iterable[tuple[str, str]]) -> str:
    """A hash of what was sent where, whatever the order of the fields."""
    content = "\x00".join([path, *(f"{name}={value}" for name, value in sorted(fields))])
    return hashlib.sha256(content.encode()).hexdigest()


def claim(key: UUID, content: str, *, user_id: int | None) -> str | None:
    """Write a form down as sent; None when it is new, else where its sender was led.

    Raises `DomainError` when the key was used for something else.
    """
    row = {"key": key, "user_id": user_id, "fingerprint": content}
    new = db.session.scalar(
        postgresql.insert(Submission).values(row).on_conflict_do_nothing().returning(Submission.key)
    )
    if new is not None:
        return None
    earlier = db.session.scalars(select(Submission).where(Submission.key == key)).one()
    if (earlier.fingerprint, earlier.user_id) != (content, user_id):
        raise DomainError(_("This was already recorded, and differently. Reload the page."))
    return earlier.location


def led_to(key: UUID, location: str) -> None:
    """Remember where the sender of a form was led, for when it is sent again."""
    db.session.get_one(Submission, key).location = location
