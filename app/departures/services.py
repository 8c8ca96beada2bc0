from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import g
from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.cash import paying, shifts
from app.cash.models import Till
from app.core import clock
from app.core.errors import DomainError
from app.core.money import Rupiah
from app.core.period import Period
from app.departures.models import Departure, DepartureKind
from app.dues.models import DuesWaiver
from app.dues.standing import standing
from app.extensions import db
from app.ledger import months, reversals
from app.ledger import services as ledger
from app.ledger.models import AccountRole, Journal
from app.ledger.services import Line, Posted, Source
from app.members import services as members
from app.members.models import Member

KIND = "departures.refund"

# What is paid out, each with where it stands while somebody is a member and after leaving.
_HELD = (
    (AccountRole.PRINCIPAL_SAVINGS, AccountRole.PRINCIPAL_REFUNDS),
    (AccountRole.MANDATORY_SAVINGS, AccountRole.MANDATORY_REFUNDS),
    (AccountRole.VOLUNTARY_SAVINGS, AccountRole.VOLUNTARY_SAVINGS),
    (AccountRole.SURPLUS_PAYABLE, AccountRole.SURPLUS_PAYABLE),
)
_MEMOS = {
    AccountRole.PRINCIPAL_REFUNDS: "Pengembalian simpanan pokok",
    AccountRole.MANDATORY_REFUNDS: "Pengembalian simpanan wajib",
    AccountRole.VOLUNTARY_SAVINGS: "Pengembalian simpanan sukarela",
    AccountRole.SURPLUS_PAYABLE: "SHU yang belum dibayarkan",
    AccountRole.MEMBER_RECEIVABLE: "Potongan utang toko",
}


@dataclass(frozen=True)
class Settlement:
    """What a member gets back on leaving: savings and surplus less what they owe."""

    principal: Rupiah
    mandatory: Rupiah
    voluntary: Rupiah
    surplus: Rupiah
    receivable: Rupiah
    cancelled: Rupiah  # dues that were never paid; not deducted

    @property
    def refund(self) -> Rupiah:
        held = self.principal + self.mandatory + self.voluntary + self.surplus
        return held - self.receivable


def settlement(member: Member) -> Settlement:
    """What leaving comes to, by the books as they are now (case G4)."""
    held = ledger.balances_of(member.id)
    principal, mandatory, voluntary, surplus = (
        sum(held.get(role, 0) for role in set(roles)) for roles in _HELD
    )
    return Settlement(
        principal,
        mandatory,
        voluntary,
        surplus,
        receivable=held.get(AccountRole.MEMBER_RECEIVABLE, 0),
        cancelled=standing(member).owed,
    )


def depart(member: Member, kind: DepartureKind, *, on: date, reason: str, letter: str) -> Departure:
    """End a membership: cancel unpaid months, and owe back what was saved. The caller commits.

    Raises `DomainError` for somebody who has left, and for a day before they joined.
    """
    unpaid = standing(member).unpaid
    members.leave(member, on=on, reason=reason)
    db.session.add_all(_let_off(member, month.period) for month in unpaid)
    departure = Departure(
        member_id=member.id,
        kind=kind,
        on=on,
        reason=reason,
        letter=letter,
        created_by=g.get("actor_id"),
    )
    db.session.add(departure)
    db.session.flush()
    _owe_back(member, on)
    if not any(ledger.balances_of(member.id).values()):
        departure.refunded, departure.refunded_on = 0, on  # nobody waits for nothing
        db.session.flush()
    return departure


def ask_or_refund(
    member: Member, *, on: date, recipient: str, papers: str, till: Till
) -> Posted | Approval:
    """Pay out at once, or ask a second person where the amount needs one. The caller commits."""
    shifts.check_may_handle(till)
    due = settlement(member).refund
    if not approvals.needs_second(due):
        return refund(member, on=on, recipient=recipient, papers=papers, till=till)
    return approvals.ask(
        KIND,
        key_of(member),
        title=f"Pengembalian simpanan {member.name} ({member.code})",
        amount=due,
        reason=_departure(member).reason,
        number=member.number,
        on=on.isoformat(),
        recipient=recipient,
        papers=papers,
        till_id=till.id,
    )


def refund(member: Member, *, on: date, recipient: str, papers: str, till: Till) -> Posted:
    """Pay out of a till what is owed back, once for each who left. The caller commits."""
    departure, due = _departure(member), settlement(member)
    _check_may_be_paid(departure, due, to_heirs=bool(recipient and papers))
    departure.refunded, departure.refunded_on = due.refund, on
    departure.recipient, departure.recipient_papers = recipient or member.name, papers
    return paying.pay(
        till,
        due.refund,
        _refund_lines(member),
        on=on,
        memo=f"Pengembalian simpanan anggota keluar {member.name}",
        source=Source(KIND, key_of(member)),
    )


