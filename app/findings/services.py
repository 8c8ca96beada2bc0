from collections.abc import Sequence
from datetime import date

from flask import g
from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from app.auth.models import User
from app.auth.permissions import Role
from app.core.errors import DomainError
from app.extensions import db
from app.findings.models import Finding, FindingReply, FindingState
from app.ledger import services as ledger


def write(*, title: str, text: str, seat: Role, due_on: date) -> Finding:
    """Write a finding down, under the next number. The caller commits."""
    finding = Finding(
        number=ledger.next_number("finding"),
        title=title,
        text=text,
        seat=seat,
        due_on=due_on,
        written_by=g.get("actor_id"),
    )
    db.session.add(finding)
    db.session.flush()
    return finding


def answer(finding: Finding, text: str) -> None:
    """Say what was done about it; the supervisors then judge. The caller commits."""
    _reply(finding, FindingState.ANSWERED, text)


def close(finding: Finding, text: str) -> None:
    """Find that it is settled. The caller commits."""
    _reply(finding, FindingState.CLOSED, text)


def insist(finding: Finding, text: str) -> None:
    """Find that the answer does not do; it is open again. The caller commits."""
    _reply(finding, FindingState.OPEN, text)


def find(number: int) -> Finding | None:
    return db.session.scalar(select(Finding).where(Finding.number == number))


def unsettled() -> Sequence[Finding]:
    """Everything that is not closed, what is due first on top."""
    query = select(Finding).where(Finding.state != FindingState.CLOSED)
    return db.session.scalars(query.order_by(Finding.due_on, Finding.number)).all()


def settled(*, limit: int = 50) -> Sequence[Finding]:
    query = select(Finding).where(Finding.state == FindingState.CLOSED)
    return db.session.scalars(query.order_by(Finding.number.desc()).limit(limit)).all()


def count_unsettled() -> int:
    return db.session.scalar(counting_unsettled()) or 0


def counting_unsettled() -> Select[int]:
    """The same as a question, to be asked together with others."""
    return select(func.count()).select_from(Finding).where(Finding.state != FindingState.CLOSED)


def replies(finding: Finding) -> Sequence[tuple[FindingReply, str]]:
    """What was said on a finding and by whom, in order."""
    query = (
        select(FindingReply, User.name)
        .outerjoin(User, User.id == FindingReply.by)
        .where(FindingReply.finding_id == finding.id)
        .order_by(FindingReply.id)
    )
    return [(reply, name or "") for reply, name in db.session.execute(query)]


def author(finding: Finding) -> str:
    """Who wrote a finding; empty when the system did."""
    return db.session.scalar(select(User.name).where(User.id == finding.written_by)) or ""


def check_reply(before: FindingState, after: FindingState) -> None:
    """Refuse a word on a closed finding, and a verdict where nothing was answered."""
    if before is FindingState.CLOSED:
        raise DomainError(_("This finding is closed. Write a new one."))
    if after is FindingState.OPEN and before is FindingState.OPEN:
        raise DomainError(_("There is no answer to judge yet."))


def _reply(finding: Finding, state: FindingState, text: str) -> None:
    db.session.refresh(finding, with_for_update=True)
    check_reply(finding.state, state)
    db.session.add(
        FindingReply(finding_id=finding.id, state=state, text=text, by=g.get("actor_id"))
    )
    finding.state = state
    db.session.flush()
