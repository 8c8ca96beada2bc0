"""What the books say: trial balance, what stood in an account, the journals of a period.

Whole months come from the summaries, so a report does not slow down with history; the days
of an incomplete month are added up from the postings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.orm import joinedload, selectinload

from app.auth.models import User
from app.core import clock
from app.core.money import Rupiah
from app.core.period import Period
from app.extensions import db
from app.ledger.models import Account, AccountType, Journal, Posting, Side
from tenants.scope import current_tenant

PAGE = 50


@dataclass(frozen=True)
class TrialLine:
    """An account over a period; balances stand on the side where they are positive."""

    code: str
    name: str
    type: AccountType
    opening: Rupiah  # debit less credit before the period
    debit: Rupiah
    credit: Rupiah

    @property
    def closing(self) -> Rupiah:
        return self.opening + self.debit - self.credit

    @property
    def opening_debit(self) -> Rupiah:
        return max(self.opening, 0)

    @property
    def opening_credit(self) -> Rupiah:
        return max(-self.opening, 0)

    @property
    def closing_debit(self) -> Rupiah:
        return max(self.closing, 0)

    @property
    def closing_credit(self) -> Rupiah:
        return max(-self.closing, 0)


@dataclass(frozen=True)
class TrialBalance:
    """The trial balance (neraca saldo) from a day through a day. Both columns add up alike."""

    first: date
    last: date
    lines: Sequence[TrialLine]

    def total(self, column: str) -> Rupiah:
        """The sum of a column of figures, by its name in `TrialLine`."""
        return sum(getattr(line, column) for line in self.lines)

    @property
    def total_debit(self) -> Rupiah:
        return sum(line.closing_debit for line in self.lines)

    @property
    def total_credit(self) -> Rupiah:
        return sum(line.closing_credit for line in self.lines)


# Whole months from the summaries and the days of broken months from the postings, account by
# account, so that each is one stretch of the index; less what was entered later than asked.
_MOVED = text("""
    WITH days AS (
        SELECT a.id AS account_id, sums.debit, sums.credit, part.before
        FROM accounts a
        CROSS JOIN (
            VALUES (CAST(:last_month AS date), CAST(:last AS date), false, 1),
                   (:first_month, :day_before, true, 1),
                   (:first_month, :day_before, false, -1)
        ) AS part (since, til, before, sign)
        CROSS JOIN LATERAL (
            SELECT sign * sum(debit) AS debit, sign * sum(credit) AS credit FROM postings p
            WHERE p.tenant_id = :tenant AND p.account_id = a.id
              AND p.posted_on BETWEEN part.since AND part.til
              AND (CAST(:unit AS bigint) IS NULL OR p.unit_id = :unit)
        ) AS sums
        WHERE a.tenant_id = :tenant AND part.since <= part.til AND sums.debit IS NOT NULL
    ), later AS (
        SELECT line.account_id, -line.debit, -line.credit, line.posted_on < :first AS before
        FROM journals j
        CROSS JOIN LATERAL (
            SELECT p.account_id, p.debit, p.credit, p.posted_on FROM postings p
            WHERE p.tenant_id = :tenant AND p.journal_id = j.id AND p.posted_on <= :last
              AND (CAST(:unit AS bigint) IS NULL OR p.unit_id = :unit)
            OFFSET 0
        ) AS line
        WHERE j.tenant_id = :tenant AND j.created_at > :known_at
    )
    SELECT account_id,
           coalesce(sum(debit - credit) FILTER (WHERE before), 0) AS opening,
           coalesce(sum(debit) FILTER (WHERE NOT before), 0) AS debit,
           coalesce(sum(credit) FILTER (WHERE NOT before), 0) AS credit
    FROM (
        SELECT account_id, debit, credit, period < :first_month AS before
        FROM account_months
        WHERE tenant_id = :tenant AND period < :last_month
          AND (CAST(:unit AS bigint) IS NULL OR unit_id = :unit)
        UNION ALL SELECT * FROM days
        UNION ALL SELECT * FROM later
    ) AS moved
    GROUP BY account_id
    HAVING sum(debit) <> 0 OR sum(credit) <> 0  -- else it was not known then
