from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeVar, cast

from flask import g
from flask_babel import gettext as _
from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import aliased

from app.auth.models import User
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.jobs.models import Job, JobState

Q = TypeVar("Q", bound=Select[*tuple[Any, ...]])

SILENT_AFTER = timedelta(minutes=2)
MOST_ATTEMPTS = 5
OPEN = (JobState.WAITING, JobState.RUNNING)
# Run by a command with a role of its own; a worker could not take them up.
BY_COMMAND = ("backup.make", "backup.check")


def ask(kind: str, key: str, *, tenant_id: int | None = None, **arguments: Any) -> Job:
    """Write a job down, once for each key; asked for again, the earlier one is returned.

    The caller commits, and only then tells the queue.
    """
    db.session.execute(
        postgresql.insert(Job)
        .values(
            kind=kind,
            key=key,
            tenant_id=tenant_id,
            arguments=arguments,
            started_by=g.get("actor_id"),
        )
        .on_conflict_do_nothing()
    )
    same_tenant = Job.tenant_id.is_not_distinct_from(tenant_id)
    return db.session.scalars(
        select(Job).where(Job.kind == kind, Job.key == key, same_tenant)
    ).one()


def begin(kind: str, key: str, tenant_ids: Sequence[int], **arguments: Any) -> dict[int, int]:
    """Write down jobs that whoever asks does at once, one a cooperative: their ids by its id.

    The caller commits before it starts to work.
    """
    now = clock.now()
    row = {
        "kind": kind,
        "key": key,
        "arguments": arguments,
        "started_by": g.get("actor_id"),
        "state": JobState.RUNNING,
        "attempts": 1,
        "started_at": now,
        "heartbeat_at": now,
    }
    rows = [row | {"tenant_id": tenant_id} for tenant_id in tenant_ids]
    written = insert(Job).returning(Job.tenant_id, Job.id)
    ids = db.session.execute(written, rows)
    return {tenant_id: job_id for tenant_id, job_id in ids if tenant_id is not None}


def claim(job_id: int) -> Job | None:
    """Take a job to work on; None when it is done or another worker is on it.

    The caller commits before it starts to work, so that others see the claim.
    """
    now = clock.now()
    return db.session.scalar(
        update(Job)
        .where(Job.id == job_id, _takeable())
        .values(
            state=JobState.RUNNING,
            attempts=Job.attempts + 1,
            started_at=now,
            heartbeat_at=now,
            done=0,
            error="",
        )
        .returning(Job)
    )


def beat(job_id: int, *, done: int | None = None, total: int | None = None) -> None:
    """Report that a job is alive, and how far it is. The caller commits."""
    progress = {"done": done, "total": total}
    values = {name: value for name, value in progress.items() if value is not None}
    _set(job_id, heartbeat_at=clock.now(), **values)


def finish(job_id: int, result: dict[str, Any]) -> None:
    """Keep the result of a job; it is done for good. The caller commits."""
    _set(job_id, state=JobState.DONE, result=result, finished_at=clock.now())


def fail(job_id: int, error: str) -> None:
    """Keep why a job cannot be done. The caller commits."""
    _set(job_id, state=JobState.FAILED, error=error[:2000], finished_at=clock.now())


def retry(job: Job) -> None:
    """Put a job that failed back, to be done as if for the first time. The caller commits."""
    if job.state is not JobState.FAILED:
        raise DomainError(_("This run is not stopped: it is done or still at work."))
    if job.kind in BY_COMMAND:
        raise DomainError(_("A command does this on the server; run that again."))
    _set(job.id, state=JobState.WAITING, attempts=0, error="", done=0, finished_at=None)


def give_up() -> None:
    """Let jobs fail that were lost with their worker once too often. The caller commits."""
    silent = Job.heartbeat_at < clock.now() - SILENT_AFTER
    spent = Job.attempts >= MOST_ATTEMPTS
    lost = update(Job).where(
        or_(
            and_(spent, Job.state == JobState.WAITING),
            and_(spent, Job.state == JobState.RUNNING, silent),
            and_(Job.kind.in_(BY_COMMAND), Job.state.in_(OPEN), silent),
        )
    )
    why = {"state": JobState.FAILED, "error": "LostError: its worker fell silent"}
    db.session.execute(
        lost.values(**why, finished_at=clock.now()).execution_options(synchronize_session=False)
    )


def release(job_id: int) -> None:
    """Put a job back that met a passing fault, to be taken up at the next sweep."""
    _set(job_id, state=JobState.WAITING, heartbeat_at=clock.now())


def overdue() -> Sequence[Job]:
    """Jobs whose hint got lost or whose worker fell silent, oldest first."""
    return db.session.scalars(
        select(Job)
        .where(_takeable(), Job.created_at < clock.now() - timedelta(seconds=30))
        .where(Job.kind.not_in(BY_COMMAND))
        .order_by(Job.id)
        .limit(200)
    ).all()


def runs(kind: str, *, limit: int = 50) -> Sequence[tuple[Job, str]]:
    """The latest jobs of a kind in this scope, with who started them (empty: the schedule)."""
    query = (
        select(Job, User.name)
        .outerjoin(User, User.id == Job.started_by)
        .where(Job.kind == kind)
        .order_by(Job.id.desc())
        .limit(limit)
    )
    return [(job, name or "") for job, name in db.session.execute(_here(query))]


def failures() -> Sequence[Job]:
    """The last run of each kind that failed and that no later run has made good."""
    return db.session.scalars(select(Job).where(_is_failure()).order_by(Job.id)).all()


def counting_failures() -> Select[int]:
    """How many those are, as a question."""
    return select(func.count()).select_from(Job).where(_is_failure())


def _is_failure() -> ColumnElement[bool]:
    later = aliased(Job)
    newer = select(later.id).where(
        later.kind == Job.kind,
        later.tenant_id.is_not_distinct_from(Job.tenant_id),
        later.id > Job.id,
    )
    return (Job.state == JobState.FAILED) & ~newer.exists() & _is_here()


def find(job_id: int) -> Job | None:
    """A job of this cooperative, or outside a scope of the platform."""
    return db.session.scalar(_here(select(Job).where(Job.id == job_id)))


def _here(query: Q) -> Q:
    return query.where(_is_here())


def _is_here() -> ColumnElement[bool]:
    return Job.tenant_id.is_not_distinct_from(g.tenant.id if "tenant" in g else None)


def _takeable() -> Any:
    silent = Job.heartbeat_at < clock.now() - SILENT_AFTER
    return and_(
        Job.attempts < MOST_ATTEMPTS,
        or_(
            Job.state == JobState.WAITING,
            and_(Job.state == JobState.RUNNING, silent),
        ),
    )


# Part of every job, and of billing a small cooperative a tenth: Core, and not the ORM.
_TABLE = cast(Table, Job.__table__)
_SET = _TABLE.update().where(_TABLE.c.id == bindparam("job"))


def _set(job_id: int, **values: Any) -> None:
    db.session.connection().execute(_SET, {"job": job_id} | values)
