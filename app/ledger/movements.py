"""What each journal moved in one account: the side of the books that a bank confirms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.core.money import Rupiah
from app.extensions import db
from app.ledger.models import Journal, Posting, Voucher


@dataclass(frozen=True)
class Booked:
    """A journal as one account sees it; what came in is positive."""

    journal_id: int
    on: date
    voucher: str
    memo: str
    amount: Rupiah


def booked(account_id: int, first: date, last: date) -> Sequence[Booked]:
    """Every journal that moved an account from `first` through `last`, in order of day."""
    amount = func.sum(Posting.debit - Posting.credit).label("amount")
    rows = db.session.execute(
        select(Journal.id, Journal.posted_on, Journal.memo, Voucher, amount)
        .join(Posting, Posting.journal_id == Journal.id)
        .join(Voucher, Voucher.journal_id == Journal.id)
        .where(Posting.account_id == account_id, Posting.posted_on.between(first, last))
        .group_by(Journal.tenant_id, Journal.id, Voucher.tenant_id, Voucher.journal_id)
        .having(amount != 0)
        .order_by(Journal.posted_on, Journal.id)
    )
    return [Booked(r.id, r.posted_on, str(r.Voucher), r.memo, int(r.amount)) for r in rows]


def balance_on(account_id: int, day: date) -> Rupiah:
    """Debit less credit of an account at the end of a day."""
    total = select(func.coalesce(func.sum(Posting.debit - Posting.credit), 0)).where(
        Posting.account_id == account_id, Posting.posted_on <= day
    )
    return int(db.session.scalar(total) or 0)
