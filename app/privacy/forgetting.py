"""Erasing what is personal of somebody whose time is over; the sums in the books stay.

One person asks and another agrees. The database does it in one function (`forget_member`),
since the books and the trail of changes take nothing back otherwise: it blanks the personal
fields of the register, of what stands about the person elsewhere and of the trail, calls them
by their number, and leaves a row that says so.

A name of one word, or one that another person bears as well, is taken out of rows about them by
itself. Where it stands in other texts only people can tell whom it means: who asks ticks those
to be taken out, and who agrees sees them; what was not ticked stays.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

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

# The text itself is not kept with the request: it would have to be forgotten as well.
_AMBIGUOUS = text("""
    SELECT md5(content) AS mark, content, array_agg(DISTINCT place ORDER BY place) AS places
    FROM ambiguous_texts(:member) GROUP BY content ORDER BY content
""")
_FORGET = text("SELECT forget_member(:member, :approval)")


@dataclass(frozen=True)
class Ambiguous:
    """A text with a name that may be this person's or another's, and in which tables it is."""

    mark: str
    content: str
    places: Sequence[str]


def is_due(member: Member) -> bool:
    """Whether the years are over for which a person's data are kept."""
    until = retention.kept_until(member)
    return until is not None and until < clock.today() and member.forgotten_on is None


def ambiguous(member: Member) -> Sequence[Ambiguous]:
    """The texts of which only people can tell whether they mean this member."""
    rows = db.session.execute(_AMBIGUOUS, {"member": member.id})
    return [Ambiguous(row.mark, row.content, row.places) for row in rows]


def ask(
    member: Member, *, reason: str, texts: Collection[str] = (), page: str | None = None
) -> Approval:
    """Ask that somebody be forgotten, also in the ambiguous `texts` (their marks).

    `page` is where the second person can look at them. The caller commits.

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
        texts=sorted(texts),
        page=page,
    )


def asked(member: Member) -> Approval | None:
    """The last request to forget somebody, whatever became of it."""
    return approvals.find_by_key(KIND, str(member.id))


def leave(approval: Approval, mark: str) -> None:
    """Take a tick away: who is asked knows that a text means somebody else, and it stays.

    Only less is erased than was asked for, so both have agreed to all that is. Caller commits.
    """
    ticked = approval.arguments.get("texts", [])
    approvals.narrow(approval.id, texts=[one for one in ticked if one != mark])


def carry_out(approval: Approval) -> None:
    """Forget whom a second person has agreed to forget."""
    member = members.find(approval.arguments["number"])
    assert member is not None
    _check(member)
    db.session.flush()
    try:
        db.session.execute(_FORGET, {"member": member.id, "approval": approval.id})
    except IntegrityError as error:
        raise _refusal(error) from error
    db.session.expire_all()


def _refusal(error: IntegrityError) -> Exception:
    """What the database refused on principle, in words."""
    said = error.orig.diag  # type: ignore[union-attr]
    if said.constraint_name != "sealed":
        return error
    db.session.rollback()
    journal = ledger.find_journal_by_id(int(said.message_detail))
    return DomainError(
        _(
            "%(number)s is not as it was sealed: somebody changed it in the database. Nobody is"
            " forgotten until that is cleared up; the operator verifies the books.",
            number=journal.voucher if journal else said.message_detail,
        )
    )


def _check(member: Member) -> None:
    if member.forgotten_on is not None:
        raise DomainError(_("Nothing personal is kept of this member any more."))
    if not is_due(member):
        raise DomainError(_("The time for which this member's data are kept is not over."))
    if any(ledger.balances_of(member.id).values()):
        raise DomainError(_("Something is still owed to this member or by them. Settle it first."))