""")


def trial_balance(
    first: date, last: date, *, unit_id: int | None = None, known_at: datetime | None = None
) -> TrialBalance:
    """Every account that moved or holds something, from `first` through `last`, by code.

    Of one line of business, if asked; and as it was known at an instant, if asked.
    """
    parameters = _stretch(first, last) | {"unit": unit_id, "known_at": known_at or "infinity"}
    moved = {row.account_id: row for row in db.session.execute(_MOVED, parameters)}
    lines = [_line(account, moved[account.id]) for account in chart() if account.id in moved]
    return TrialBalance(first, last, lines)


def _stretch(first: date, last: date) -> dict[str, Any]:
    """Some days as whole months and the days of broken ones.

    Nothing is dated in the future, so the current month is complete for what is known.
    """
    next_day = last + timedelta(days=1)
    month_after = Period.current().next() if last >= clock.today() else Period.of(next_day)
    return {
        "tenant": current_tenant().id,
        "first": first,
        "last": last,
        "first_month": Period.of(first).first_day,
        "day_before": first - timedelta(days=1),
        "last_month": month_after.first_day,  # the first that is not complete by `last`
    }


def _line(account: Account, moved: Row[Any]) -> TrialLine:
    amounts = int(moved.opening), int(moved.debit), int(moved.credit)
    return TrialLine(account.code, account.name, account.type, *amounts)


def find_account(code: str) -> Account | None:
    return db.session.scalar(select(Account).where(Account.code == code))


def chart() -> Sequence[Account]:
    """Every account, by code."""
    return db.session.scalars(select(Account).order_by(Account.code)).all()


def balance_before(
    account: Account,
    day: date,
    *,
    unit_id: int | None = None,
    known_at: datetime | None = None,
) -> Rupiah:
    """What stood in an account, on its normal side, at the end of the day before."""
    eve = day - timedelta(days=1)
    lines = trial_balance(eve, eve, unit_id=unit_id, known_at=known_at).lines
    total = next((line.closing for line in lines if line.code == account.code), 0)
    return total if account.side == Side.DEBIT else -total


def journals(
    first: date, last: date, *, before: tuple[date, int] | None = None
) -> Sequence[Journal]:
    """Up to `PAGE` journals with their lines, the latest first; `before` is (day, id)."""
    query = (
        select(Journal)
        .where(Journal.posted_on.between(first, last))
        .options(selectinload(Journal.postings).joinedload(Posting.account))
        .order_by(Journal.posted_on.desc(), Journal.id.desc())
        .limit(PAGE)
    )
    if before is not None:
        query = query.where(
            (Journal.posted_on < before[0])
            | ((Journal.posted_on == before[0]) & (Journal.id < before[1]))
        )
    return db.session.scalars(query).all()


def lines_of(journal: Journal) -> Sequence[Posting]:
    """The lines of a journal with their accounts and parties, in order."""
    query = (
        select(Posting)
        .where(Posting.journal_id == journal.id)
        .options(joinedload(Posting.account), joinedload(Posting.party))
        .order_by(Posting.line)
    )
    return db.session.scalars(query).all()


def recorded_by(journal: Journal) -> str:
    """Who recorded a journal; empty when the system did."""
    name = select(User.name).where(User.id == journal.created_by)
    return db.session.scalar(name) or ""


def history_of(party_id: int, *, limit: int = 20) -> Sequence[Journal]:
    """The latest journals in which a party has a line, newest first."""
    mine = select(Posting.journal_id).where(Posting.party_id == party_id)
    query = (
        select(Journal)
        .where(Journal.id.in_(mine))
        .options(selectinload(Journal.postings))
        .order_by(Journal.posted_on.desc(), Journal.id.desc())
        .limit(limit)
    )
    return db.session.scalars(query).all()
