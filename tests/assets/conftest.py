"""What the tests of assets share: a day, a freezer, and a journal that is taken back."""

from datetime import date

import pytest

from app.assets import register
from app.assets.models import AssetGroup
from app.assets.register import Particulars
from app.core import clock
from app.ledger import services as ledger


@pytest.fixture
def in_coop(scope, coop):
    """Inside the cooperative, as most of these tests are."""
    with scope(coop):
        yield


@pytest.fixture
def on(monkeypatch):
    """Let it be a day."""

    def be(day):
        noon = clock.now().replace(year=day.year, month=day.month, day=day.day, hour=5)
        monkeypatch.setattr(clock, "now", lambda: noon)

    return be


def enter(*, as_grant=False, **changed):
    values = {
        "name": "Freezer",
        "group": AssetGroup.EQUIPMENT,
        "unit_id": ledger.units()[0].id,
        "acquired_on": date(2026, 1, 20),
        "cost": 10_000_000,
        "residual": 1_000_000,
        "life_months": 48,
    } | changed
    return register.enter(Particulars(**values), as_grant=as_grant)


def grant(**changed):
    return enter(as_grant=True, **changed)


def take_back(posted):
    journal = ledger.find_journal_by_id(posted.journal_id)
    return ledger.reverse(journal, reason="salah umur", on=clock.today())
