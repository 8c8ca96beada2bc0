"""What of the week's list is left alone for some days (ditunda): by whom, until when and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select, update

from app.auth.models import User
from app.core import clock
from app.core.errors import Invalid
from app.extensions import db
from app.supervision.attention import Alert
from app.supervision.models import AlertSnooze
from tenants.definitions import Key
from tenants.settings import setting


@dataclass(frozen=True)
class Snoozed:
    """Something that still stands and is left alone for now."""

    alert: Alert
    snooze: AlertSnooze
    by: str


def longest() -> date:
    """The last day until which something may be put off today."""
    return clock.today() + timedelta(days=int(setting(Key.SNOOZE_DAYS, clock.today())))


def put_off(alert: Alert, *, until: date, reason: str) -> None:
    """Leave something alone through a day; a later decision replaces it. The caller commits.

    `Invalid` for a day that is past or further away than the setting allows.
    """
    if until < clock.today():
        raise Invalid(_("This day is past."))
    if until > longest():
        raise Invalid(_("Not later than %(day)s.", day=longest().strftime("%d-%m-%Y")))
    take_up(alert.standing.id, alert.rule)
    db.session.add(
        AlertSnooze(
            tenant_id=alert.standing.id,
            rule=alert.rule,
            until_on=until,
            reason=reason,
            decided_by=g.get("actor_id"),
        )
    )
    db.session.flush()


def take_up(tenant_id: int, rule: str) -> None:
    """Let something stand in the week's list again from today on. The caller commits."""
    yesterday = clock.today() - timedelta(days=1)
    db.session.execute(
        update(AlertSnooze)
        .where(
            AlertSnooze.tenant_id == tenant_id,
            AlertSnooze.rule == rule,
            AlertSnooze.until_on >= clock.today(),
        )
        .values(until_on=yesterday)
    )


def sort_out(raised: Sequence[Alert], today: date) -> tuple[list[Alert], list[Snoozed]]:
    """What needs a person now, and what is left alone."""
    query = (
        select(AlertSnooze, User.name)
        .outerjoin(User, User.id == AlertSnooze.decided_by)
        .where(AlertSnooze.until_on >= today)
    )
    kept = {(row.tenant_id, row.rule): (row, name) for row, name in db.session.execute(query)}
    open_ones, left = [], []
    for alert in raised:
        found = kept.get((alert.standing.id, alert.rule))
        if found is None:
            open_ones.append(alert)
        else:
            left.append(Snoozed(alert, found[0], found[1] or ""))
    return open_ones, left
