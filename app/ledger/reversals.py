"""Taking a journal back: one person asks with a reason, and it is done when another agrees.

The mirror is dated the day on which it is agreed, never the day of the mistake: a cash count
that was signed and a report that was handed out stay what they were, and the money goes back
on the day on which it does. The number of what is taken back stays; it reads *batal*.
"""

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import select

from app.approvals import services as approvals
from app.approvals.models import Approval, ApprovalState
from app.approvals.services import Shown
from app.core import clock
from app.core.errors import DomainError
from app.core.money import Rupiah
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import Journal

KIND = "ledger.reversal"


def ask(
    journal: Journal, *, title: str, amount: Rupiah, reason: str, page: str, kind: str = KIND
) -> Approval:
    """Ask that a journal be taken back; `page` is where the second person can look at it.

    Asked again while nobody has answered, it is the same request. After a refusal a new one
    may be made. The caller commits.
    """
    _check(journal)
    last, count = _requests(journal, kind)
    waits = last is not None and last.state is ApprovalState.WAITING
    return approvals.ask(
        kind,
        f"{journal.id}/{count if waits else count + 1}",
        title=title,
        amount=amount,
        reason=reason,
        journal=journal.id,
        page=page,
    )


def asked(journal: Journal, kind: str = KIND) -> Shown | None:
    """The last request to take a journal back, whatever became of it."""
    last, _count = _requests(journal, kind)
    return approvals.find(last.id) if last else None


def carry_out(approval: Approval) -> None:
    """Take the journal back, today; it was asked for and another person agrees."""
    journal = ledger.find_journal_by_id(approval.arguments["journal"])
    assert journal is not None
    _check(journal)
    ledger.reverse(journal, reason=approval.reason, on=clock.today())


def taken_back(journals: Iterable[Journal]) -> frozenset[int]:
    """Which of these journals no longer count, by their ids."""
    keys = [str(journal.id) for journal in journals]
    query = select(Journal.source_key).where(
        Journal.source_kind == KIND, Journal.source_key.in_(keys)
    )
    return frozenset(int(key) for key in db.session.scalars(query))


def _check(journal: Journal) -> None:
    if journal.source_kind == KIND:
        raise DomainError(_("This journal itself takes another one back. Record it anew."))
    if ledger.reversal_of(journal) is not None:
        raise DomainError(_("%(number)s has been taken back already.", number=journal.voucher))


def _requests(journal: Journal, kind: str) -> tuple[Approval | None, int]:
    """The last request about a journal, and how many there were."""
    last, count = None, 0
    while found := approvals.find_by_key(kind, f"{journal.id}/{count + 1}"):
        last, count = found, count + 1
    return last, count
