"""Cancelling a receipt (batal): asked for with a reason, done by a second person.

The books then hold two journals that add up to nothing, and the number stays: paper that is
out there must be found under it. Whoever has become a member by what is cancelled stays one,
since a decision of the cooperative is not undone by a slip at the till; what they owe of the
principal and the dues shows again by itself, because it is counted from the books.
"""

from flask_babel import gettext as _

from app.approvals.models import Approval
from app.approvals.services import Shown
from app.departures import services as departures
from app.ledger import reversals
from app.ledger import services as ledger
from app.receipts.services import Receipt

KIND = "receipts.void"


def ask(receipt: Receipt, *, reason: str, page: str) -> Approval:
    """Ask that a receipt be cancelled. The caller commits."""
    return reversals.ask(
        receipt.journal,
        kind=KIND,
        title=_("Cancel %(number)s of %(who)s", number=receipt.number, who=receipt.member.name),
        amount=receipt.total,
        reason=reason,
        page=page,
    )


def carry_out(approval: Approval) -> None:
    """Cancel the receipt that a second person has agreed to cancel.

    Where it paid out somebody who left, that is owed to them again.
    """
    reversals.carry_out(approval)
    journal = ledger.find_journal_by_id(approval.arguments["journal"])
    assert journal is not None
    departures.take_up_again(journal)


def asked(receipt: Receipt) -> Shown | None:
    """The last request to cancel a receipt, whatever became of it."""
    return reversals.asked(receipt.journal, KIND)
