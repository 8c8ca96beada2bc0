from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.cash import paying, shifts
from app.cash.models import Till
from app.core import clock
from app.core.errors import DomainError
from app.core.money import Rupiah
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Line, Posted, Source
from app.members import services as members
from app.members.models import Member

WITHDRAWAL = "savings.withdrawal"
KINDS = (
    AccountRole.PRINCIPAL_SAVINGS,
    AccountRole.MANDATORY_SAVINGS,
    AccountRole.VOLUNTARY_SAVINGS,
)


def ask_or_withdraw(
    member: Member, amount: Rupiah, *, on: date, key: UUID, till: Till
) -> Posted | Approval:
    """Pay out at once, or ask a second person where the amount needs one. The caller commits."""
    if not approvals.needs_second(amount):
        return withdraw(member, amount, on=on, key=key, till=till)
    shifts.check_may_handle(till)
    if amount > balances(member)[AccountRole.VOLUNTARY_SAVINGS]:
        raise DomainError(_("The balance does not reach for that."))
    return approvals.ask(
        WITHDRAWAL,
        str(key),
        title=f"Penarikan simpanan sukarela {member.name} ({member.code}) dari {till.name}",
        amount=amount,
        reason="Penarikan simpanan sukarela",
        number=member.number,
        till_id=till.id,
    )


def withdraw(
    member: Member, amount: Rupiah, *, on: date, key: UUID, till: Till | None = None
) -> Posted:
    """Record what a member takes out (penarikan) of a till; only voluntary savings allow it.

    Without a till it comes from the drawer of one's shift. The database refuses to let the
    balance fall below zero, also when two people pay out at once: a `DomainError`, as where
    the till does not hold enough. The caller commits.
    """
    source = till or shifts.usual_till()
    shifts.check_may_handle(source)
    return _withdraw(member, amount, source, on=on, key=str(key))


def carry_out(approval: Approval) -> None:
    """Pay out what a second person has approved of, on the day of the approval."""
    asked = approval.arguments
    member = members.find(asked["number"])
    assert member is not None
    till = paying.named(asked["till_id"])
    _withdraw(member, approval.amount, till, on=clock.today(), key=approval.key)


def _withdraw(member: Member, amount: Rupiah, till: Till, *, on: date, key: str) -> Posted:
    memo = "Penarikan simpanan sukarela"
    return paying.pay(
        till,
        amount,
        [Line(AccountRole.VOLUNTARY_SAVINGS, debit=amount, party_id=member.id, memo=memo)],
        on=on,
        memo=f"{memo} {member.name}",
        source=Source(WITHDRAWAL, key),
    )


def balances(member: Member) -> dict[AccountRole, Rupiah]:
    """What a member has saved of each kind, zero included."""
    held = ledger.balances_of(member.id)
    return {kind: held.get(kind, 0) for kind in KINDS}
