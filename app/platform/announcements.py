"""What the city tells every officer on their first page, until each has put it away."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import g
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.dialects import postgresql

from app.auth.models import User
from app.core import clock
from app.core.errors import Invalid
from app.extensions import db
from app.platform.models import Announcement, AnnouncementDismissal


def write(text: str, *, from_date: date, until_date: date) -> Announcement:
    """Tell it through the last day. `Invalid` for a time that is past or ends before it begins."""
    if until_date < from_date:
        raise Invalid(_("The last day is before the first."))
    if until_date < clock.today():
        raise Invalid(_("This day is past."))
    written = Announcement(
        text=text, from_date=from_date, until_date=until_date, written_by=g.get("actor_id")
    )
    db.session.add(written)
    db.session.flush()
    return written


def take_down(announcement: Announcement) -> None:
    """Show it to nobody from now on; once more, it changes nothing."""
    yesterday = max(clock.today(), announcement.from_date) - timedelta(days=1)
    announcement.until_date = min(announcement.until_date, yesterday)


def dismiss(announcement: Announcement, user_id: int) -> None:
    """Show it to this person no more."""
    put_away = {"announcement_id": announcement.id, "user_id": user_id, "dismissed_at": clock.now()}
    db.session.execute(
        postgresql.insert(AnnouncementDismissal).values(put_away).on_conflict_do_nothing()
    )


def for_reader(user_id: int) -> Sequence[Announcement]:
    """What counts today and the person has not put away, the newest first."""
    query = select(Announcement).where(*_for(user_id)).order_by(Announcement.id.desc())
    return db.session.scalars(query).all()


def counting_for_reader(user_id: int) -> Select[int]:
    """How many those are, as a question."""
    return select(func.count()).select_from(Announcement).where(*_for(user_id))


def _for(user_id: int) -> list[ColumnElement[bool]]:
    today = clock.today()
    put_away = select(AnnouncementDismissal.announcement_id).where(
        AnnouncementDismissal.user_id == user_id
    )
    counts = [Announcement.from_date <= today, Announcement.until_date >= today]
    return [*counts, Announcement.id.not_in(put_away)]


def all_written(*, limit: int = 50) -> Sequence[tuple[Announcement, str]]:
    """The latest ones with who wrote them."""
    query = (
        select(Announcement, User.name)
        .outerjoin(User, User.id == Announcement.written_by)
        .order_by(Announcement.id.desc())
        .limit(limit)
    )
    return [(written, name or "") for written, name in db.session.execute(query)]


def find(announcement_id: int) -> Announcement | None:
    return db.session.get(Announcement, announcement_id)
