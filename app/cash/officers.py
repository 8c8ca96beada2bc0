"""What officers paid from their own pocket (talangan pengurus): a debt of the cooperative, kept
by person, and paid back later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.auth import services as people
from app.auth.models import User
from app.cash import categories, tills
from app.cash.models import Category, OfficerParty, Till
from app.core import clock
from app.core.errors import DomainError
from app.core.money import Rupiah, rupiah
from app.extensions import db
from app.ledger import accounts
from app.ledger import services as ledger
from app.ledger.models import AccountRole, Party, VoucherKind
from app.ledger.services import Line, Posted, Source
from tenants.scope import current_tenant

OWN_POCKET = "cash.own_pocket"
REPAYMENT = "cash.repayment"


@dataclass(frozen=True)
class Expense:
    """What an officer paid for the cooperative (no unit: as usual for the words)."""

    officer: User
    category: Category
    amount: Rupiah
    note: str
    unit_id: int | None = None


@dataclass(frozen=True)
class Owed:
    """What the cooperative owes to an officer."""

    party: Party
    amount: Rupiah


def officers() -> Sequence[User]:
    """Who holds an office here today, by name."""
    today = clock.today()
    held = {
        user.id: user for office, user in people.seats(current_tenant()) if office.is_held_on(today)
    }
    return sorted(held.values(), key=lambda user: user.name)


def spend(expense: Expense, *, on: date, key: UUID) -> Posted | Approval:
    """Record an expense that an officer paid; again with the same key, it counts once.

    Above the limit a second person agrees first that the cooperative owes it. The caller
    commits.
    """
    if approvals.needs_second(expense.amount):
        return approvals.ask(
            OWN_POCKET,
            str(key),
            title=f"{expense.category.name}, dibayar dulu oleh {expense.officer.name}",
            amount=expense.amount,
            reason=expense.note,
            officer_id=expense.officer.id,
            category_id=expense.category.id,
            unit_id=expense.unit_id,
            note=expense.note,
        )
    return _book_expense(expense, on=on, key=key)


def owed() -> list[Owed]:
    """What the cooperative owes to whom, the largest first."""
    held = accounts.held_by_parties(AccountRole.OWED_TO_OFFICERS)
    return sorted((Owed(*each) for each in held), key=lambda each: -each.amount)


def owed_to(party_id: int) -> Owed | None:
    return next((each for each in owed() if each.party.id == party_id), None)


def repay(debt: Owed, amount: Rupiah, till: Till, *, on: date, key: UUID) -> Posted | Approval:
    """Pay back to an officer; above the limit a second person is asked. The caller commits.

    No more than is owed (the database sees to it), and no more than the till holds: a
    `DomainError`.
    """
    name, owed = debt.party.name, rupiah(debt.amount)
    if amount > debt.amount:
        raise DomainError(_("Only %(sum)s is still owed to %(name)s.", sum=owed, name=name))
    if approvals.needs_second(amount):
        return _ask_to_repay(debt.party, amount, till, key)
    return _book_repayment(debt.party, amount, till, on=on, key=key)


def _ask_to_repay(party: Party, amount: Rupiah, till: Till, key: UUID) -> Approval:
    return approvals.ask(
        REPAYMENT,
        str(key),
        title=f"Ganti uang {party.name} dari {till.name}",
        amount=amount,
        reason="Talangan pengurus",
        party_id=party.id,
        till_id=till.id,
    )


def carry_out(approval: Approval) -> None:
    """Book what a second person has approved of, on the day of the approval."""
    arguments, key = approval.arguments, UUID(approval.key)
    if approval.kind == OWN_POCKET:
        _book_expense(_expense(approval.amount, arguments), on=clock.today(), key=key)
        return
    party = db.session.scalars(select(Party).where(Party.id == arguments["party_id"])).one()
    till = tills.find(arguments["till_id"])
    assert till is not None
    _book_repayment(party, approval.amount, till, on=clock.today(), key=key)


def _expense(amount: Rupiah, arguments: dict[str, Any]) -> Expense:
    officer = db.session.get_one(User, arguments["officer_id"])
    category = categories.find(arguments["category_id"])
    assert category is not None
    return Expense(officer, category, amount, arguments["note"], arguments["unit_id"])


def _book_expense(expense: Expense, *, on: date, key: UUID) -> Posted:
    what = f"{expense.category.name}: {expense.note}" if expense.note else expense.category.name
    unit_id = expense.unit_id or expense.category.unit_id
    return ledger.post(
        on=on,
        memo=f"{what} (dibayar dulu oleh {expense.officer.name})",
        source=Source(OWN_POCKET, str(key)),
        lines=[
            Line(expense.category.account_id, debit=expense.amount, unit_id=unit_id),
            Line(
                AccountRole.OWED_TO_OFFICERS,
                credit=expense.amount,
                party_id=_party_of(expense.officer),
                memo=what,
            ),
        ],
    )


def _book_repayment(party: Party, amount: Rupiah, till: Till, *, on: date, key: UUID) -> Posted:
    tills.lock(till)
    posted = ledger.post(
        on=on,
        memo=f"Ganti uang talangan {party.name}",
        source=Source(REPAYMENT, str(key)),
        lines=[
            Line(AccountRole.OWED_TO_OFFICERS, debit=amount, party_id=party.id),
            Line(till.account_id, credit=amount),
        ],
        voucher=VoucherKind.CASH_OUT,
    )
    if not posted.again:
        tills.check_gave(till, amount)
    return posted


def _party_of(officer: User) -> int:
    """Their page in the subsidiary ledger; opened with their first expense."""
    known = select(OfficerParty.party_id).where(OfficerParty.user_id == officer.id)
    if (party_id := db.session.scalar(known)) is not None:
        return party_id
    tills.lock(tills.main_till())  # two first expenses at once would open two pages
    if (party_id := db.session.scalar(known)) is not None:
        return party_id
    party = ledger.open_party(officer.name)
    db.session.add(OfficerParty(user_id=officer.id, party_id=party.id))
    db.session.flush()
    return party.id
