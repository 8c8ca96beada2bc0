"""A cooperative's page on the city's side: what it is, its seats and its way, and nobody's name."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app.auth import services as people
from app.auth.permissions import Role
from app.core import clock
from app.extensions import db
from app.supervision import city, profile
from tenants.models import TenantStatus
from tenants.provisioning import change_status
from tenants.queries import find_tenant
from tests.conftest import make_user

CANARY = "Kenari Rahasia"


@pytest.fixture
def seated(app, coop):
    """The chair's term has no end, the treasurer's ends in ten days, the secretary's is over."""
    today = clock.today()
    terms = {
        Role.CHAIR: None,
        Role.TREASURER: today + timedelta(days=10),
        Role.SECRETARY: today - timedelta(days=1),
    }
    with app.app_context():
        for role, until in terms.items():
            person = make_user(f"{CANARY} {role}", f"{role}@kenari.example")
            begun = today - timedelta(days=400)
            people.appoint(person, role, coop, from_date=begun, until_date=until)
        db.session.commit()


def test_seats_are_filled_vacant_or_about_to_end(app, coop, seated):
    with app.app_context():
        found = {seat.role: seat for seat in profile.seats(coop.id)}

    assert (found[Role.CHAIR].held, found[Role.CHAIR].ends_soon) == (1, False)
    assert (found[Role.TREASURER].held, found[Role.TREASURER].ends_soon) == (1, True)
    assert [found[role].held for role in (Role.SECRETARY, Role.SUPERVISOR)] == [0, 0]
    assert (found[Role.CHAIR].missing, found[Role.SUPERVISOR].missing) == (0, 2)


def test_the_page_tells_of_seats_papers_and_steps_and_of_nobody(app, sign_in, seated):
    with app.app_context():
        change_status(
            find_tenant("maju"), TenantStatus.SOFT_LAUNCHED, on=clock.today(), note=CANARY
        )
        db.session.commit()
    page = sign_in(Role.CITY_AGENCY, None).get("/kota/koperasi/maju").text

    for said in ("kosong", "masa jabatan", "Akta pendirian", "Peluncuran awal", "belum diisi"):
        assert said in page, said
    assert CANARY not in page


def test_the_citys_role_does_not_read_who_holds_a_seat(app, seated):
    with app.app_context():
        assert city.ask(text("SELECT role, until_date FROM offices WHERE tenant_id IS NOT NULL"))
        for column in ("user_id", "decree", "*"):
            with pytest.raises(ProgrammingError):
                city.ask(text(f"SELECT {column} FROM offices"))
