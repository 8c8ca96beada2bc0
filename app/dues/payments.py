"""Taking money in: principal, dues and voluntary savings in one payment, with one receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from babel.dates import format_date
from flask_babel import gettext as _

from app.cash import shifts
from app.core.errors import DomainError
from app.core.money import Rupiah
from app.core.period import Period
from app.dues.standing import covers, last_billed, standing
from app.ledger import services as ledger
from app.ledger.models import AccountRole, VoucherKind
from app.ledger.services import Line, Posted, Source, credit
from app.members import passive
from app.members import services as members
from app.members.models import Member
from tenants.definitions import Key
from tenants.settings import setting

PAID = "Membayar simpanan wajib"  # why a passive member is active again


class Method(StrEnum):
    """How money comes in, and so where it is afterwards."""

    CASH = "tunai"
    QRIS = "qris"
    TRANSFER = "transfer"

    @property
    def account(self) -> AccountRole:
        return {
            Method.CASH: AccountRole.CASH,
            Method.QRIS: AccountRole.QRIS_IN_TRANSIT,
            Method.TRANSFER: AccountRole.BANK_BRI,
        }[self]

    def till(self) -> AccountRole | int:
        """Where it goes for the person of this request: cash goes to the drawer of their shift."""
        return shifts.drawer() if self is Method.CASH else self.account


@dataclass(frozen=True)
class Payment:
    """What a member pays at once, in rupiah for each kind of savings."""

    principal: Rupiah = 0
    dues: Rupiah = 0
    voluntary: Rupiah = 0

    @property
    def total(self) -> Rupiah:
        return self.principal + self.dues + self.voluntary


def receive(
    member: Member,
    payment: Payment,
    *,
    on: date,
    key: UUID,
    method: Method = Method.CASH,
    seen: Rupiah | None = None,
) -> Posted:
    """Record what a member pays in (setoran). Sent again with the same key, it counts once.

    Dues settle the oldest month first and the rest stays as months paid ahead. Whoever has
    paid all of the principal becomes a member. `seen` is what had been paid in dues when the
    payer was told what they owe; if it is more or less by now, nothing is received.
    The caller commits.
    """
    if payment.total <= 0:
        raise DomainError(_("Enter how much money was received."))
    posted = ledger.post(
        on=on,
        memo=f"Setoran simpanan {member.name}",
        source=Source("payment", str(key)),
        lines=_lines(member, payment, method),
        voucher=VoucherKind.CASH_IN,
    )
    if not posted.again:
        _check_unchanged(member, payment, seen)
        _check_and_admit(member, payment, on)
        if payment.dues:
            passive.resume([member], on=on, reason=PAID)
    return posted


def owed_principal(member: Member, on: date) -> Rupiah:
    """What is still missing of the principal savings (simpanan pokok)."""
    return missing_principal(ledger.balances_of(member.id), on)


def missing_principal(held: Mapping[AccountRole, Rupiah], on: date) -> Rupiah:
    """The same for whose balances are known already."""
    return max(int(setting(Key.PRINCIPAL, on)) - held.get(AccountRole.PRINCIPAL_SAVINGS, 0), 0)


def describe(parts: Sequence[tuple[Period, Rupiah]]) -> str:
    """The months of a payment as a receipt names them: "Sep, Okt, Nov 2026"."""
    by_year: dict[int, list[str]] = {}
    for period, _amount in parts:
        name = format_date(period.first_day, "MMM", locale="id")
        by_year.setdefault(period.year, []).append(name)
    return ", ".join(f"{_span(names)} {year}" for year, names in by_year.items())


def _span(names: list[str]) -> str:
    """Months in a row: the first and the last say enough from five on."""
    return ", ".join(names) if len(names) < 5 else f"{names[0]}–{names[-1]}"


def _lines(member: Member, payment: Payment, method: Method) -> list[Line]:
    kinds = [
        (AccountRole.PRINCIPAL_SAVINGS, payment.principal, "Simpanan pokok"),
        (AccountRole.MANDATORY_SAVINGS, payment.dues, _dues_memo(member, payment.dues)),
        (AccountRole.VOLUNTARY_SAVINGS, payment.voluntary, "Simpanan sukarela"),
    ]
    return [
        Line(method.till(), debit=payment.total),
        *(credit(role, part, member.id, memo[:200]) for role, part, memo in kinds if part),
    ]


def _dues_memo(member: Member, amount: Rupiah) -> str:
    if not amount:
        return ""
    now = standing(member)
    months = covers(now, amount, after=last_billed(member, now))
    return f"Simpanan wajib {describe(months)}"


def _check_unchanged(member: Member, payment: Payment, seen: Rupiah | None) -> None:
    """After posting, so that the same months are not taken at two counters at once."""
    if seen is None or not payment.dues or member.left_on:
        return
    if standing(member).paid != seen + payment.dues:
        raise DomainError(
            _("Dues of this member were received or taken back just now. See what is left first.")
        )


def _check_and_admit(member: Member, payment: Payment, on: date) -> None:
    """After posting, so that two payments at once cannot both pass."""
    if not payment.principal:
        return
    held = ledger.balance(AccountRole.PRINCIPAL_SAVINGS, member.id)
    asked = int(setting(Key.PRINCIPAL, on))
    if held > asked:
        raise DomainError(_("This is more than the principal savings that are still missing."))
    if held == asked:
        members.activate(member, on=on)
