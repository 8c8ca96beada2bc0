"""Recurring entries (jurnal berulang): kept once, made each month with one tap, never twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.approvals import services as approvals
from app.approvals.models import Approval, ApprovalState
from app.core import clock
from app.core.period import Period
from app.extensions import db
from app.ledger import journal_entry
from app.ledger.drafts import JournalTemplate
from app.ledger.journal_entry import Entry
from app.ledger.models import Journal
from app.ledger.services import Line, Posted, Source

_KIND = "ledger.template"


@dataclass(frozen=True)
class Due:
    """A recurring entry in a month: the journal that was made, or the request that waits."""

    template: JournalTemplate
    day: date
    journal: Journal | None
    waiting: Approval | None

    @property
    def is_open(self) -> bool:
        return self.journal is None and self.waiting is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.day <= clock.today()


def keep(
    name: str, memo: str, lines: Sequence[Line], *, due_day: int, since: Period
) -> JournalTemplate:
    """Keep an entry that comes back every month, from one on. The caller commits."""
    template = JournalTemplate(
        name=name,
        memo=memo,
        due_day=due_day,
        since=since.first_day,
        lines=[journal_entry.as_data(line) for line in lines],
    )
    db.session.add(template)
    db.session.flush()
    return template


def stop(template: JournalTemplate) -> None:
    """Let an entry come back no more; what it made stays. The caller commits."""
    template.stopped_on = clock.today()


def due(period: Period) -> list[Due]:
    """Every entry that comes back, with what became of it in a month; by day."""
    query = select(JournalTemplate).where(
        JournalTemplate.stopped_on.is_(None), JournalTemplate.since <= period.first_day
    )
    found = [_due(template, period) for template in db.session.scalars(query)]
    return sorted(found, key=lambda one: (one.day, one.template.name))


def find(id: int) -> JournalTemplate | None:
    query = select(JournalTemplate).where(
        JournalTemplate.id == id, JournalTemplate.stopped_on.is_(None)
    )
    return db.session.scalar(query)


def make(template: JournalTemplate, period: Period) -> Posted | Approval:
    """Make the entry of a month, once; made again, it is the same one. The caller commits.

    It is dated on its day, or today while that is still to come.
    """
    day = min(_day(template, period), clock.today())
    lines = [journal_entry.from_data(line) for line in template.lines]
    found = _due(template, period)
    if found.journal is not None:
        day = found.journal.posted_on
    return journal_entry.record(
        Entry(day, f"{template.memo} {period.indonesian}", lines), source=_source(template, period)
    )


def _due(template: JournalTemplate, period: Period) -> Due:
    source = _source(template, period)
    query = select(Journal).where(
        Journal.source_kind == source.kind, Journal.source_key == source.key
    )
    asked = approvals.find_by_key(journal_entry.KIND, f"{source.kind}/{source.key}")
    waiting = asked if asked is not None and asked.state is ApprovalState.WAITING else None
    return Due(template, _day(template, period), db.session.scalar(query), waiting)


def _day(template: JournalTemplate, period: Period) -> date:
    return period.first_day.replace(day=min(template.due_day, period.last_day.day))


def _source(template: JournalTemplate, period: Period) -> Source:
    return Source(_KIND, f"{template.id}/{period}")
