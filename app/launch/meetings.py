"""The members' meeting (RAT) over each book year: whether it is due, and that it was held."""

from dataclasses import dataclass
from datetime import date

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from app.core import clock
from app.core.errors import Invalid
from app.core.period import Period
from app.extensions import db
from app.launch import documents
from app.launch.documents import Paper, Particulars
from app.launch.models import Document, MemberMeeting
from app.supervision.checklist import State
from tenants.definitions import Key
from tenants.models import TenantStatus
from tenants.queries import statuses
from tenants.scope import current_tenant
from tenants.settings import setting

KIND = "rat"  # of the register of documents
_YEARS = 5  # so many are shown


@dataclass(frozen=True)
class BookYear:
    """A book year: the meeting over it, if it was held, and until when it is due."""

    year: int
    meeting: MemberMeeting | None
    due_by: date
    ended: bool  # before that nobody can meet over it

    def is_overdue(self, today: date) -> bool:
        return self.meeting is None and self.ended and self.due_by < today


def book_years(today: date) -> list[BookYear]:
    """The last book years with the one that runs, the latest first."""
    held = {meeting.year: meeting for meeting in db.session.scalars(select(MemberMeeting))}
    first = max(_first_year(today), today.year - _YEARS)
    return [
        BookYear(year, held.get(year), due_by(year), ended=year < today.year)
        for year in range(today.year, first - 1, -1)
    ]


def find(year: int) -> BookYear | None:
    """A book year over which members can meet by now."""
    found = (one for one in book_years(clock.today()) if one.year == year)
    return next((one for one in found if one.ended), None)


def due_by(year: int) -> date:
    """The last day that the law gives for the meeting over a book year."""
    months = int(setting(Key.MEETING_LAW_MONTHS, clock.today()))
    return Period(year + 1, min(max(months, 1), 12)).last_day


def record(
    about: BookYear, *, held_on: date, attended: int, number: str, paper: Paper | None
) -> None:
    """Note that the members met, with the minutes; again, that replaces it. The caller commits.

    `Invalid` for a day before the book year had ended, and without minutes.
    """
    if held_on.year <= about.year:
        raise Invalid(_("The members meet after the book year has ended."))
    row = {
        "held_on": held_on,
        "attended": attended,
        "document_id": _minutes(about, held_on, number, paper).id,
        "recorded_at": clock.now(),
        "recorded_by": g.get("actor_id"),
    }
    db.session.execute(
        postgresql.insert(MemberMeeting)
        .values(tenant_id=current_tenant().id, year=about.year, **row)
        .on_conflict_do_update(index_elements=["tenant_id", "year"], set_=row)
    )


def minutes_of(about: BookYear) -> Document | None:
    return documents.find(about.meeting.document_id) if about.meeting else None


def _minutes(about: BookYear, held_on: date, number: str, paper: Paper | None) -> Document:
    """The minutes in the register of documents, corrected or entered anew."""
    kept = minutes_of(about)
    if kept is None and paper is None:
        raise Invalid(_("Add the minutes: they show that the meeting was held."))
    particulars = Particulars(KIND, number, held_on, "", None, State.HELD, "")
    if kept is None:
        kept = documents.enter(particulars)
    else:
        documents.correct(kept, particulars)
    if paper is not None:
        documents.keep(kept, paper)
    return kept


def _first_year(today: date) -> int:
    """The book year in which the cooperative became a legal person; else the one that runs."""
    legal = [
        step.from_date.year
        for step in statuses(current_tenant())
        if step.status is TenantStatus.LEGAL and step.from_date <= today
    ]
    return min(legal, default=today.year)