def key_of(member: Member) -> str:
    """Under which the refund is asked for and booked: another one after each that was cancelled."""
    refunds = db.session.scalars(
        select(Journal).where(
            Journal.source_kind == KIND,
            (Journal.source_key == str(member.id)) | Journal.source_key.like(f"{member.id}/%"),
        )
    ).all()
    cancelled = len(reversals.taken_back(refunds))
    return f"{member.id}/{cancelled}" if cancelled else str(member.id)


def take_up_again(journal: Journal) -> None:
    """What was paid out by a journal that is cancelled is owed again. The caller commits."""
    if journal.source_kind != KIND:
        return
    member_id = int(journal.source_key.split("/")[0])
    query = select(Departure).where(Departure.member_id == member_id)
    departure = db.session.scalars(query).one()
    departure.refunded = departure.refunded_on = None
    departure.recipient = departure.recipient_papers = ""
    db.session.flush()


def carry_out(approval: Approval) -> None:
    """Pay out what a second person has approved."""
    asked = approval.arguments
    member = members.find(asked["number"])
    assert member is not None
    refund(
        member,
        on=min(date.fromisoformat(asked["on"]), clock.today()),
        recipient=asked["recipient"],
        papers=asked["papers"],
        till=paying.named(asked.get("till_id")),
    )


def find(member: Member) -> Departure | None:
    return db.session.scalar(select(Departure).where(Departure.member_id == member.id))


def kinds() -> dict[int, DepartureKind]:
    """How everybody left who did, by their id."""
    query = select(Departure.member_id, Departure.kind)
    return {row.member_id: row.kind for row in db.session.execute(query)}


def unpaid() -> Sequence[Member]:
    """Who has left and is still owed something, the longest first."""
    query = (
        select(Member)
        .join(Departure, Departure.member_id == Member.id)
        .where(Departure.tenant_id == Member.tenant_id, Departure.refunded.is_(None))
        .order_by(Departure.on)
    )
    return db.session.scalars(query).all()


def counting_unpaid() -> Select[int]:
    """How many those are, as a question."""
    return select(func.count()).select_from(Departure).where(Departure.refunded.is_(None))


def _check_may_be_paid(departure: Departure, due: Settlement, *, to_heirs: bool) -> None:
    if departure.refunded is not None:
        raise DomainError(_("This was paid out already."))
    if due.refund < 0:
        raise DomainError(_("The member still owes more than is saved. Settle that first."))
    if departure.kind is DepartureKind.DEATH and not to_heirs:
        raise DomainError(_("Write the heir and the certificate of inheritance first."))


def _let_off(member: Member, period: Period) -> DuesWaiver:
    return DuesWaiver(
        member_id=member.id,
        period=period.first_day,
        reason="Keluar sebagai anggota",
        created_by=g.get("actor_id"),
    )


def _departure(member: Member) -> Departure:
    found = find(member)
    if found is None:
        raise DomainError(_("This member has not left."))
    return found


def _owe_back(member: Member, on: date) -> None:
    """Principal and mandatory savings cease to be equity (domain reference 2.3)."""
    held = ledger.balances_of(member.id)
    moves = [(a, b, held[a]) for a, b in _HELD if a is not b and held.get(a)]
    if not moves:
        return
    ledger.post(
        on=clock.today() if months.is_closed(on) else on,
        memo=f"Simpanan anggota keluar {member.name}",
        source=Source("departures.leaving", str(member.id)),
        lines=[Line(a, debit=amount, party_id=member.id) for a, _b, amount in moves]
        + [Line(b, credit=amount, party_id=member.id) for _a, b, amount in moves],
    )


def _refund_lines(member: Member) -> list[Line]:
    held = ledger.balances_of(member.id)
    owed = held.get(AccountRole.MEMBER_RECEIVABLE, 0)
    lines = [
        Line(role, debit=held[role], party_id=member.id, memo=_MEMOS[role])
        for _before, role in _HELD
        if held.get(role)
    ]
    if owed:
        memo = _MEMOS[AccountRole.MEMBER_RECEIVABLE]
        lines.append(Line(AccountRole.MEMBER_RECEIVABLE, 0, owed, member.id, memo))
    if not lines:
        raise DomainError(_("There is nothing to pay out."))
    return lines
