from datetime import date
from uuid import UUID

from app.cash import shifts
from app.core.money import Rupiah
from app.ledger import services as ledger
from app.ledger.models import AccountRole, VoucherKind
from app.ledger.services import Line, Posted, Source
from app.members.models import Member

KINDS = (
    AccountRole.PRINCIPAL_SAVINGS,
    AccountRole.MANDATORY_SAVINGS,
    AccountRole.VOLUNTARY_SAVINGS,
)


def withdraw(member: Member, amount: Rupiah, *, on: date, key: UUID) -> Posted:
    """Record cash that a member takes out (penarikan); only voluntary savings allow it.

    The database refuses to let the balance fall below zero, also when two people pay out at
    once: a `DomainError`. The caller commits.
    """
    return ledger.post(
        on=on,
        memo=f"Penarikan simpanan sukarela {member.name}",
        source=Source("savings.withdrawal", str(key)),
        lines=[
            Line(
                AccountRole.VOLUNTARY_SAVINGS,
                debit=amount,
                party_id=member.id,
                memo="Penarikan simpanan sukarela",
            ),
            Line(shifts.drawer(), credit=amount),
        ],
        voucher=VoucherKind.CASH_OUT,
    )


def balances(member: Member) -> dict[AccountRole, Rupiah]:
    """What a member has saved of each kind, zero included."""
    held = ledger.balances_of(member.id)
    return {kind: held.get(kind, 0) for kind in KINDS}
