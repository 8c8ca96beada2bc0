"""Closing a month of the books (tutup buku). Whoever asks, a closed month takes nothing."""

from collections.abc import Sequence
from datetime import date

from flask import g
from flask_babel import gettext as _
from sqlalchemy import Select, func, or_, select
from sqlalchemy.dialects import postgresql

from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.extensions import db
from app.ledger.models import Journal, Month
from tenants.scope import current_tenant


def close(period: Period) -> Month:
    """Close a month that is over, in order: none before it with journals may be open.

    Waits for journals being written in it, or as the first in a month before it, and makes
    later ones fail; closing again changes nothing. The caller commits.
    """
    if period >= Period.current():
        raise DomainError(_("A month can be closed once it is over."))
    _wait_for_new_months()
    if (earlier := first_open()) is not None and earlier < period:
        raise DomainError(_("Close %(month)s first.", month=earlier.named))
    month = _locked(period)
    if month.closed_at is None:
        month.closed_at, month.closed_by = clock.now(), g.get("actor_id")
        db.session.flush()
    return month


def is_closed(day: date) -> bool:
    """Whether nothing can be booked on a day: its month is closed, or passed over behind one."""
    month = Period.of(day).first_day
    counts = or_(Month.period == month, Month.closed_at.is_not(None))
    nearest = select(Month.closed_at).where(Month.period >= month, counts)
    return db.session.scalar(nearest.order_by(Month.period).limit(1)) is not None


def first_open() -> Period | None:
    """The earliest month with journals that is not closed; None when there is none."""
    day = db.session.scalar(asking_first_open())
    return Period.of(day) if day else None


def asking_first_open() -> Select[date]:
    """The earliest day booked in it, as a question."""
    month = func.date_trunc("month", Journal.posted_on)
    closed = select(Month.period).where(Month.closed_at.is_not(None))
    return select(func.min(Journal.posted_on)).where(month.not_in(closed))


def find(period: Period) -> Month | None:
    """The row of a month, where it has one: closed or with journals."""
    return db.session.scalar(select(Month).where(Month.period == period.first_day))


def agree(period: Period) -> None:
    """The second person agrees to a closed month. The caller commits."""
    month = _locked(period)
    if month.closed_at is None:
        raise DomainError(_("This month is open."))
    month.agreed_at, month.agreed_by = clock.now(), g.get("actor_id")
    db.session.flush()


def reopen(period: Period) -> None:
    """Let a closed month take entries again; the trail keeps what it was. The caller commits."""
    month = _locked(period)
    month.closed_at = month.closed_by = None
    month.agreed_at = month.agreed_by = None
    db.session.flush()


def closed_months() -> Sequence[Month]:
    """Every closed month, the latest first."""
    query = select(Month).where(Month.closed_at.is_not(None)).order_by(Month.period.desc())
    return db.session.scalars(query).all()


def _wait_for_new_months() -> None:
    """Nobody begins a month until this transaction ends (see the trigger on journals)."""
    name = func.hashtextextended("months", current_tenant().id)
    db.session.execute(select(func.pg_advisory_xact_lock(name)))


def _locked(period: Period) -> Month:
    """The row of the month, to ourselves: a journal shares it while it is being written."""
    db.session.execute(
        postgresql.insert(Month)
        .values(tenant_id=current_tenant().id, period=period.first_day)
        .on_conflict_do_nothing()
    )
    return db.session.scalars(
        select(Month).where(Month.period == period.first_day).with_for_update()
    ).one()
