"""Plain words for money in and out, and the accounts they stand for."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.cash.models import Category, Direction, Till
from app.core.errors import DomainError, Invalid
from app.extensions import db
from app.ledger import accounts, reports
from app.ledger import services as ledger
from app.ledger.models import Account, AccountRole

_STANDARD = Path(__file__).with_suffix(".toml")
# Accounts that code refers to, and that a person may name all the same.
_FREE = frozenset(
    {
        AccountRole.GRANTS,
        AccountRole.BANK_INTEREST,
        AccountRole.BANK_CHARGES,
        AccountRole.FINAL_TAX,
        AccountRole.FINAL_TAX_PAYABLE,
        AccountRole.INTEREST_TAX_PAYABLE,
    }
)
_CLOSED = ("1.1.1.", "1.1.9.", "3.9.")  # money itself, branches, accounts of closing


def seed_categories() -> None:
    """Enter the words that a new cooperative starts with; its chart must stand already."""
    db.session.flush()
    standard = tomllib.loads(_STANDARD.read_text())
    lines = [(direction, *line) for direction in Direction for line in standard[direction]]
    account = accounts.coded(line[2] for line in lines)
    units = {unit.code: unit.id for unit in ledger.units()}
    db.session.add_all(
        Category(
            direction=direction,
            name=name,
            account_id=account[code].id,
            unit_id=units[unit[0]] if unit else None,
        )
        for direction, name, code, *unit in lines
    )


def categories(direction: Direction) -> Sequence[Category]:
    """The words in use for money in (or out), in alphabetical order."""
    query = select(Category).where(Category.direction == direction, Category.active)
    return db.session.scalars(query.order_by(func.lower(Category.name))).all()


def find(category_id: int) -> Category | None:
    return db.session.scalar(select(Category).where(Category.id == category_id))


def explained() -> Sequence[tuple[Category, Account]]:
    """Every word with its account, those not in use at the end."""
    query = (
        select(Category, Account)
        .join(Account, Account.id == Category.account_id)
        .order_by(Category.active.desc(), Category.direction, func.lower(Category.name))
    )
    return [(category, account) for category, account in db.session.execute(query)]


def accounts_to_choose() -> Sequence[Account]:
    """The accounts that a word may stand for, by code.

    Not those of money itself, nor those that are kept by person or that another part of the
    work keeps: there a word in the cash book would make two books disagree.
    """
    own = set(db.session.scalars(select(Till.account_id)))
    return [
        account
        for account in reports.chart()
        if account.id not in own
        and (account.role is None or account.role in _FREE)
        and not account.code.startswith(_CLOSED)
    ]


def add(direction: Direction, name: str, account_id: int, unit_id: int | None) -> Category:
    """Enter a word; `Invalid` when there is one like it. The caller commits."""
    category = Category(direction=direction, name=name, account_id=account_id, unit_id=unit_id)
    _check(category)
    db.session.add(category)
    _flush()
    return category


def change(
    category: Category, *, name: str, account_id: int, unit_id: int | None, active: bool
) -> None:
    """Let a word stand for something else from now on; what was recorded stays as it is."""
    category.name, category.account_id = name, account_id
    category.unit_id, category.active = unit_id, active
    _check(category)
    _flush()


def _check(category: Category) -> None:
    if category.account_id not in {account.id for account in accounts_to_choose()}:
        raise DomainError(_("Choose one of the accounts in the list."))


def _flush() -> None:
    """Two officers may enter the same word at the same moment."""
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Invalid(_("There is one of this name already.")) from error
