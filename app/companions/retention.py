"""How long a visit's names, photos and signatures are kept, and their deletion.

They serve to show that a visit took place and what was agreed (UU 27/2022: kept no longer than
their purpose). When the time set by the city is over they are deleted by night; what was seen,
advised and found stays, without them.
"""

from datetime import date

from sqlalchemy import delete, select, update

from app.companions.models import Visit, VisitPhoto, VisitSignature
from app.core import clock
from app.core.period import Period
from app.extensions import db
from tenants.definitions import Key
from tenants.settings import setting


def forgotten_after(visit: Visit) -> date:
    """The last day on which names, photos and signatures of a visit are kept."""
    return Period.of(visit.visited_on).plus(_months()).last_day


def forget_old() -> int:
    """Delete what has outlived its purpose, of every cooperative; how many visits it was of.

    The caller commits.
    """
    before = Period.current().plus(-_months()).first_day
    due = select(Visit.id).where(Visit.visited_on < before, Visit.forgotten_on.is_(None))
    visits = db.session.scalars(due.with_for_update()).all()
    if not visits:
        return 0
    for part in (VisitPhoto, VisitSignature):
        db.session.execute(delete(part).where(part.visit_id.in_(visits)))
    blank = {"attended": "", "signed_by": "", "forgotten_on": clock.today()}
    db.session.execute(update(Visit).where(Visit.id.in_(visits)).values(blank))
    return len(visits)


def _months() -> int:
    return max(int(setting(Key.VISIT_KEEP_MONTHS, clock.today())), 1)
