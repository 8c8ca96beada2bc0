"""Runs of all cooperatives, for the operator: asked outside a scope, and without anything personal.

What a run keeps may speak of people (the text of a refusal, a list that was ordered), so the
operator gets when, how often, how long and what sort of fault, and the cooperative the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Select, func, select

from app.core import clock
from app.extensions import db
from app.jobs.models import Job, JobState
from tenants.models import Tenant

Q = TypeVar("Q", bound=Select[*tuple[Any, ...]])

_FAULT = re.compile(r"[A-Za-z_]\w*(Error|Exception|Timeout|Lost)\b")


@dataclass(frozen=True)
class Run:
    """One run as the operator sees it; without a cooperative it is the platform's own."""

    id: int
    kind: str
    state: JobState
    attempts: int
    where: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    fault: str

    @property
    def seconds(self) -> float | None:
        """How long it took, or has taken so far; nothing before it began."""
        if self.started_at is None or self.state is JobState.WAITING:
            return None
        return max(((self.finished_at or clock.now()) - self.started_at).total_seconds(), 0)


@dataclass(frozen=True)
class Tally:
    """The runs of one kind in a time."""

    kind: str
    runs: int
    failed: int
    open: int
    seconds: float | None  # of the one in the middle
    last_at: datetime


def count(*, kind: str = "", state: JobState | None = None) -> int:
    query = select(func.count()).select_from(_narrowed(select(Job.id), kind, state).subquery())
    return db.session.scalar(query) or 0


def runs(
    *, kind: str = "", state: JobState | None = None, first: int = 0, limit: int = 50
) -> Sequence[Run]:
    """The latest runs anywhere, narrowed to a kind and a state."""
    query = _narrowed(_runs(), kind, state).order_by(Job.id.desc()).offset(first).limit(limit)
    return [_run(job, ward) for job, ward in db.session.execute(query)]


def find(job_id: int) -> Job | None:
    """A run of any cooperative."""
    return db.session.scalar(select(Job).where(Job.id == job_id))


def tallies(since: timedelta) -> Sequence[Tally]:
    """What ran in a time, kind by kind."""
    took = func.extract("epoch", Job.finished_at - Job.started_at)
    done = Job.state == JobState.DONE
    query = (
        select(
            Job.kind,
            func.count(),
            func.count().filter(Job.state == JobState.FAILED),
            func.count().filter(Job.state.in_((JobState.WAITING, JobState.RUNNING))),
            func.percentile_cont(0.5).within_group(took).filter(done),
            func.max(Job.created_at),
        )
        .where(Job.created_at > clock.now() - since)
        .group_by(Job.kind)
        .order_by(Job.kind)
    )
    return [Tally(*row) for row in db.session.execute(query)]


def oldest_waiting() -> datetime | None:
    """Since when the run that has waited longest has waited."""
    return db.session.scalar(select(func.min(Job.created_at)).where(Job.state == JobState.WAITING))


def last_beat() -> datetime | None:
    """When a run at work last said that it is alive."""
    return db.session.scalar(
        select(func.max(Job.heartbeat_at)).where(Job.state == JobState.RUNNING)
    )


def _runs() -> Select[Job, str]:
    return select(Job, Tenant.ward).outerjoin(Tenant, Tenant.id == Job.tenant_id)


def _narrowed(query: Q, kind: str, state: JobState | None) -> Q:
    if kind:
        query = query.where(Job.kind == kind)
    return query.where(Job.state == state) if state else query


def _run(job: Job, ward: str | None) -> Run:
    fault = _FAULT.match(job.error)
    return Run(
        id=job.id,
        kind=job.kind,
        state=job.state,
        attempts=job.attempts,
        where=ward or "",
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        fault=fault[0] if fault else "",
    )
