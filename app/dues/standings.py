"""How many members stand, in one statement: what `standing` says of one, of all on a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, text

from app.core import clock
from app.core.money import Rupiah
from app.core.period import Period
from app.dues.accrual import rate_of
from app.dues.standing import DuesMonth, Standing, covers
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members.models import Member
from tenants.scope import current_tenant


@dataclass(frozen=True)
class Position:
    """What a member owes and has paid ahead. `after` is the last month that was billed."""

    now: Standing  # with the unpaid months only
    after: Period

    @property
    def months(self) -> int:
        return len(self.now.unpaid)

    @property
    def owed(self) -> Rupiah:
        return self.now.owed

    @property
    def next_month(self) -> Rupiah:
        """What one month costs: the rest of the oldest unpaid one, or of the next to come."""
        if self.now.unpaid:
            return self.now.unpaid[0].owed
        rest, period = self.now.ahead, self.after.next()
        while rest >= rate_of(period):
            rest, period = rest - rate_of(period), period.next()
        return rate_of(period) - rest

    def covers(self, amount: Rupiah) -> list[tuple[Period, Rupiah]]:
        """Which months an amount would settle, the oldest first, then months to come."""
        return covers(self.now, amount, after=self.after)


# A member's months in order, each with the sum through it; what is paid reaches so far.
_POSITIONS = text("""
    WITH wanted AS (
        SELECT member_id, coalesce(b.balance, 0) AS paid
        FROM unnest(CAST(:members AS bigint[])) AS given (member_id)
        LEFT JOIN party_balances b
          ON b.tenant_id = :tenant AND b.party_id = member_id AND b.account_id = :account
    ), waived AS (
        SELECT member_id, period FROM dues_waivers
        WHERE tenant_id = :tenant AND member_id = ANY(CAST(:members AS bigint[]))
    ), billed AS (
        SELECT w.member_id, w.paid, c.period, c.amount,
               sum(c.amount) OVER (PARTITION BY w.member_id ORDER BY c.period) AS upto
        FROM wanted w
        JOIN dues_charges c ON c.tenant_id = :tenant AND c.member_id = w.member_id
        WHERE NOT EXISTS (SELECT FROM waived
                          WHERE waived.member_id = w.member_id AND waived.period = c.period)
    ), unpaid AS (
        SELECT member_id, sum(amount) AS total, max(period) AS last,
               array_agg(period ORDER BY period) FILTER (WHERE upto > paid) AS periods,
               array_agg(amount ORDER BY period) FILTER (WHERE upto > paid) AS amounts,
               array_agg(least(amount, upto - paid) ORDER BY period)
                   FILTER (WHERE upto > paid) AS owed
        FROM billed GROUP BY member_id
    )
    SELECT w.member_id, greatest(w.paid - coalesce(u.total, 0), 0) AS ahead,
           greatest(u.last, (SELECT max(period) FROM waived
                             WHERE waived.member_id = w.member_id)) AS last,
           u.periods, u.amounts, u.owed
    FROM wanted w LEFT JOIN unpaid u USING (member_id)
""")


def positions(members: Sequence[Member]) -> dict[int, Position]:
    """How members stand by now, by their id."""
    rows = db.session.connection().execute(
        _POSITIONS,
        {
            "tenant": current_tenant().id,
            "account": ledger.account(AccountRole.MANDATORY_SAVINGS).id,
            "members": [member.id for member in members],
        },
    )
    by_id = {row.member_id: row for row in rows}
    return {member.id: _position(member, by_id[member.id]) for member in members}


def _position(member: Member, row: Row[Any]) -> Position:
    months = [
        DuesMonth(Period.of(period), int(amount), int(amount) - int(owed))
        for period, amount, owed in zip(
            row.periods or (), row.amounts or (), row.owed or (), strict=True
        )
    ]
    joined = Period.of(member.joined_on or clock.today())
    after = Period.of(row.last) if row.last else joined.previous()
    return Position(Standing(months, int(row.ahead)), after)
