"""The months that are over are booked every night."""

from datetime import timedelta

from app.assets import depreciation, register
from app.core import clock
from app.extensions import db
from tasks import assets as night
from tasks import jobs as queue
from tests.assets.conftest import grant


def test_the_night_books_every_cooperative_once(app, scope, coop):
    with scope(coop):
        grant(acquired_on=clock.today() - timedelta(days=100))
        db.session.commit()
    with app.app_context():
        planned = night.plan()
        db.session.commit()

    for job_id in planned * 2:
        queue.run.delay(job_id)

    with scope(coop):
        assert len(depreciation.booked(register.find(1))) >= 3
        assert depreciation.due() == []
