from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import aliased

from app.approvals.models import Approval, ApprovalState
from app.auth import services as people
from app.auth.models import User
from app.core import clock
from app.core.errors import DomainError
from app.core.money import Rupiah
from app.extensions import db
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import setting

# What only the chair answers: what a whole month of books says, and whether it says it again.
# By name, since the packages that ask stand above this one.
FOR_THE_CHAIR = frozenset({"ledger.close", "ledger.reopen"})

# Does what was asked for, in the transaction of the approval; `DomainError` when it no
# longer can be done.
Act = Callable[[Approval], None]


@dataclass(frozen=True)
class Shown:
    """A request with the names of who asked and who answered (empty: nobody yet)."""

    approval: Approval
    asked_by: str
    decided_by: str


def needs_second(amount: Rupiah) -> bool:
    """Whether money of this amount is paid out only with a second person's approval."""
    return amount >= int(setting(Key.APPROVAL_FROM, clock.today()))


def ask(
    kind: str, key: str, *, title: str, amount: Rupiah, reason: str, **arguments: Any
) -> Approval:
    """Ask a second person; asked again with the same key, the earlier request is returned.

    One that was refused or taken back may be asked for anew. The caller commits.
    """
    this = {"kind": kind, "key": key, "attempt": _attempt(find_by_key(kind, key))}
    said = {"title": title[:200], "amount": amount, "reason": reason, "arguments": arguments}
    row = postgresql.insert(Approval).values(**this, **said, **_asked_now())
    db.session.execute(row.on_conflict_do_nothing())
    return db.session.scalars(select(Approval).filter_by(**this)).one()


def approve(approval_id: int, act: Act, *, answer: str = "") -> Approval:
    """Agree, and do what was asked for. Approving again changes nothing. The caller commits.

    Raises `DomainError` for one's own request, for one that another office answers, and for
    one that was answered otherwise.
    """
    approval = _locked(approval_id)
    if approval.state is ApprovalState.APPROVED:
        return approval
    _decide(approval, ApprovalState.APPROVED, answer)
    act(approval)
    return approval


def reject(approval_id: int, *, answer: str) -> Approval:
    """Refuse, with a reason; nothing happens. The caller commits."""
    approval = _locked(approval_id)
    if approval.state is not ApprovalState.REJECTED:
        _decide(approval, ApprovalState.REJECTED, answer)
    return approval


def narrow(approval_id: int, **arguments: Any) -> Approval:
    """Ask for less than was asked, before answering; only who may answer does it.

    The caller commits.
    """
    approval = _locked(approval_id)
    _refuse_answer(approval)
    approval.arguments = approval.arguments | arguments
    db.session.flush()
    return approval


def withdraw(approval_id: int) -> Approval:
    """Take back what one has asked for oneself. The caller commits."""
    approval = _locked(approval_id)
    if approval.asked_by != g.actor_id:
        raise DomainError(_("Only who asked can take the request back."))
    if approval.state is not ApprovalState.WITHDRAWN:
        _settle(approval, ApprovalState.WITHDRAWN, "")
    return approval


def is_for_me(approval: Approval) -> bool:
    """Whether the office of who is here answers requests of this kind."""
    if approval.kind not in FOR_THE_CHAIR:
        return True
    return people.presides(g.actor_id, current_tenant())


def find(approval_id: int) -> Shown | None:
    return next(iter(_shown(Approval.id == approval_id)), None)


def find_by_key(kind: str, key: str) -> Approval | None:
    """The last request of this kind about this thing, whatever became of it."""
    query = select(Approval).where(Approval.kind == kind, Approval.key == key)
    return db.session.scalar(query.order_by(Approval.attempt.desc()).limit(1))


def about(kinds: Collection[str], key: str) -> Sequence[Shown]:
    """Every request of these kinds whose key begins like this, the latest first."""
    return _shown(Approval.kind.in_(kinds) & Approval.key.startswith(key, autoescape=True))


def waiting() -> Sequence[Shown]:
    """Every request that nobody has answered, the oldest first."""
    return sorted(
        _shown(Approval.state == ApprovalState.WAITING), key=lambda s: s.approval.asked_at
    )


def decided(*, limit: int = 50) -> Sequence[Shown]:
    """The requests answered last."""
    return _shown(Approval.state != ApprovalState.WAITING, limit=limit)


def count_waiting() -> int:
    """How many requests of others the person who is here could answer."""
    return db.session.scalar(counting_waiting()) or 0


def counting_waiting() -> Select[int]:
    """The same as a question, to be asked together with others."""
    others = Approval.asked_by != g.get("actor_id", 0)
    waiting = Approval.state == ApprovalState.WAITING
    query = select(func.count()).select_from(Approval).where(waiting, others)
    if "actor_id" not in g:
        return query
    chairs = people.presiding(g.actor_id, current_tenant())
    return query.where(Approval.kind.not_in(FOR_THE_CHAIR) | chairs)


def _attempt(last: Approval | None) -> int:
    if last is None:
        return 1
    over = last.state in (ApprovalState.REJECTED, ApprovalState.WITHDRAWN)
    return last.attempt + 1 if over else last.attempt


def _asked_now() -> dict[str, Any]:
    """What is true of each request when it is made: nobody has answered."""
    return {
        "tenant_id": current_tenant().id,
        "state": ApprovalState.WAITING,
        "asked_by": g.actor_id,
        "asked_at": clock.now(),
        "answer": "",
    }


def _shown(condition: Any, *, limit: int = 200) -> list[Shown]:
    asker, decider = aliased(User), aliased(User)
    query = (
        select(Approval, asker.name, decider.name)
        .join(asker, asker.id == Approval.asked_by)
        .outerjoin(decider, decider.id == Approval.decided_by)
        .where(condition)
        .order_by(Approval.asked_at.desc())
        .limit(limit)
    )
    return [Shown(row[0], row[1], row[2] or "") for row in db.session.execute(query)]


def _locked(approval_id: int) -> Approval:
    """To ourselves: two who answer at once must not both be heard."""
    query = select(Approval).where(Approval.id == approval_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _decide(approval: Approval, state: ApprovalState, answer: str) -> None:
    _refuse_answer(approval)
    _settle(approval, state, answer)


def _refuse_answer(approval: Approval) -> None:
    """Say why who is here may not answer, if they may not."""
    if approval.asked_by == g.actor_id:
        raise DomainError(_("Nobody answers their own request: another person must."))
    if not is_for_me(approval):
        raise DomainError(
            _(
                "Only the chair answers this, or the vice chair for business while nobody is"
                " the chair."
            )
        )
    if approval.state is not ApprovalState.WAITING:
        raise DomainError(_("This request has been answered already."))


def _settle(approval: Approval, state: ApprovalState, answer: str) -> None:
    if approval.state is not ApprovalState.WAITING:
        raise DomainError(_("This request has been answered already."))
    approval.state, approval.answer = state, answer
    approval.decided_by, approval.decided_at = g.actor_id, clock.now()
    db.session.flush()
