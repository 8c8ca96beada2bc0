from collections.abc import Callable
from datetime import date, time
from uuid import UUID, uuid4

import pytest
from flask import Flask

from app.auth import services as people
from app.auth.models import User
from app.auth.permissions import Role
from app.companions import assignments, visits
from app.companions.models import Side, Topic, Visit, VisitorKind
from app.companions.visits import Report
from app.core import clock
from app.extensions import db
from tenants.models import Tenant
from tests.conftest import browser, make_user


@pytest.fixture
def companion(app: Flask, coop: Tenant) -> User:
    """Wahyu, who looks after Maju."""
    with app.app_context():
        return appointed("Wahyu", coop)


@pytest.fixture
def other_companion(app: Flask, other_coop: Tenant) -> User:
    with app.app_context():
        return appointed("Lestari", other_coop)


@pytest.fixture
def signed_in(app: Flask) -> Callable:
    """The browser of somebody who is known already."""

    def of(user: User):
        with app.app_context():
            return browser(app, db.session.get_one(User, user.id))

    return of


@pytest.fixture
def visit(app: Flask, coop: Tenant, companion: User) -> Visit:
    """A signed report of today."""
    with app.app_context():
        found = record(coop, companion)
        db.session.commit()
        return found


def appointed(name: str, coop: Tenant) -> User:
    user = make_user(name, f"{name.lower()}@example.org")
    people.appoint(user, Role.CITY_COMPANION, None, from_date=date(2025, 1, 1))
    assignments.assign(user, [coop], from_date=date(2025, 1, 1), until_date=None)
    db.session.commit()
    return user


def report(**more: object) -> Report:
    usual = {
        "visited_on": clock.today(),
        "began_at": time(9),
        "ended_at": time(11),
        "kind": VisitorKind.ASSISTANT,
        "purpose": "Tutup buku",
        "attended": "Bu Siti, bendahara",
        "topics": [Topic.BOOKKEEPING],
        "observations": "Buku kas belum ditutup.",
        "recommendations": "",
        "signed_by": "",
        "on_paper": False,
    }
    return Report(**(usual | more))


def record(
    coop: Tenant, by: User, *, key: UUID | None = None, signed: bool = True, **more: object
) -> Visit:
    signatures = dict.fromkeys(Side, b"PNG") if signed else {}
    return visits.record(report(**more), coop, by=by.id, key=key or uuid4(), signatures=signatures)
