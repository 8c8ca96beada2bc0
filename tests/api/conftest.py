from datetime import timedelta

import pytest

from app.api import tokens
from app.api.models import Scope
from app.core import clock
from app.core.period import Period
from app.extensions import db
from app.supervision import reporting
from tests.factories import make_member

CANARY = "Kenari Rahasia"


@pytest.fixture
def token(app, rollback):
    """A token that may read everything, and its secret."""
    with app.app_context():
        made, secret = tokens.make("Satu Data", list(Scope), expires_on=clock.today())
        db.session.commit()
        return made.id, secret


@pytest.fixture
def ask(app, token):
    """Ask as another system does; `secret` for another token, None for none."""

    def get(path, secret=token[1], **headers):
        more = {"Authorization": f"Bearer {secret}"} if secret else {}
        return app.test_client().get(f"/api/v1{path}", headers={**more, **headers})

    return get


@pytest.fixture
def reported(app, scope, coop, other_coop):
    """Two cooperatives have reported three months and yesterday."""
    for tenant in (coop, other_coop):
        with scope(tenant):
            make_member(CANARY, clock.today() - timedelta(days=100))
            for back in (2, 1):
                reporting.report(Period.current().plus(-back).last_day)
            reporting.report(clock.today())
            db.session.commit()
