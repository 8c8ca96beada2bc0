"""The city tells every officer something; each puts it away for themselves."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from app.auth.permissions import Role
from app.core import clock

TEXT = "Simkopdes ditutup sampai hari Senin."


@pytest.fixture
def agency(sign_in):
    return sign_in(Role.CITY_AGENCY, None)


def day(offset=0):
    return (clock.today() + timedelta(days=offset)).strftime("%d-%m-%Y")


def told(**changed):
    sent = {"text": TEXT, "from_date": day(), "until_date": day(3)}
    return {"key": str(uuid4())} | sent | changed


def test_every_officer_sees_it_until_they_put_it_away(agency, sign_in, coop, other_coop):
    chair, cashier = sign_in(Role.CHAIR), sign_in(Role.CASHIER)
    stranger = sign_in(Role.CHAIR, other_coop, name="lain")

    assert agency.post("/pengumuman/", data=told()).status_code == 303
    for officer, home in ((chair, "/k/maju/"), (stranger, "/k/sejahtera/")):
        assert TEXT in officer.get(home).text
    close = re.search(r"/k/maju/pengumuman/\d+/tutup", chair.get("/k/maju/").text)[0]
    for _turn in range(2):
        assert chair.post(close, data={"key": str(uuid4())}).status_code == 303
    assert TEXT not in chair.get("/k/maju/").text
    assert TEXT in cashier.get("/k/maju/").text


def test_it_is_shown_from_its_first_day_through_its_last(agency, sign_in, coop):
    agency.post("/pengumuman/", data=told(from_date=day(1)))

    assert TEXT in agency.get("/pengumuman/").text
    assert TEXT not in sign_in(Role.CHAIR).get("/k/maju/").text


def test_what_was_announced_is_taken_down(agency, sign_in, coop):
    agency.post("/pengumuman/", data=told())
    down = re.search(r"/pengumuman/\d+/turunkan", agency.get("/pengumuman/").text)[0]

    for _turn in range(2):
        assert agency.post(down, data={"key": str(uuid4())}).status_code == 303
    assert TEXT not in sign_in(Role.CHAIR).get("/k/maju/").text
    assert TEXT in agency.get("/pengumuman/").text


@pytest.mark.parametrize(
    ("wrong", "beside"),
    [
        ({"text": ""}, "text"),
        ({"text": "a" * 601}, "text"),
        ({"from_date": "31-02-2026"}, "from_date"),
        ({"until_date": "01-01-2020"}, "until_date"),
    ],
)
def test_what_cannot_be_announced_is_refused_beside_its_field(agency, wrong, beside):
    response = agency.post("/pengumuman/", data=told(**wrong))

    assert response.status_code == 422
    assert f'id="{beside}-wrong"' in response.text


def test_a_companion_and_an_officer_announce_nothing(sign_in, coop):
    companion, chair = sign_in(Role.CITY_COMPANION, None), sign_in(Role.CHAIR)

    assert companion.get("/pengumuman/").status_code == 403
    assert chair.post("/pengumuman/", data=told()).status_code == 404
    assert chair.post("/k/maju/pengumuman/0/tutup", data={"key": str(uuid4())}).status_code == 404
