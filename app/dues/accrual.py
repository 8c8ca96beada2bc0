"""Billing the monthly dues: one statement for each cooperative, as often as one likes."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select, text

from app.core.money import Rupiah
from app.core.period import Period
from app.extensions import db
from app.members.models import Member
from tenants.scope import current_tenant
from tenants.settings import Key, history, setting


@dataclass(frozen=True)
class Accrued:
    """What one run did: months of members, members passed over, rupiah, milliseconds."""

    created: int
    existing: int
    waived: int
    skipped: int
    amount: Rupiah
    milliseconds: int

    def as_figures(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True)
class Rate:
    """What a month costs, and whether it is owed by those who join in it."""

    period: Period
    amount: Rupiah
    joiners: bool


def accrue(period: Period) -> Accrued:
    """Bill every month through `period` that a member owes and has not been billed for.

    Run it as often as you like: a month already billed is passed over, by the key of the
    table even when several run at once, and a month that was missed is caught up. The rate is
    the one in force on the first of the month; months billed before stay as they are. A
    charge is a claim, not yet a booking (domain reference 2.4).
    """
    began = time.perf_counter()
    rates = _rates(period)
    created = _execute(_ACCRUE, rates, period) if rates else None
    found = _execute(_COUNT, rates, period)
    return Accrued(
        created=int(created.created) if created else 0,
        existing=int(found.billed) - (int(created.created) if created else 0),
        waived=int(found.waived),
        skipped=int(found.skipped),
        amount=int(created.amount or 0) if created else 0,
        milliseconds=round((time.perf_counter() - began) * 1000),
    )


def preview(period: Period) -> Accrued:
    """What `accrue` would do now, without doing it."""
    began = time.perf_counter()
    rates = _rates(period)
    due = _execute(_PREVIEW, rates, period)
    found = _execute(_COUNT, rates, period)
    return Accrued(
        created=int(due.created),
        existing=int(found.billed),
        waived=int(found.waived),
        skipped=int(found.skipped),
        amount=int(due.amount or 0),
        milliseconds=round((time.perf_counter() - began) * 1000),
    )


def rate_of(period: Period) -> Rupiah:
    """What a month costs by the rate in force on its first day."""
    return int(setting(Key.DUES, period.first_day))


# The months that are owed: from that of joining (or the next) to that of leaving, unless
# waived, unless billed before.
_OWED = """
    WITH rate AS (
        SELECT * FROM unnest(CAST(:periods AS date[]), CAST(:amounts AS bigint[]),
                             CAST(:joiners AS boolean[])) AS rate (period, amount, joiners)
    ), owed AS (
        SELECT m.id AS member_id, rate.period, rate.amount
        FROM members m
        JOIN rate ON rate.period >= date_trunc('month', m.joined_on)::date
             AND (rate.joiners OR rate.period > date_trunc('month', m.joined_on)::date)
             AND (m.left_on IS NULL OR rate.period <= m.left_on)
        WHERE m.tenant_id = :tenant AND m.joined_on IS NOT NULL
          AND NOT EXISTS (SELECT FROM dues_charges c WHERE c.tenant_id = :tenant
                          AND c.member_id = m.id AND c.period = rate.period)
          AND NOT EXISTS (SELECT FROM dues_waivers w WHERE w.tenant_id = :tenant
                          AND w.member_id = m.id AND w.period = rate.period)
    )
"""

_ACCRUE = text(
    _OWED
    + """
    , charged AS (
        INSERT INTO dues_charges (tenant_id, member_id, period, amount)
        SELECT :tenant, member_id, period, amount FROM owed ORDER BY member_id, period
        ON CONFLICT DO NOTHING
        RETURNING amount
    )
    SELECT count(*) AS created, sum(amount) AS amount FROM charged
"""
)

_PREVIEW = text(_OWED + "SELECT count(*) AS created, sum(amount) AS amount FROM owed")

_COUNT = text("""
    SELECT
        (SELECT count(*) FROM dues_charges
         WHERE tenant_id = :tenant AND period = :period) AS billed,
        (SELECT count(*) FROM dues_waivers
         WHERE tenant_id = :tenant AND period = :period) AS waived,
        (SELECT count(*) FROM members m
         WHERE m.tenant_id = :tenant AND m.left_on IS NULL
           AND NOT EXISTS (SELECT FROM dues_charges c WHERE c.tenant_id = :tenant
                           AND c.member_id = m.id AND c.period = :period)
           AND NOT EXISTS (SELECT FROM dues_waivers w WHERE w.tenant_id = :tenant
                           AND w.member_id = m.id AND w.period = :period)) AS skipped
""")


def _execute(statement: Any, rates: Sequence[Rate], period: Period) -> Row[Any]:
    parameters = {
        "tenant": current_tenant().id,
        "period": period.first_day,
        "periods": [rate.period.first_day for rate in rates],
        "amounts": [rate.amount for rate in rates],
        "joiners": [rate.joiners for rate in rates],
    }
    return db.session.connection().execute(statement, parameters).one()


def _rates(last: Period) -> list[Rate]:
    """The rate of every month from the first member's joining through `last`.

    Months before the cooperative had a rate are not billed.
    """
    joined = db.session.scalar(select(func.min(Member.joined_on)))
    known = min((row.from_date for row in history(Key.DUES)), default=None)
    if joined is None or known is None:
        return []
    first = max(Period.of(joined), _first_whole(known))
    return [
        Rate(p, rate_of(p), setting(Key.DUES_JOINERS, p.last_day) == "joining")
        for p in first.through(last)
    ]


def _first_whole(day: date) -> Period:
    """The first month on whose first day a rate of `day` is in force."""
    month = Period.of(day)
    return month if day.day == 1 else month.next()
