"""Who owes dues and since when: one statement, however many members there are.

It settles the oldest month first, exactly as `app.dues.standing` does for one member.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select, text

from app.core import clock
from app.core.money import Rupiah
from app.core.period import Period
from app.dues.standing import due_day
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members.models import Member, MemberState
from app.members.services import in_state
from tenants.scope import current_tenant

BUCKETS = ("0-30", "31-60", "61-90", "90+")  # days since the month fell due
_DAYS = (30, 60, 90)
_EVER = Period(9998, 12)


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


# Who has not paid all that was charged through a month, less what was waived. What was paid
# settles the oldest month first, so this says how much of the months looked at is still owed.
_BEHIND = """
    WITH behind AS MATERIALIZED (
        SELECT member_id, cheapest, charged - coalesce(free.waived, 0) - coalesce(paid.balance, 0)
               AS owed
        FROM (SELECT member_id, sum(amount)::bigint AS charged, min(amount) AS cheapest
              FROM dues_charges c WHERE tenant_id = :tenant AND period <= :through {whose}
              GROUP BY member_id) AS total
        LEFT JOIN (SELECT member_id, sum(c.amount)::bigint AS waived
                   FROM dues_waivers w JOIN dues_charges c USING (tenant_id, member_id, period)
                   WHERE w.tenant_id = :tenant AND period <= :through GROUP BY member_id) AS free
             USING (member_id)
        JOIN members m ON m.tenant_id = :tenant AND m.id = total.member_id
             AND m.left_on IS NULL
        LEFT JOIN party_balances paid ON paid.tenant_id = :tenant
             AND paid.party_id = total.member_id AND paid.account_id = :savings
        WHERE charged > coalesce(free.waived, 0) + coalesce(paid.balance, 0)
    )
"""
_EVERYBODY = _BEHIND.format(whose="")
_SOME = _BEHIND.format(whose="AND member_id = ANY(CAST(:members AS bigint[]))")

# The months of one of them that are not settled: the latest ones, as far as the debt reaches
# back. Only so many are read.
_UNSETTLED = """
    SELECT period, least(amount, behind.owed - later) AS owed FROM (
        SELECT period, amount, sum(amount) OVER (
                   ORDER BY period DESC ROWS UNBOUNDED PRECEDING)::bigint - amount AS later
        FROM (SELECT c.period, c.amount FROM dues_charges c
              WHERE c.tenant_id = :tenant AND c.member_id = behind.member_id
                AND c.period <= :through
                AND NOT EXISTS (SELECT FROM dues_waivers w WHERE w.tenant_id = :tenant
                                AND w.member_id = c.member_id AND w.period = c.period)
              ORDER BY c.period DESC
              LIMIT (behind.owed + cheapest - 1) / cheapest) AS month
    ) AS latest WHERE later < behind.owed
"""

# `edges` are the earliest months of the younger buckets.
_DEBTORS = text(
    _EVERYBODY  # noqa: S608 (constants of this module)
    + f"""
    SELECT m.number, p.name, m.rt, m.rw, concat_ws('/', nullif(m.rt, ''), nullif(m.rw, '')),
           m."group", months, behind.owed, buckets, (CAST(:names AS text[]))[oldest]
    FROM behind
    CROSS JOIN LATERAL (
        SELECT count(*) AS months, min(period) AS since, max(bucket) AS oldest, ARRAY[
                   coalesce(sum(owed) FILTER (WHERE bucket = 1), 0)::bigint,
                   coalesce(sum(owed) FILTER (WHERE bucket = 2), 0)::bigint,
                   coalesce(sum(owed) FILTER (WHERE bucket = 3), 0)::bigint,
                   coalesce(sum(owed) FILTER (WHERE bucket = 4), 0)::bigint] AS buckets
        FROM (SELECT period, owed, 4 - (period >= :edge_1)::int - (period >= :edge_2)::int
                     - (period >= :edge_3)::int AS bucket FROM ({_UNSETTLED}) AS one) AS aged
    ) AS debt
    JOIN members m ON m.tenant_id = :tenant AND m.id = behind.member_id
    JOIN parties p ON p.tenant_id = :tenant AND p.id = behind.member_id
    ORDER BY since, behind.owed DESC, p.name
