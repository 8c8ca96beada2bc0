"""Single accounts: opening one, what it holds, and what moved in it between two instants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.auth.models import User
from app.core.money import Rupiah
from app.core.period import Period
from app.extensions import db
from app.ledger.models import (
    Account,
    AccountMonth,
    AccountRole,
    AccountType,
    Journal,
    Party,
    PartyBalance,
    Posting,
    Side,
    Voucher,
)


@dataclass(frozen=True)
class Movement:
    """A line of an account as it was recorded, and by whom (empty: the system)."""

    at: datetime
    on: date
    voucher: Voucher
    memo: str
    debit: Rupiah
    credit: Rupiah
    by: str


def holdings(account_ids: Iterable[int]) -> dict[int, Rupiah]:
    """Debit less credit of each account by now."""
    wanted = list(account_ids)
    moved = func.sum(AccountMonth.debit - AccountMonth.credit)
    rows = db.session.execute(
        select(AccountMonth.account_id, moved)
        .where(AccountMonth.account_id.in_(wanted))
        .group_by(AccountMonth.account_id)
    )
    return dict.fromkeys(wanted, 0) | {account: int(amount) for account, amount in rows}


def holdings_through(account_ids: Iterable[int], period: Period) -> dict[int, Rupiah]:
    """Debit less credit of each account at the end of a month."""
    wanted = list(account_ids)
    rows = db.session.execute(
        select(AccountMonth.account_id, func.sum(AccountMonth.debit - AccountMonth.credit))
        .where(AccountMonth.account_id.in_(wanted), AccountMonth.period <= period.first_day)
        .group_by(AccountMonth.account_id)
    )
    return dict.fromkeys(wanted, 0) | {account: int(amount) for account, amount in rows}


def used(account_ids: Iterable[int], period: Period) -> set[int]:
    """Those of the accounts in which anything moved by the end of a month."""
    query = select(AccountMonth.account_id).where(
        AccountMonth.account_id.in_(list(account_ids)), AccountMonth.period <= period.first_day
    )
    return set(db.session.scalars(query))


def holding(account_id: int) -> Rupiah:
    """Debit less credit of an account by now."""
    return holdings([account_id])[account_id]


def moved(account_id: int, since: datetime, until: datetime) -> Sequence[Movement]:
    """What was recorded in an account between two instants, whatever day it is dated."""
    recorder = aliased(User)
    rows = db.session.execute(
        select(Journal, Voucher, Posting, recorder.name)
        .join(Posting, Posting.journal_id == Journal.id)
        .join(Voucher, Voucher.journal_id == Journal.id)
        .outerjoin(recorder, recorder.id == Journal.created_by)
        .where(Posting.account_id == account_id, Journal.created_at.between(since, until))
        .order_by(Journal.created_at, Journal.id, Posting.line)
    )
    return [_movement(journal, voucher, line, by or "") for journal, voucher, line, by in rows]


def _movement(journal: Journal, voucher: Voucher, line: Posting, by: str) -> Movement:
    return Movement(
        journal.created_at,
        journal.posted_on,
        voucher,
        line.memo or journal.memo,
        line.debit,
        line.credit,
        by,
    )


def named(account_ids: Iterable[int]) -> dict[int, Account]:
    """Accounts by their ids."""
    found = db.session.scalars(select(Account).where(Account.id.in_(list(account_ids))))
    return {account.id: account for account in found}


def coded(codes: Iterable[str]) -> dict[str, Account]:
    """Accounts by their codes."""
    found = db.session.scalars(select(Account).where(Account.code.in_(list(codes))))
    return {account.code: account for account in found}


def held_by_parties(role: AccountRole) -> Sequence[tuple[Party, Rupiah]]:
    """Everybody who holds something in an account kept by person, and how much."""
    rows = db.session.execute(
        select(Party, PartyBalance.balance)
        .join(PartyBalance, PartyBalance.party_id == Party.id)
        .join(Account, Account.id == PartyBalance.account_id)
        .where(Account.role == role, PartyBalance.balance != 0)
        .order_by(Party.name)
    )
    return [(party, balance) for party, balance in rows]


def money() -> frozenset[int]:
    """The accounts that hold money (kas dan setara kas), by id."""
    query = select(Account.id).where(Account.code.like("1.1.1.%"))
    return frozenset(db.session.scalars(query))


def open_money_account(name: str, *, first: int) -> Account:
    """Open an account for money (kas dan setara kas) under the first free code 1.1.1.x.

    The caller sees to it that two do not do so at once. The caller commits.
    """
    taken = set(db.session.scalars(select(Account.code).where(Account.code.like("1.1.1.%"))))
    numbers = (*range(first, 100), *range(1, first))
    code = next(code for number in numbers if (code := f"1.1.1.{number:02d}") not in taken)
    account = Account(code=code, name=name, type=AccountType.ASSET, side=Side.DEBIT, role=None)
    db.session.add(account)
    db.session.flush()
    return account
