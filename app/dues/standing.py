"""How a member stands: which months are paid, which are owed, what is paid ahead.

What has been paid settles the oldest month first. So nothing is matched: a month is settled
as far as the sum of all payments reaches (case G2).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import text

from app.core import clock
from app.core.money import Rupiah
from app.core.period import Period
from app.dues.accrual import rate_of
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members.models import Member
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import setting


class MonthState(StrEnum):
    PAID = "paid"
    DUE = "due"
    LATER = "later"
    WAIVED = "waived"


@dataclass(frozen=True)
class DuesMonth:
    """A month of a member: what it costs and how much of it is settled."""

    period: Period
    amount: Rupiah
    settled: Rupiah
    waived: bool = False

    @property
    def owed(self) -> Rupiah:
        return 0 if self.waived else self.amount - self.settled

    @property
    def state(self) -> MonthState:
        if self.waived:
            return MonthState.WAIVED
        return MonthState.PAID if self.owed == 0 else MonthState.DUE

    @property
    def due_on(self) -> date:
        """The day on which the month falls due, by the setting of that month."""
        return due_day(self.period)


def due_day(month: Period) -> date:
    """When the dues of a month fall due: on its last day where it is too short."""
    day = int(setting(Key.DUES_DUE_DAY, month.last_day))
    return month.first_day.replace(day=min(day, month.last_day.day))


@dataclass(frozen=True)
class Standing:
    """A member's dues: months billed, oldest first, and what is paid beyond them."""

    months: Sequence[DuesMonth]
    ahead: Rupiah

    @property
    def owed(self) -> Rupiah:
        """Arrears (tunggakan): charged less waived less paid, never below nothing."""
        return sum(month.owed for month in self.months)

    @property
    def paid(self) -> Rupiah:
        """All that was ever paid in as dues, whichever months it settles."""
        return sum(month.settled for month in self.months) + self.ahead

    @property
    def unpaid(self) -> list[DuesMonth]:
        return [month for month in self.months if month.owed > 0]


def standing(member: Member) -> Standing:
    """How a member stands by now; who has left owes nothing (see app.departures)."""
    months, paid = _billed_and_paid(member)
    if member.left_on is not None:
        return Standing([replace(month, settled=month.amount) for month in months], ahead=0)
    return settle(months, paid)


def settle(months: Sequence[DuesMonth], paid: Rupiah) -> Standing:
    """Let what was paid settle the oldest month first; the rest is paid ahead."""
    settled = []
    for month in months:
        part = 0 if month.waived else min(paid, month.amount)
        paid -= part
        settled.append(DuesMonth(month.period, month.amount, part, month.waived))
    return Standing(settled, ahead=paid)


def covers(now: Standing, amount: Rupiah, *, after: Period) -> list[tuple[Period, Rupiah]]:
    """Which months a payment would settle, and how much of each: unpaid ones, then ahead.

    `after` is the last month billed; months beyond it cost what the rate in force says.
    """
    parts = []
    for month in now.unpaid:
        part = min(amount, month.owed)
        if part:
            parts.append((month.period, part))
        amount -= part
    return parts + _ahead(now.ahead, amount, after)


def months_ahead(member: Member, now: Standing) -> list[tuple[Period, Rupiah]]:
    """The coming months that what is paid ahead already reaches (case G2)."""
    return _ahead(0, now.ahead, last_billed(member, now))


def last_billed(member: Member, now: Standing) -> Period:
    """The last month that was billed or waived; for a newcomer the one before joining."""
    if now.months:
        return now.months[-1].period
    return Period.of(member.joined_on or clock.today()).previous()


def sum_of_next(now: Standing, count: int, *, after: Period) -> Rupiah:
    """What `count` months cost, the oldest unpaid first, then months to come."""
    owed = [month.owed for month in now.unpaid[:count]]
    coming = [rate_of(after.plus(i)) for i in range(1, count - len(owed) + 1)]
    return sum(owed) + max(sum(coming) - (now.ahead if coming else 0), 0)


def _ahead(already: Rupiah, amount: Rupiah, after: Period) -> list[tuple[Period, Rupiah]]:
    parts: list[tuple[Period, Rupiah]] = []
    period = after
    while amount > 0 and period.year < 9000:
        period = period.next()
        cost = rate_of(period)
        taken = min(already, cost)
        already -= taken
        part = min(amount, cost - taken)
        amount -= part
        if part:
            parts.append((period, part))
    return parts


# Part of every payment and of the member's card, hence one statement and not the ORM.
_BILLED_AND_PAID = text("""
    SELECT coalesce((SELECT balance FROM party_balances
                     WHERE tenant_id = :tenant AND party_id = :member AND account_id = :savings),
                    0) AS paid,
           array_agg(period ORDER BY period) AS periods,
           array_agg(coalesce(amount, 0) ORDER BY period) AS amounts,
           array_agg(waiver.member_id IS NOT NULL ORDER BY period) AS waived
    FROM (SELECT member_id, period, amount FROM dues_charges
          WHERE tenant_id = :tenant AND member_id = :member) AS charge
    FULL JOIN (SELECT member_id, period FROM dues_waivers
               WHERE tenant_id = :tenant AND member_id = :member) AS waiver USING (period)
""")


def _billed_and_paid(member: Member) -> tuple[list[DuesMonth], Rupiah]:
    """The months billed or waived, oldest first, and all that was paid in for dues."""
    savings = ledger.account(AccountRole.MANDATORY_SAVINGS)
    values = {"tenant": current_tenant().id, "member": member.id, "savings": savings.id}
    row = db.session.connection().execute(_BILLED_AND_PAID, values).one()
    months = zip(row.periods or (), row.amounts or (), row.waived or (), strict=True)
    return [DuesMonth(Period.of(day), amount, 0, free) for day, amount, free in months], row.paid
