import re
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.auth import services as people
from app.auth import sessions
from app.auth.models import LoginSession
from app.auth.permissions import Role
from app.core import clock
from app.extensions import db
from tests.conftest import make_user

PASSWORD = "batik jlamprang biru"
KEY = {"key": "00000000-0000-0000-0000-000000000001"}


@pytest.fixture
def endang(app, coop):
    with app.app_context():
        user = make_user("Endang", "endang@contoh.id")
        people.set_password(user, PASSWORD)
        people.appoint(user, Role.TREASURER, coop, from_date=date(2025, 1, 1))
        db.session.commit()
        return user


def sign_in(client, password=PASSWORD, name="endang@contoh.id", **more):
    return client.post("/masuk", data={"username": name, "password": password, **more})


def test_the_right_words_open_the_cooperative(app, endang):
    client = app.test_client()

    assert sign_in(client).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/k/maju/"
    assert client.get("/k/maju/pengurus/").status_code == 200


def test_an_unknown_name_and_a_wrong_word_get_the_same_answer(app, endang):
    wrong = sign_in(app.test_client(), password="salah semua")
    unknown = sign_in(app.test_client(), password="salah semua", name="siapa@contoh.id")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert "endang@contoh.id" in wrong.text
    assert wrong.text.count("Salah") == unknown.text.count("Salah")


def test_nobody_is_led_to_another_site(app, endang):
    for elsewhere in ("//jahat.example", "https://jahat.example", "/\\jahat.example"):
        assert "jahat" not in sign_in(app.test_client(), lanjut=elsewhere).headers["Location"]


def test_after_signing_out_the_old_cookie_opens_nothing(app, endang):
    client = app.test_client()
    sign_in(client)
    old = client.get_cookie("koperasi").value

    assert client.post("/keluar").status_code == 303
    thief = app.test_client()
    thief.set_cookie("koperasi", old)
    assert thief.get("/perangkat").status_code == 302


def test_a_new_office_ends_the_sessions_of_its_holder(app, coop, endang):
    client = app.test_client()
    sign_in(client)
    with app.app_context():
        user = sessions.find_by_name("endang@contoh.id")
        people.appoint(user, Role.MANAGER, coop, from_date=date(2025, 1, 1))
        db.session.commit()

    assert client.get("/perangkat").status_code == 302


def test_an_idle_session_runs_out_and_what_was_sent_is_kept(app, endang):
    client = app.test_client()
    sign_in(client)
    with app.app_context():
        db.session.execute(update(LoginSession).values(seen_at=clock.now() - timedelta(hours=1)))
        db.session.commit()

    response = client.post("/k/maju/pengurus/", data={**KEY, "name": "Basir Hidayat"})

    assert response.status_code == 401
    kept = response.text.split('name="kept" value="')[1].split('"')[0]
    resumed = sign_in(client, kept=kept)
    assert "Basir Hidayat" in resumed.text
    assert 'action="/k/maju/pengurus/"' in resumed.text


def test_an_invitation_sets_a_password_once(app, coop):
    with app.app_context():
        token = people.invite(make_user("Basir", "basir@contoh.id"))
        db.session.commit()
    client = app.test_client()
    words = {"password": "sarung tenun hijau", "again": "sarung tenun hijau"}

    assert client.post(f"/undangan/{token}", data={"password": "pendek"}).status_code == 422
    assert client.post(f"/undangan/{token}", data=words).status_code == 303
    assert client.get(f"/undangan/{token}").status_code == 410


def test_a_browser_cuts_off_both_of_two_long_words_alike(app, endang):
    client = app.test_client()
    sign_in(client)
    page = client.get("/perangkat").text
    inputs = re.findall(r"<input[^>]*>", page)
    fields = [one for one in inputs if 'name="password"' in one or 'name="again"' in one]

    assert [one.count('maxlength="200"') for one in fields] == [1, 1]


def test_an_officer_is_appointed_by_a_link(sign_in):
    chair = sign_in(Role.CHAIR)
    seat = {**KEY, "name": "Wahyu", "phone": "0812 3456 7890", "role": "kasir"}

    assert (
        chair.post("/k/maju/pengurus/", data={**seat, "from_date": "31-02-2026"}).status_code == 422
    )
    appointed = chair.post("/k/maju/pengurus/", data={**seat, "from_date": "01-11-2026"})
    assert "/undangan/" in chair.get(appointed.location).text
    assert "Wahyu" in chair.get("/k/maju/pengurus/").text


def test_the_lurah_is_never_on_the_board(sign_in):
    seat = {**KEY, "name": "Lurah", "phone": "081234567891", "role": "ketua"}
    data = {**seat, "from_date": "01-11-2026", "is_ward_head": "y"}

    response = sign_in(Role.CHAIR).post("/k/maju/pengurus/", data=data)

    assert response.status_code == 422


def test_the_city_sees_wards_and_the_operator_opens_one(sign_in, coop):
    assert coop.ward in sign_in(Role.CITY_AGENCY, None).get("/kota/").text
    operator = sign_in(Role.CITY_OPERATOR, None)
    charter = {**KEY, "ward": "Baru", "ward_code": "33.75.09.1001", "district": "Barat"}

    assert operator.post("/operator/", data={**charter, "slug": "Tidak Sah"}).status_code == 422
    assert operator.post("/operator/", data={**charter, "slug": "baru"}).status_code == 303
    assert "Baru" in operator.get("/operator/baru").text


def test_all_other_devices_are_signed_out_at_once(app, endang):
    here, *others = [app.test_client() for _ in range(3)]
    for client in (here, *others):
        sign_in(client)

    assert here.post("/perangkat/keluarkan-lain", data=KEY).status_code == 303
    assert here.get("/perangkat").status_code == 200
    assert [client.get("/perangkat").status_code for client in others] == [302, 302]


def test_a_device_is_told_once_to_the_eye_and_in_full_to_the_ear(app, endang):
    here, other = app.test_client(), app.test_client()
    sign_in(here)
    sign_in(other)
    page = here.get("/perangkat").text

    assert page.count('Keluarkan perangkat ini<span class="unseen">: ') == 1
    assert "<small>" not in page
