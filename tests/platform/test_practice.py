"""The practice data: loaded once, loaded again, and what the pages of the city find in them."""

import pytest
from sqlalchemy import func, select

from app.companions.models import Training, Visit, VisitFinding, VisitPlan, VisitSignature
from app.extensions import db
from app.inspection.models import Inspection
from app.launch.models import LaunchPlan, MemberMeeting, Readiness
from app.platform import demo, identity
from app.simkopdes.models import MinistryFigures
from app.supervision.models import AlertSnooze, IndicatorMonth
from tenants.queries import all_tenants, find_tenant
from tests.conftest import practising

pytestmark = pytest.mark.committed

TOLD = (
    *(Visit, VisitFinding, VisitPlan, VisitSignature, Training, LaunchPlan, MemberMeeting),
    *(Readiness, MinistryFigures, Inspection, AlertSnooze, IndicatorMonth),
)


@pytest.fixture(scope="module")
def practice(app, practised):
    """The practice data on a database of its own."""
    with practising(app, "test_practice", template=practised) as served:
        yield served


def counted():
    return {table: db.session.scalar(select(func.count()).select_from(table)) for table in TOLD}


def test_every_page_of_the_city_has_something_to_show(practice):
    with practice.app_context():
        found = counted()

    assert min(found.values()) > 0
    assert found[MinistryFigures] == 27


def test_loaded_again_they_are_as_they_were(practice):
    with practice.app_context():
        before = counted()
    with practice.app_context():
        demo.load()
    with practice.app_context():
        after = counted()

    assert after == before


def test_something_waits_and_something_is_about_to_expire(practice):
    with practice.app_context():
        waiting = db.session.scalars(select(Visit).where(Visit.approved_on.is_(None))).all()
        expiring = db.session.scalars(select(Readiness).where(Readiness.valid_until.is_not(None)))

        assert waiting
        assert expiring.all()


def test_loaded_again_after_cooperatives_were_renamed(practice):
    with practice.app_context():
        before = counted()
        for slug in (demo.PILOT, "kauman", "bandengan"):
            identity.rename(find_tenant(slug), slug=f"{slug}-jaya", name=slug, legal_name=slug)
        db.session.commit()
    with practice.app_context():
        demo.load()
    with practice.app_context():
        assert counted() == before
        assert len(all_tenants()) == 27
