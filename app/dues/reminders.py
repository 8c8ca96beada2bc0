"""Reminding members of what they owe (pengingat): the words, and who was reminded when.

The text is the cooperative's own, a dated setting with words in braces that are filled in for
each member. It is sent from the officer's own telephone; what is kept is that it was.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask import g
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.auth.models import User
from app.core import clock
from app.core.errors import DomainError
from app.core.money import rupiah
from app.dues.models import Reminder
from app.dues.payments import describe
from app.dues.standings import Position
from app.extensions import db
from app.members.models import Member
from tenants.catalogue import DEFINITIONS
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import decide, setting


@dataclass(frozen=True)
class Reminded:
    """The last time that somebody was reminded."""

    at: datetime
    by: str

    @property
    def days_ago(self) -> int:
        return (clock.today() - clock.day_of(self.at)).days


def template() -> str:
    """The cooperative's text, with words in braces."""
    return str(setting(Key.REMINDER, clock.today()))


def change_template(text: str) -> None:
    """Let another text count from today on; `Invalid` for a word in braces we do not know."""
    DEFINITIONS[Key.REMINDER].check_text(text)
    decide(Key.REMINDER, text, from_date=clock.today())


def fill(text: str, name: str, position: Position) -> str:
    """The finished text for one member."""
    words = {
        "nama": name,
        "bulan": describe(position.covers(position.owed)),
        "jumlah": rupiah(position.owed),
        "koperasi": current_tenant().legal_name,
    }
    return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), text)


def whatsapp(member: Member, text: str) -> str:
    """A link that opens WhatsApp with the text; without a number one picks whom to send to."""
    return f"https://wa.me/{member.phone.lstrip('+')}?text={quote(text)}"


def note(member: Member, position: Position) -> Reminder:
    """Write down that a member is reminded now, and of how much. The caller commits."""
    if not position.owed:
        raise DomainError(_("%(name)s owes nothing now.", name=member.name))
    reminder = Reminder(
        member_id=member.id,
        months=position.months,
        amount=position.owed,
        sent_at=clock.now(),
        sent_by=g.get("actor_id"),
    )
    db.session.add(reminder)
    db.session.flush()
    return reminder


def of(member: Member) -> Sequence[Reminder]:
    """Every time a member was reminded, the latest first."""
    query = select(Reminder).where(Reminder.member_id == member.id)
    return db.session.scalars(query.order_by(Reminder.id.desc())).all()


def last_of(member_ids: Sequence[int]) -> Mapping[int, Reminded]:
    """When each member was reminded last and by whom; who never was is left out."""
    query = (
        select(Reminder.member_id, Reminder.sent_at, User.name)
        .outerjoin(User, User.id == Reminder.sent_by)
        .where(Reminder.member_id.in_(member_ids))
        .ext(distinct_on(Reminder.member_id))
        .order_by(Reminder.member_id, Reminder.sent_at.desc())
    )
    return {id: Reminded(at, name or "") for id, at, name in db.session.execute(query)}


def latest(limit: int = 20) -> Sequence[tuple[Reminder, Member, str]]:
    """The latest reminders, with whom they went to and who sent them."""
    query = (
        select(Reminder, Member, func.coalesce(User.name, ""))
        .join(Member, Member.id == Reminder.member_id)
        .outerjoin(User, User.id == Reminder.sent_by)
        .order_by(Reminder.sent_at.desc(), Reminder.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]
