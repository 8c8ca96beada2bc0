"""Who owes dues and since when: one statement, however many members there are.

It settles the oldest month first, exactly as `app.dues.standing` does for one member.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, text

from app.core import clock
from app.core.money import Rupiah
from app.core.period import Period
from app.dues.models import DuesCharge
from app.dues.standing import DuesMonth
from app.extensions import db
from app.ledger.models import AccountRole
from app.members.models import Member
from tenants.scope import current_tenant

BUCKETS = ("0-30", "31-60", "61-90", "90+")  # days since the month fell due


@dataclass(frozen=True)
class Debtor:
    """A member who owes months that have fallen due, and how much by age."""

    number: int
    name: str
    rt: str
    rw: str
    months: int
    buckets: tuple[Rupiah, ...]

    @property
    def owed(self) -> Rupiah:
        return sum(self.buckets)

    @property
    def neighbourhood(self) -> str:
        """Where the member lives, as it is said: 003/002."""
        return "/".join(part for part in (self.rt, self.rw) if part)

    @property
    def code(self) -> str:
        return f"A{self.number:04d}"

    @property
    def oldest(self) -> str:
        """The bucket of the oldest month owed."""
        return [name for name, part in zip(BUCKETS, self.buckets, strict=True) if part][-1]


@dataclass(frozen=True)
class Owed:
    """How many months somebody has not paid, and what they come to."""

    months: int = 0
    amount: Rupiah = 0


# What is still owed of every month billed, the oldest settled first.
_OWED = """
    WITH paid AS (
        SELECT b.party_id, b.balance
        FROM party_balances b
        JOIN accounts a ON a.tenant_id = :tenant AND a.id = b.account_id AND a.role = :role
        WHERE b.tenant_id = :tenant
    ), billed AS (
        SELECT c.member_id, c.period, c.amount,
               sum(c.amount) OVER (PARTITION BY c.member_id ORDER BY c.period) AS upto
        FROM dues_charges c
        WHERE c.tenant_id = :tenant
          AND NOT EXISTS (SELECT FROM dues_waivers w WHERE w.tenant_id = :tenant
                          AND w.member_id = c.member_id AND w.period = c.period)
          AND NOT EXISTS (SELECT FROM members m WHERE m.tenant_id = :tenant
                          AND m.id = c.member_id AND m.left_on IS NOT NULL)
    ), owed AS (
        SELECT member_id, period, least(amount, upto - coalesce(balance, 0)) AS owed
        FROM billed LEFT JOIN paid ON paid.party_id = billed.member_id
        WHERE upto > coalesce(balance, 0)
    )
"""

_DEBTORS = text(
    _OWED  # noqa: S608 (constants of this module)
    + """
    , aged AS (
        SELECT member_id, owed, :today - due.on_day AS age
        FROM owed
        JOIN unnest(CAST(:periods AS date[]), CAST(:due_days AS date[])) AS due (period, on_day)
             USING (period)
        WHERE due.on_day <= :today
    )
    SELECT m.number, p.name, m.rt, m.rw, count(*) AS months,
           coalesce(sum(owed) FILTER (WHERE age <= 30), 0) AS b0,
           coalesce(sum(owed) FILTER (WHERE age BETWEEN 31 AND 60), 0) AS b1,
           coalesce(sum(owed) FILTER (WHERE age BETWEEN 61 AND 90), 0) AS b2,
           coalesce(sum(owed) FILTER (WHERE age > 90), 0) AS b3
    FROM aged
    JOIN members m ON m.tenant_id = :tenant AND m.id = aged.member_id
    JOIN parties p ON p.tenant_id = :tenant AND p.id = m.id
    GROUP BY m.number, p.name, m.rt, m.rw
    ORDER BY max(age) DESC, sum(owed) DESC, p.name
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
    + """
    SELECT count(DISTINCT member_id) AS members, coalesce(sum(owed), 0) AS amount
    FROM owed
    JOIN unnest(CAST(:periods AS date[]), CAST(:due_days AS date[])) AS due (period, on_day)
         USING (period)
    WHERE due.on_day <= :today
"""
)

_OF_MONTH = text(
    _OWED  # noqa: S608 (constants of this module)
    + """
    SELECT coalesce(sum(b.amount), 0) AS billed, coalesce(sum(o.owed), 0) AS owed
    FROM billed b LEFT JOIN owed o USING (member_id, period) WHERE b.period = :period
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
    row = _execute(_TOTALS, **_fallen_due()).one()
    return Totals(int(row.members), int(row.amount))


def debtors() -> Sequence[Debtor]:
    """Everybody who owes a month that has fallen due, the oldest debt first."""
    rows = _execute(_DEBTORS, **_fallen_due())
    return [
        Debtor(
            r.number,
            r.name,
            r.rt,
            r.rw,
            int(r.months),
            (int(r.b0), int(r.b1), int(r.b2), int(r.b3)),
        )
        for r in rows
    ]


_OWING = text("""
    SELECT c.member_id
    FROM dues_charges c
    LEFT JOIN (SELECT b.party_id, b.balance FROM party_balances b
               JOIN accounts a ON a.tenant_id = :tenant AND a.id = b.account_id AND a.role = :role
               WHERE b.tenant_id = :tenant) paid ON paid.party_id = c.member_id
    WHERE c.tenant_id = :tenant AND c.period <= :last
      AND NOT EXISTS (SELECT FROM dues_waivers w WHERE w.tenant_id = :tenant
                      AND w.member_id = c.member_id AND w.period = c.period)
      AND NOT EXISTS (SELECT FROM members m WHERE m.tenant_id = :tenant
                      AND m.id = c.member_id AND m.left_on IS NOT NULL)
    GROUP BY c.member_id, paid.balance
    HAVING sum(c.amount) > coalesce(paid.balance, 0)
""")


def owing() -> Sequence[int]:
    """Who owes a month that has fallen due: the ids of the members."""
    month = Period.current()
    last = month if DuesMonth(month, 0, 0).due_on <= clock.today() else month.previous()
    return list(_execute(_OWING, last=last.first_day).scalars())


def owed_by(members: Sequence[Member]) -> dict[int, Owed]:
    """What some members owe by now, by their id; who owes nothing is left out."""
    rows = _execute(_OF_SOME, members=[member.id for member in members])
    return {row.member_id: Owed(int(row.months), int(row.amount)) for row in rows}


def _fallen_due() -> dict[str, Any]:
    """Today, and the day on which each month fell due or will."""
    due = _due_days()
    return {
        "today": clock.today(),
        "periods": [period.first_day for period in due],
        "due_days": list(due.values()),
    }


def _due_days() -> dict[Period, date]:
    """The day on which each billed month falls due, by the setting of that month."""
    billed = db.session.scalars(select(DuesCharge.period).distinct())
    return {period: DuesMonth(period, 0, 0).due_on for period in map(Period.of, billed)}


def _execute(statement: Any, **parameters: Any) -> Any:
    parameters |= {"tenant": current_tenant().id, "role": AccountRole.MANDATORY_SAVINGS.value}
    return db.session.connection().execute(statement, parameters)
