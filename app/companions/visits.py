"""Reports of visits: recorded once, amended by their author until the agency approves."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import aliased

from app.auth.models import User
from app.companions.models import Side, Topic, Visit, VisitorKind, VisitPhoto, VisitSignature
from app.core import clock
from app.core.errors import DomainError
from app.core.pictures import Picture
from app.extensions import db
from tenants.models import Tenant

MOST_PHOTOS = 6


@dataclass(frozen=True)
class Report:
    """What a companion writes about a visit."""

    visited_on: date
    began_at: time
    ended_at: time
    kind: VisitorKind
    purpose: str
    attended: str
    topics: Sequence[Topic]
    observations: str
    recommendations: str
    signed_by: str
    on_paper: bool


@dataclass(frozen=True)
class Told:
    """A visit with the names one reads beside it."""

    visit: Visit
    cooperative: Tenant
    companion: str
    approver: str


def record(
    report: Report,
    cooperative: Tenant,
    *,
    by: int,
    key: UUID,
    signatures: Mapping[Side, bytes],
) -> Visit:
    """Record a visit; again with the same key, it is the one recorded. The caller commits."""
    found = db.session.scalar(select(Visit).where(Visit.key == key))
    if found is not None:
        return found
    visit = Visit(tenant_id=cooperative.id, companion_id=by, key=key, **asdict(report))
    db.session.add(visit)
    db.session.flush()
    _sign(visit, signatures)
    return visit


def amend(visit: Visit, report: Report, *, signatures: Mapping[Side, bytes]) -> None:
    """Correct a report that is not approved; it has to be signed anew. The caller commits."""
    check_open(visit)
    for name, value in asdict(report).items():
        setattr(visit, name, value)
    db.session.execute(delete(VisitSignature).where(VisitSignature.visit_id == visit.id))
    _sign(visit, signatures)
    db.session.flush()


def approve(visit: Visit, *, by: int) -> None:
    """Find a signed report good; from then on nobody changes it. The caller commits."""
    db.session.refresh(visit, with_for_update=True)
    if visit.is_approved:
        return
    if visit.companion_id == by:
        raise DomainError(_("Another person approves your own report."))
    if not visit.waits_for_approval:
        raise DomainError(_("The signatures are deleted. It can be approved no more."))
    if not is_signed(visit):
        raise DomainError(_("Both sides have to sign first."))
    visit.approved_on = clock.today()
    visit.approved_by = by
    db.session.flush()


def is_signed(visit: Visit) -> bool:
    """Whether both sides have signed; signatures that were deleted count no more."""
    return visit.on_paper or len(signed_sides(visit)) == len(Side)


def add_photo(visit: Visit, picture: Picture, *, key: UUID) -> None:
    """Add a photo to a report that is not approved; again, it is there once."""
    check_open(visit)
    if len(photos_of(visit)) >= MOST_PHOTOS:
        raise DomainError(_("At most %(most)s photos of a visit are kept.", most=MOST_PHOTOS))
    row = {"key": key, "tenant_id": visit.tenant_id, "visit_id": visit.id}
    db.session.execute(
        postgresql.insert(VisitPhoto)
        .values(content=picture.content, created_at=clock.now(), **row)
        .on_conflict_do_nothing()
    )


def remove_photo(visit: Visit, key: UUID) -> None:
    """Take a photo out of a report that is not approved. The caller commits."""
    check_open(visit)
    mine = (VisitPhoto.visit_id == visit.id, VisitPhoto.key == key)
    db.session.execute(delete(VisitPhoto).where(*mine))


def find(visit_id: int) -> Told | None:
    return next(iter(_told(Visit.id == visit_id, limit=1)), None)


def of_cooperative(tenant: Tenant, *, limit: int = 50) -> Sequence[Told]:
    """The visits to a cooperative, the latest first."""
    return _told(Visit.tenant_id == tenant.id, limit=limit)


def of_companion(user_id: int, *, limit: int = 20) -> Sequence[Told]:
    """The visits that somebody made, the latest first."""
    return _told(Visit.companion_id == user_id, limit=limit)


def unapproved(*, limit: int = 50) -> Sequence[Told]:
    """The reports that wait for the agency; of those too old to be approved nobody waits."""
    approvable = or_(Visit.on_paper, Visit.forgotten_on.is_(None))
    return _told(Visit.approved_on.is_(None), approvable, limit=limit)


def between(first: date, last: date, *, by: int | None = None) -> Sequence[Told]:
    """Every visit of these days (of one companion), the earliest first."""
    theirs = [Visit.companion_id == by] if by else []
    return _told(Visit.visited_on.between(first, last), *theirs)[::-1]


def last_days() -> dict[int, date]:
    """When each cooperative was visited last, by its number."""
    last = func.max(Visit.visited_on)
    query = select(Visit.tenant_id, last).group_by(Visit.tenant_id)
    return dict(db.session.execute(query).all())


def photos_of(visit: Visit) -> Sequence[UUID]:
    query = select(VisitPhoto.key).where(VisitPhoto.visit_id == visit.id)
    return db.session.scalars(query.order_by(VisitPhoto.created_at, VisitPhoto.key)).all()


def photo(visit: Visit, key: UUID) -> bytes | None:
    mine = (VisitPhoto.visit_id == visit.id, VisitPhoto.key == key)
    return db.session.scalar(select(VisitPhoto.content).where(*mine))


def signed_sides(visit: Visit) -> Sequence[Side]:
    query = select(VisitSignature.side).where(VisitSignature.visit_id == visit.id)
    return db.session.scalars(query.order_by(VisitSignature.side)).all()


def signature(visit: Visit, side: str) -> bytes | None:
    mine = (VisitSignature.visit_id == visit.id, VisitSignature.side == side)
    return db.session.scalar(select(VisitSignature.content).where(*mine))


def check_open(visit: Visit) -> None:
    """Refuse to touch a report that is approved, or too old to hold names."""
    db.session.refresh(visit, with_for_update=True)
    if visit.is_approved:
        raise DomainError(_("This report is approved and stands as it is."))
    if visit.forgotten_on:
        raise DomainError(_("This report is too old to be changed."))


def _sign(visit: Visit, signatures: Mapping[Side, bytes]) -> None:
    for side, content in signatures.items():
        row = {"tenant_id": visit.tenant_id, "visit_id": visit.id, "side": side}
        db.session.add(VisitSignature(content=content, **row))
    db.session.flush()


def _told(*which: ColumnElement[bool], limit: int | None = None) -> list[Told]:
    companion, approver = aliased(User), aliased(User)
    query = (
        select(Visit, Tenant, companion.name, approver.name)
        .join(Tenant, Tenant.id == Visit.tenant_id)
        .join(companion, companion.id == Visit.companion_id)
        .outerjoin(approver, approver.id == Visit.approved_by)
        .where(*which)
        .order_by(Visit.visited_on.desc(), Visit.began_at.desc(), Visit.id.desc())
        .limit(limit)
    )
    return [
        Told(visit, tenant, by, ok or "") for visit, tenant, by, ok in db.session.execute(query)
    ]