"""  # noqa: S608 (constants of this module)
)

_OF_SOME = text(
    _SOME  # noqa: S608 (constants of this module)
    + f"""
    SELECT member_id, months, owed AS amount
    FROM behind CROSS JOIN LATERAL (SELECT count(*) AS months FROM ({_UNSETTLED}) AS one) AS debt
"""  # noqa: S608 (constants of this module)
)

_TOTALS = text(
    _EVERYBODY  # noqa: S608 (constants of this module)
    + "SELECT count(*) AS members, coalesce(sum(owed), 0) AS amount FROM behind"
)

_OWING = text(_EVERYBODY + "SELECT member_id FROM behind")  # noqa: S608 (constants)

_OF_MONTH = text(
    _EVERYBODY  # noqa: S608 (constants of this module)
    + """
    SELECT count(*) AS members, coalesce(sum(c.amount), 0) AS billed,
           coalesce(sum(least(c.amount, coalesce(behind.owed, 0))), 0) AS owed
    FROM dues_charges c
    JOIN members m ON m.tenant_id = :tenant AND m.id = c.member_id AND m.left_on IS NULL
    LEFT JOIN behind ON behind.member_id = c.member_id
    WHERE c.tenant_id = :tenant AND c.period = :through
      AND NOT EXISTS (SELECT FROM dues_waivers w WHERE w.tenant_id = :tenant
                      AND w.member_id = c.member_id AND w.period = c.period)
"""
)


@dataclass(frozen=True)
class MonthSums:
    """What was billed for one month and how much of it is settled; months let off left out."""

    billed: Rupiah
    owed: Rupiah
    members: int

    @property
    def paid(self) -> Rupiah:
        return self.billed - self.owed


def sums_of(period: Period) -> MonthSums:
    """How far a month is paid by now."""
    row = _execute(_OF_MONTH, through=period).one()
    return MonthSums(int(row.billed), int(row.owed), int(row.members))


@dataclass(frozen=True)
class Totals:
    """How many members owe months that have fallen due, and what that comes to."""

    members: int
    amount: Rupiah


def totals() -> Totals:
    """All arrears of the cooperative in two figures."""
    row = _execute(_TOTALS, through=_last_due()).one()
    return Totals(int(row.members), int(row.amount))


def debtors() -> Sequence[Debtor]:
    """Everybody who owes a month that has fallen due, the oldest debt first."""
    last = _last_due()
    edges = {f"edge_{n}": month for n, month in enumerate(_edges(last), 1)}
    rows = _execute(_DEBTORS, through=last, names=list(BUCKETS), **edges)
    return [Debtor._make(row) for row in rows.fetchall()]


def owing() -> Sequence[int]:
    """Who owes a month that has fallen due: the ids of the members."""
    return list(_execute(_OWING, through=_last_due()).scalars())


def long_unpaid(months: int) -> list[Debtor]:
    """Active members with at least so many months that fell due unpaid, the worst first."""
    passive = set(db.session.scalars(select(Member.number).where(in_state(MemberState.PASSIVE))))
    found = [d for d in debtors() if d.months >= months and d.number not in passive]
    return sorted(found, key=lambda debtor: -debtor.months)


def owed_by(members: Sequence[Member]) -> dict[int, Owed]:
    """What some members owe by now, due or not, by their id; who owes nothing is left out."""
    ids = [member.id for member in members]
    rows = _execute(_OF_SOME, through=_EVER, members=ids)
    return {row.member_id: Owed(int(row.months), int(row.amount)) for row in rows}


def _last_due() -> Period:
    """The latest month that has fallen due; all before it have, too."""
    current = Period.current()
    return current if due_day(current) <= clock.today() else current.previous()


def _edges(month: Period) -> Iterator[date]:
    """The earliest month of each bucket but the oldest, going back from one that is due."""
    for days in _DAYS:
        while (clock.today() - due_day(month)).days <= days:
            month = month.previous()
        yield month.next().first_day


def _execute(statement: Any, *, through: Period, **parameters: Any) -> Any:
    parameters |= {
        "tenant": current_tenant().id,
        "savings": ledger.account(AccountRole.MANDATORY_SAVINGS).id,
        "through": through.first_day,
    }
    return db.session.connection().execute(statement, parameters)
