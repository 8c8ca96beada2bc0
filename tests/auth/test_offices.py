"""Appointing somebody, with what people type by mistake."""

from uuid import uuid4

import pytest

from app.auth import services as people
from app.auth.models import User
from app.auth.permissions import Role
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
