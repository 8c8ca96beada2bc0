"""Month close (tutup buku bulanan): the treasurer closes, the chair agrees; and taking it back.

A month takes nothing from the moment the treasurer closes it, so that what the chair reads is
what the chair agrees to. To reopen one, the treasurer gives a reason and the chair agrees;
only the latest closed month can be, or the months after it would rest on sand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import Select, exists, func, select

from app.approvals import services as approvals
from app.approvals.models import Approval, ApprovalState
from app.approvals.services import Shown
from app.core.errors import DomainError
from app.core.period import Period
from app.ledger import months
from app.ledger.models import Month

CLOSE, REOPEN = "ledger.close", "ledger.reopen"


@dataclass(frozen=True)
class Check:
    """Something that should be so before a month is closed, in words, with where to mend it."""

    title: str
    done: bool
    text: str
    href: str = ""
    hint: str = ""


class Stage(StrEnum):
    OPEN = "open"
    WAITING = "waiting"  # closed by the treasurer, not yet agreed to
    REFUSED = "refused"
    AGREED = "agreed"


@dataclass(frozen=True)
class Standing:
    """How far the closing of a month has come, and what is being asked about it."""

    period: Period
    stage: Stage
    closing: Approval | None
    reopening: Approval | None


def close(period: Period, *, note: str = "") -> Approval:
    """Close a month and ask the chair to agree; `note` tells what was left undone and why.

    The caller commits.
    """
    month = months.close(period)
    return approvals.ask(
        CLOSE,
        _key(month),
        title=f"Tutup buku {period.indonesian}",
        amount=0,
        reason=note or "Semua pemeriksaan selesai",
        period=str(period),
    )


def agree(approval: Approval) -> None:
    """The chair agrees: the month is done."""
    months.agree(Period.parse(approval.arguments["period"]))


def ask_to_reopen(period: Period, *, reason: str) -> Approval:
    """Ask the chair to let a month be opened again. The caller commits."""
    month = _latest(period)
    return approvals.ask(
        REOPEN,
        _key(month),
        title=f"Buka lagi buku {period.indonesian}",
        amount=0,
        reason=reason,
        period=str(period),
    )


def reopen(approval: Approval) -> None:
    """The chair agrees: the month takes entries again."""
    period = Period.parse(approval.arguments["period"])
    _latest(period)
    months.reopen(period)


def take_up_again(period: Period) -> None:
    """The chair refused: the month is opened to mend what was wrong. The caller commits."""
    _latest(period)
    if standing(period).stage is not Stage.REFUSED:
        raise DomainError(_("Only a month that was refused is simply taken up again."))
    months.reopen(period)


def standing(period: Period) -> Standing:
    """How far the closing of a month has come."""
    month = months.find(period)
    if month is None or month.closed_at is None:
        return Standing(period, Stage.OPEN, None, None)
    closing = approvals.find_by_key(CLOSE, _key(month))
    reopening = approvals.find_by_key(REOPEN, _key(month))
    return Standing(period, _stage(month, closing), closing, reopening)


def standings() -> Sequence[Standing]:
    """Every closed month, the latest first."""
    return [standing(Period.of(month.period)) for month in months.closed_months()]


def history(period: Period) -> Sequence[Shown]:
    """Every time that closing or reopening a month was asked for, the latest first."""
    return approvals.about((CLOSE, REOPEN), f"{period}/")


def asking_refused() -> Select[date]:
    """The month whose closing the chair did not agree to, as a question; it waits for mending."""
    refused = exists().where(
        Approval.kind == CLOSE,
        Approval.state == ApprovalState.REJECTED,
        Approval.key.startswith(func.to_char(Month.period, "YYYY-MM/")),
        Approval.asked_at >= Month.closed_at,
    )
    return select(func.min(Month.period)).where(Month.agreed_at.is_(None), refused)


def is_latest(period: Period) -> bool:
    """Whether this is the month that was closed last: the only one that can be opened again."""
    closed = months.closed_months()
    return bool(closed) and Period.of(closed[0].period) == period


def _stage(month: Month, closing: Approval | None) -> Stage:
    if month.agreed_at is not None:
        return Stage.AGREED
    refused = closing is not None and closing.state in (
        ApprovalState.REJECTED,
        ApprovalState.WITHDRAWN,
    )
    return Stage.REFUSED if refused else Stage.WAITING


def _latest(period: Period) -> Month:
    closed = months.closed_months()
    if not closed or Period.of(closed[0].period) != period:
        raise DomainError(_("Only the month that was closed last can be opened again."))
    return closed[0]


def _key(month: Month) -> str:
    """A month that was reopened is closed, and asked about, anew."""
    assert month.closed_at is not None
    return f"{month.period:%Y-%m}/{month.closed_at:%Y%m%d%H%M%S%f}"
