"""Until when what is known of a person is kept."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from app.core import clock
from app.extensions import db
from app.members.models import Member
from tenants.definitions import Key
from tenants.settings import setting


def kept_until(member: Member) -> date | None:
    """The last day on which a person's data are kept; None for a member or a forgotten one.

    Who left: as long as the books they stand in. A candidate who never joined: much shorter.
    """
    today = clock.today()
    if member.forgotten_on is not None:
        return None
    if member.left_on is not None:
        years = int(setting(Key.KEEP_YEARS, today))
        return date(member.left_on.year + years, 12, 31)
    if member.joined_on is None:
        days = int(setting(Key.KEEP_CANDIDATE_DAYS, today))
        return member.registered_on + timedelta(days=days)
    return None


def timers() -> Sequence[tuple[Member, date]]:
    """Everybody whose time runs, with the day on which it is over, the next on top."""
    gone = Member.left_on.is_not(None) | Member.joined_on.is_(None)
    running = [(m, kept_until(m)) for m in db.session.scalars(select(Member).where(gone))]
    return sorted(((m, day) for m, day in running if day), key=lambda pair: pair[1])
