"""Erasing what is personal of somebody whose time is over; the sums in the books stay.

One person asks and another agrees. The database does it in one function (`forget_member`),
since the books and the trail of changes take nothing back otherwise: it blanks the personal
fields of the register, of what stands about the person elsewhere and of the trail, calls them
by their number, and leaves a row that says so.
"""

from flask_babel import gettext as _
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.ledger import services as ledger
from app.members import services as members
from app.members.models import Member
from app.privacy import retention

KIND = "privacy.forget"

_FORGET = text("SELECT forget_member(:member, :approval)")


def is_due(member: Member) -> bool:
    """Whether the years are over for which a person's data are kept."""
    until = retention.kept_until(member)
    return until is not None and until < clock.today() and member.forgotten_on is None


def ask(member: Member, *, reason: str) -> Approval:
    """Ask that somebody be forgotten. The caller commits.

    Raises `DomainError` while their time runs, and while something is owed to them or by them.
    """
    _check(member)
    return approvals.ask(
        KIND,
        str(member.id),
        title=f"Hapus data pribadi anggota {member.code}",
        amount=0,
        reason=reason,
        number=member.number,
    )


def asked(member: Member) -> Approval | None:
    """The last request to forget somebody, whatever became of it."""
    return approvals.find_by_key(KIND, str(member.id))


def carry_out(approval: Approval) -> None:
    """Forget whom a second person has agreed to forget."""
    member = members.find(approval.arguments["number"])
    assert member is not None
    _check(member)
    db.session.flush()
    try:
        db.session.execute(_FORGET, {"member": member.id, "approval": approval.id})
    except IntegrityError as error:
        raise DomainError(
            _("A sealed journal about this member is not as it was sealed. Verify the books first.")
        ) from error
    db.session.expire_all()


def _check(member: Member) -> None:
    if member.forgotten_on is not None:
        raise DomainError(_("Nothing personal is kept of this member any more."))
    if not is_due(member):
        raise DomainError(_("The time for which this member's data are kept is not over."))
    if any(ledger.balances_of(member.id).values()):
        raise DomainError(_("Something is still owed to this member or by them. Settle it first."))
