"""Appointing somebody, with what people type by mistake."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from app.auth import services as people
from app.auth.models import User
from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from tests.conftest import make_user

WHERE = "/k/maju/pengurus/"
WAHYU = {"name": "Wahyu", "phone": "0812 3456 7890", "role": "kasir", "from_date": "01-11-2026"}


@pytest.fixture
def chair(sign_in):
    return sign_in(Role.CHAIR)


def appoint(chair, **changed):
    return chair.post(WHERE, data={"key": str(uuid4()), **WAHYU, **changed})


@pytest.mark.parametrize("email", ["@", "a b@contoh.id", "nama@", "nama@contoh", "nama@@contoh.id"])
def test_what_is_no_address_is_said_beside_it(chair, email):
    response = appoint(chair, email=email)

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text


def test_a_slip_in_a_telephone_number_gives_no_stranger_an_office(chair):
    appoint(chair)
    response = appoint(chair, name="Lestari Amaliyah", role="manajer")
    seats = chair.get(WHERE).text

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text
    assert seats.count('"row-title">Wahyu') == 1


@pytest.mark.parametrize("name", ["Wahyu Hidayat", "WAHYU", "H. Wahju"])
def test_one_person_may_be_written_in_several_ways(chair, name):
    appoint(chair)

    assert appoint(chair, name=name, role="manajer").status_code == 303


def test_a_telephone_of_one_and_an_email_of_another_are_nobody(app):
    with app.app_context():
        make_user("Endang", "endang@contoh.id")
        db.session.add(User(name="Endang", phone="+6281234567890"))
        db.session.flush()

        with pytest.raises(DomainError):
            people.register_person("Endang", email="endang@contoh.id", phone="+6281234567890")


@pytest.mark.parametrize("role", ["operator", "dinas", "pendamping", "xx", ""])
def test_a_cooperative_gives_no_office_of_the_city(chair, role):
    assert appoint(chair, role=role).status_code == 422


def test_an_office_may_be_given_until_a_day_after_which_it_opens_nothing(chair, app, coop):
    until = clock.today() + timedelta(days=30)
    refused = appoint(chair, until_date="31-10-2026")
    given = appoint(chair, until_date=f"{until:%d-%m-%Y}")

    assert (refused.status_code, given.status_code) == (422, 303)
    with app.app_context():
        wahyu = people.register_person("Wahyu", email=None, phone="+6281234567890")
        [office] = people.offices_of(wahyu)
        assert office.is_held_on(until)
        assert not office.is_held_on(until + timedelta(days=1))


@pytest.mark.parametrize(
    ("days", "told"), [(0, "berlaku sampai"), (9, "berlaku sampai"), (-1, "dikeluarkan dari semua")]
)
def test_an_office_is_not_said_to_have_ended_before_its_last_day(chair, app, days, told):
    appoint(chair)
    last_day = clock.today() + timedelta(days=days)
    seat = re.findall(r"/pengurus/(\d+)", chair.get(WHERE).text)[-1]
    form = {"key": str(uuid4()), "last_day": f"{last_day:%d-%m-%Y}"}

    assert told in chair.post(f"{WHERE}{seat}/akhiri", data=form, follow_redirects=True).text


def test_no_cooperative_hands_out_a_link_for_who_will_serve_elsewhere(app, coop, other_coop):
    with app.app_context():
        wahyu = make_user("Wahyu", "wahyu@contoh.id")
        people.appoint(wahyu, Role.CASHIER, coop, from_date=clock.today())
        before = people.may_invite(wahyu, coop)
        tomorrow = clock.today() + timedelta(days=1)
        people.appoint(wahyu, Role.TREASURER, other_coop, from_date=tomorrow)

        assert (before, people.may_invite(wahyu, coop)) == (True, False)
