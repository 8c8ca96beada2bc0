"""Months that a member need not pay (pembebasan): sickness, hardship, a decision of the board."""

from flask import g
from flask_babel import gettext as _

from app.core.errors import DomainError
from app.core.period import Period
from app.dues.models import DuesWaiver
from app.dues.standing import months_ahead, standing
from app.extensions import db
from app.members.models import Member


def waive(member: Member, period: Period, reason: str) -> DuesWaiver:
    """Let a member off a month, billed already or not. The caller commits.

    A month paid in part or whole is refused: money that was given for it would silently
    move to another month.
    """
    _check_dates(member, period)
    _check_unpaid(member, period)
    waiver = DuesWaiver(
        member_id=member.id, period=period.first_day, reason=reason, created_by=g.get("actor_id")
    )
    db.session.add(waiver)
    db.session.flush()
    return waiver


def _check_dates(member: Member, period: Period) -> None:
    if member.joined_on is None or period < Period.of(member.joined_on):
        raise DomainError(_("In this month they were not a member yet."))
    if period > Period.current().plus(12):
        raise DomainError(_("At most twelve months ahead can be let off."))


def _check_unpaid(member: Member, period: Period) -> None:
    now = standing(member)
    for month in now.months:
        if month.period == period and month.waived:
            raise DomainError(_("This month has been let off already."))
        if month.period == period and month.settled:
            raise DomainError(_("This month has been paid already, in part or whole."))
    if any(ahead == period for ahead, _part in months_ahead(member, now)):
        raise DomainError(_("This month has been paid already, in part or whole."))
