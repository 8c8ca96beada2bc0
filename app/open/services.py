from collections.abc import Collection, Sequence

from flask import g
from sqlalchemy import select

from app.auth.models import User
from app.extensions import db
from app.open.models import Publication, Subject
from tenants.scope import current_tenant


def publish(subjects: Collection[Subject]) -> list[Subject]:
    """Publish these groups of figures and no others; returns those that changed.

    Off until said otherwise; said again, nothing is noted. The caller commits.
    """
    published = published_subjects()
    changed = [s for s in Subject if (s in published) != (s in subjects)]
    for subject in changed:
        db.session.add(
            Publication(
                tenant_id=current_tenant().id,
                subject=subject,
                published=subject in subjects,
                decided_by=g.get("actor_id"),
            )
        )
    db.session.flush()
    return changed


def published_subjects() -> set[Subject]:
    """The groups that this cooperative publishes now."""
    last: dict[Subject, bool] = {}
    for decision, _name in reversed(decisions()):
        last[decision.subject] = decision.published
    return {subject for subject, published in last.items() if published}


def decisions() -> Sequence[tuple[Publication, str | None]]:
    """Every choice of this cooperative with the name of who made it, the latest first."""
    query = (
        select(Publication, User.name)
        .outerjoin(User, User.id == Publication.decided_by)
        .where(Publication.tenant_id == current_tenant().id)
        .order_by(Publication.id.desc())
    )
    return [(decision, name) for decision, name in db.session.execute(query)]
