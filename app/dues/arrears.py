"""Who owes dues and since when: one statement, however many members there are.

It settles the oldest month first, exactly as `app.dues.standing` does for one member.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select, text

from app.core import clock
from app.core.money import Rupiah
from app.core.period import Period
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members.models import Member, MemberState
from app.members.services import in_state
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import history, setting

BUCKETS = ("0-30", "31-60", "61-90", "90+")  # days since the month fell due


class Debtor(NamedTuple):
    """A member who owes months that have fallen due, and how much by age."""

    number: int
    name: str
    rt: str
    rw: str
    neighbourhood: str  # where the member lives, as it is said: 003/002
    group: str
    months: int
    owed: Rupiah
    buckets: list[Rupiah]  # as BUCKETS
    oldest: str  # the bucket of the oldest month owed

    @property
    def code(self) -> str:
        return f"A{self.number:04d}"


@dataclass(frozen=True)
class Owed:
    """How many months somebody has not paid, and what they come to."""

    months: int = 0
    amount: Rupiah = 0


# What is still owed of every month, the oldest settled first: so it is the latest months that
# are open, as many as the sum owed reaches back. Only they are read one by one.
_OWED = """
    WITH behind AS MATERIALIZED (
        SELECT member_id, cheapest, charged - coalesce(free.waived, 0) - coalesce(paid.balance, 0)
               AS owed
        FROM (SELECT member_id, sum(amount)::bigint AS charged, min(amount) AS cheapest
              FROM dues_charges WHERE tenant_id = :tenant GROUP BY member_id) AS total
        LEFT JOIN (SELECT member_id, sum(c.amount)::bigint AS waived
                   FROM dues_waivers w JOIN dues_charges c USING (tenant_id, member_id, period)
                   WHERE w.tenant_id = :tenant GROUP BY member_id) AS free USING (member_id)
        JOIN members m ON m.tenant_id = :tenant AND m.id = total.member_id
             AND m.left_on IS NULL
        LEFT JOIN party_balances paid ON paid.tenant_id = :tenant
             AND paid.party_id = total.member_id AND paid.account_id = :savings
        WHERE charged > coalesce(free.waived, 0) + coalesce(paid.balance, 0)
    ), owed AS (
        SELECT member_id, latest.period, least(latest.amount, behind.owed - later) AS owed
        FROM behind, LATERAL (
            SELECT period, amount, sum(amount) OVER (
                       ORDER BY period DESC ROWS UNBOUNDED PRECEDING)::bigint - amount AS later
            FROM (SELECT c.period, c.amount FROM dues_charges c
                  WHERE c.tenant_id = :tenant AND c.member_id = behind.member_id
                    AND NOT EXISTS (SELECT FROM dues_waivers w WHERE w.tenant_id = :tenant
                                    AND w.member_id = c.member_id AND w.period = c.period)
                  ORDER BY c.period DESC
                  LIMIT (behind.owed + cheapest - 1) / cheapest) AS month
        ) AS latest
        WHERE later < behind.owed
    )
"""

# The day on which each of them falls due.
_DUE = """
    , due AS (
        SELECT member_id, owed.owed,
               least(period + day - 1, (period + interval '1 month')::date - 1) AS on_day
        FROM owed
        JOIN unnest(CAST(:firsts AS date[]), CAST(:lasts AS date[]), CAST(:days AS int[]))
             AS rule (first, last, day) ON period BETWEEN first AND last
    )
"""

_DEBTORS = text(
    _OWED  # noqa: S608 (constants of this module)
    + _DUE
    + """
    , aged AS (
        SELECT member_id, owed,
               CASE WHEN :today - on_day <= 30 THEN 1 WHEN :today - on_day <= 60 THEN 2
                    WHEN :today - on_day <= 90 THEN 3 ELSE 4 END AS bucket, on_day
        FROM due WHERE on_day <= :today
    ), debt AS MATERIALIZED (
        SELECT member_id, count(*) AS months, sum(owed)::bigint AS owed, min(on_day) AS since,
               max(bucket) AS bucket, ARRAY[
                   coalesce(sum(owed) FILTER (WHERE bucket = 1), 0)::bigint,
                   coalesce(sum(owed) FILTER (WHERE bucket = 2), 0)::bigint,
                   coalesce(sum(owed) FILTER (WHERE bucket = 3), 0)::bigint,
                   coalesce(sum(owed) FILTER (WHERE bucket = 4), 0)::bigint] AS buckets
        FROM aged GROUP BY member_id
    )
    SELECT m.number, p.name, m.rt, m.rw, concat_ws('/', nullif(m.rt, ''), nullif(m.rw, '')),
           m."group", months, owed, buckets, (CAST(:names AS text[]))[bucket]
    FROM debt
    JOIN members m ON m.tenant_id = :tenant AND m.id = debt.member_id
    JOIN parties p ON p.tenant_id = :tenant AND p.id = m.id
    ORDER BY since, owed DESC, p.name
