"""What a visit finds amiss: written by the companion, answered by the board, judged by the
agency. Everything said stays, as with the cooperative's own findings (`app.findings`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import g
from sqlalchemy import ColumnElement, Select, func, select

from app.auth.models import User
from app.auth.permissions import Role
from app.companions import visits
from app.companions.models import Visit, VisitFinding, VisitFindingReply
from app.extensions import db
from app.findings.models import FindingState
from app.findings.services import check_reply
from tenants.models import Tenant


@dataclass(frozen=True)
class Found:
    """A finding with the visit and the cooperative it was found at, and by whom."""

    finding: VisitFinding
    visit: Visit
    cooperative: Tenant
    companion: str


def write(
    visit: Visit, *, title: str, text: str, seat: Role, due_on: date, key: UUID
) -> VisitFinding:
    """Write down what is amiss; again with the same key, it is the one written.

    Only while the report is not approved. The caller commits.
    """
    visits.check_open(visit)
    again = db.session.scalar(select(VisitFinding).where(VisitFinding.key == key))
    if again is not None:
        return again
    finding = VisitFinding(
        tenant_id=visit.tenant_id,
        visit_id=visit.id,
        key=key,
        title=title,
        text=text,
        seat=seat,
        due_on=due_on,
    )
    db.session.add(finding)
    db.session.flush()
    return finding


def answer(finding: VisitFinding, text: str) -> None:
    """Say what was done about it; the agency then judges. The caller commits."""
    _reply(finding, FindingState.ANSWERED, text)


def close(finding: VisitFinding, text: str) -> None:
    """Find that it is settled. The caller commits."""
    _reply(finding, FindingState.CLOSED, text)


def insist(finding: VisitFinding, text: str) -> None:
    """Find that the answer does not do; it is open again. The caller commits."""
    _reply(finding, FindingState.OPEN, text)


def find(finding_id: int) -> Found | None:
    return next(iter(_found(VisitFinding.id == finding_id)), None)


def of_visit(visit: Visit) -> Sequence[Found]:
    return _found(VisitFinding.visit_id == visit.id)


def unsettled(tenant: Tenant | None = None) -> Sequence[Found]:
    """What is not closed, due first on top: in a scope the cooperative's, else that named."""
    where = [VisitFinding.tenant_id == tenant.id] if tenant else []
    return _found(VisitFinding.state != FindingState.CLOSED, *where)


def counting_unsettled(tenant: Tenant) -> Select[int]:
    """How many of a cooperative are not closed, as a question."""
    here = VisitFinding.tenant_id == tenant.id
    query = select(func.count(VisitFinding.id))
    return query.where(here, VisitFinding.state != FindingState.CLOSED)


def answered() -> Sequence[Found]:
    """The answers that wait for the agency's verdict."""
    return _found(VisitFinding.state == FindingState.ANSWERED)


def between(first: date, last: date, *, by: int) -> Sequence[Found]:
    """What somebody's visits of these days found."""
    return _found(Visit.visited_on.between(first, last), Visit.companion_id == by)


def replies(finding: VisitFinding) -> Sequence[tuple[VisitFindingReply, str]]:
    """What was said on a finding and by whom, in order."""
    query = (
        select(VisitFindingReply, User.name)
        .outerjoin(User, User.id == VisitFindingReply.by)
        .where(VisitFindingReply.finding_id == finding.id)
        .order_by(VisitFindingReply.id)
    )
    return [(reply, name or "") for reply, name in db.session.execute(query)]


def _reply(finding: VisitFinding, state: FindingState, text: str) -> None:
    db.session.refresh(finding, with_for_update=True)
    check_reply(finding.state, state)
    row = {"tenant_id": finding.tenant_id, "finding_id": finding.id, "by": g.get("actor_id")}
    db.session.add(VisitFindingReply(state=state, text=text, **row))
    finding.state = state
    db.session.flush()


def _found(*which: ColumnElement[bool]) -> list[Found]:
    query = (
        select(VisitFinding, Visit, Tenant, User.name)
        .join(Visit, Visit.id == VisitFinding.visit_id)
        .join(Tenant, Tenant.id == VisitFinding.tenant_id)
        .join(User, User.id == Visit.companion_id)
        .where(*which)
        .order_by(VisitFinding.due_on, VisitFinding.id)
    )
    return [Found(*row) for row in db.session.execute(query)]
