"""Trainings of the city: what was taught, when, and how many people of which cooperative came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, select

from app.companions.models import Training, TrainingAttendance
from app.extensions import db
from tenants.models import Tenant


@dataclass(frozen=True)
class Held:
    """A training with how many came, of how many cooperatives."""

    training: Training
    people: int
    cooperatives: int


def record(
    *, title: str, place: str, held_on: date, people: Mapping[int, int], by: int, key: UUID
) -> Training:
    """Record a training; again with the same key, it is the one recorded. The caller commits."""
    found = db.session.scalar(select(Training).where(Training.key == key))
    if found is not None:
        return found
    training = Training(title=title, place=place, held_on=held_on, recorded_by=by, key=key)
    db.session.add(training)
    db.session.flush()
    _count(training, people)
    return training


def amend(
    training: Training, *, title: str, place: str, held_on: date, people: Mapping[int, int]
) -> None:
    """Correct what was recorded, of the cooperatives named. The caller commits."""
    training.title, training.place, training.held_on = title, place, held_on
    named = TrainingAttendance.tenant_id.in_(people)
    mine = TrainingAttendance.training_id == training.id
    db.session.execute(delete(TrainingAttendance).where(mine, named))
    _count(training, people)


def find(training_id: int) -> Training | None:
    return db.session.get(Training, training_id)


def held(*, limit: int = 50) -> Sequence[Held]:
    """The trainings, the latest first."""
    counted = (
        select(
            TrainingAttendance.training_id.label("id"),
            func.sum(TrainingAttendance.people).label("people"),
            func.count().label("cooperatives"),
        )
        .group_by(TrainingAttendance.training_id)
        .subquery()
    )
    query = (
        select(Training, counted.c.people, counted.c.cooperatives)
        .outerjoin(counted, counted.c.id == Training.id)
        .order_by(Training.held_on.desc(), Training.id.desc())
        .limit(limit)
    )
    rows = db.session.execute(query)
    return [Held(training, int(people or 0), some or 0) for training, people, some in rows]


def attendance(training: Training) -> Sequence[tuple[Tenant, int]]:
    """How many came of each cooperative, by ward."""
    query = (
        select(Tenant, TrainingAttendance.people)
        .join(TrainingAttendance, TrainingAttendance.tenant_id == Tenant.id)
        .where(TrainingAttendance.training_id == training.id)
        .order_by(Tenant.ward)
    )
    return [(tenant, people) for tenant, people in db.session.execute(query)]


def attended_by(tenant: Tenant, *, limit: int = 20) -> Sequence[tuple[Training, int]]:
    """The trainings that people of a cooperative came to, the latest first."""
    query = (
        select(Training, TrainingAttendance.people)
        .join(TrainingAttendance, TrainingAttendance.training_id == Training.id)
        .where(TrainingAttendance.tenant_id == tenant.id)
        .order_by(Training.held_on.desc(), Training.id.desc())
        .limit(limit)
    )
    return [(training, people) for training, people in db.session.execute(query)]


def _count(training: Training, people: Mapping[int, int]) -> None:
    for tenant_id, number in people.items():
        if number:
            db.session.add(
                TrainingAttendance(training_id=training.id, tenant_id=tenant_id, people=number)
            )
    db.session.flush()