"""
)

_OF_SOME = text(
    _OWED  # noqa: S608 (constants of this module)
    + """
    SELECT member_id, count(*) AS months, sum(owed) AS amount
    FROM owed WHERE member_id = ANY(CAST(:members AS bigint[])) GROUP BY member_id
"""
)


# How many owe a month that has fallen due, and how much of it in all.
_TOTALS = text(
    _OWED  # noqa: S608 (constants of this module)
    + _DUE
    + """
    SELECT count(DISTINCT member_id) AS members, coalesce(sum(owed), 0) AS amount
    FROM due WHERE on_day <= :today
"""
)

_OF_MONTH = text(
    _OWED  # noqa: S608 (constants of this module)
    + """
    SELECT coalesce(sum(c.amount), 0) AS billed,
           coalesce((SELECT sum(owed) FROM owed WHERE period = :period), 0) AS owed
    FROM dues_charges c
    JOIN members m ON m.tenant_id = :tenant AND m.id = c.member_id AND m.left_on IS NULL
    WHERE c.tenant_id = :tenant AND c.period = :period
      AND NOT EXISTS (SELECT FROM dues_waivers w WHERE w.tenant_id = :tenant
                      AND w.member_id = c.member_id AND w.period = :period)
"""
)


@dataclass(frozen=True)
class MonthSums:
    """What was billed for one month, and how much of it is settled."""

    billed: Rupiah
    owed: Rupiah

    @property
    def paid(self) -> Rupiah:
        return self.billed - self.owed


def sums_of(period: Period) -> MonthSums:
    """How far a month is paid by now."""
    row = _execute(_OF_MONTH, period=period.first_day).one()
    return MonthSums(int(row.billed), int(row.owed))


@dataclass(frozen=True)
class Totals:
    """How many members owe months that have fallen due, and what that comes to."""

    members: int
    amount: Rupiah


def totals() -> Totals:
    """All arrears of the cooperative in two figures."""
    row = _execute(_TOTALS).one()
    return Totals(int(row.members), int(row.amount))


def debtors() -> Sequence[Debtor]:
    """Everybody who owes a month that has fallen due, the oldest debt first."""
    return [Debtor._make(row) for row in _execute(_DEBTORS, names=list(BUCKETS))]


_OWING = text(
    _OWED  # noqa: S608 (constants of this module)
    + _DUE
    + "SELECT DISTINCT member_id FROM due WHERE on_day <= :today"
)


def owing() -> Sequence[int]:
    """Who owes a month that has fallen due: the ids of the members."""
    return list(_execute(_OWING).scalars())


def long_unpaid(months: int) -> list[Debtor]:
    """Active members with at least so many months that fell due unpaid, the worst first."""
    passive = set(db.session.scalars(select(Member.number).where(in_state(MemberState.PASSIVE))))
    found = [d for d in debtors() if d.months >= months and d.number not in passive]
    return sorted(found, key=lambda debtor: -debtor.months)


def owed_by(members: Sequence[Member]) -> dict[int, Owed]:
    """What some members owe by now, by their id; who owes nothing is left out."""
    rows = _execute(_OF_SOME, members=[member.id for member in members])
    return {row.member_id: Owed(int(row.months), int(row.amount)) for row in rows}


def _due_days() -> dict[str, Any]:
    """On which day of a month dues fall due: from which month through which, and the day."""
    changes = {Period.of(row.from_date) for row in history(Key.DUES_DUE_DAY)}
    starts = sorted(month for month in changes if month <= Period.current())
    return {
        "firsts": [date.min, *(month.first_day for month in starts[1:])],
        "lasts": [*(month.previous().first_day for month in starts[1:]), date.max],
        "days": [int(setting(Key.DUES_DUE_DAY, month.last_day)) for month in starts],
    }


def _execute(statement: Any, **parameters: Any) -> Any:
    parameters |= {
        "tenant": current_tenant().id,
        "savings": ledger.account(AccountRole.MANDATORY_SAVINGS).id,
        "today": clock.today(),
    }
    return db.session.connection().execute(statement, parameters | _due_days())
