"""The operator opens a cooperative and brings in its first people; the city's people."""

import re
from datetime import date
from uuid import uuid4

import pytest

from app.auth import services as people
from app.auth import sessions
from app.auth.models import User
from app.auth.permissions import Permission, Role
from app.extensions import db
from tenants.queries import find_tenant
from tests.conftest import make_user

WORDS = {"password": "sarung tenun hijau", "again": "sarung tenun hijau"}


@pytest.fixture
def operator(sign_in):
    return sign_in(Role.CITY_OPERATOR, None)


def form(**fields):
    return {"key": str(uuid4()), **fields}


def seat(role="ketua", phone="0812 3456 7890", **more):
    return form(name="Wahyu", phone=phone, role=role, from_date="01-11-2026", **more)


def charter(**changed):
    return form(
        legal_name="Koperasi Kelurahan Merah Putih Maju",
        ward="Maju",
        ward_code="00.maju",
        district="Barat",
        founded_on="12-06-2025",
        **changed,
    )


def test_a_new_cooperative_gets_its_chair_who_signs_in_by_the_link(app, operator):
    opened = operator.post(
        "/operator/", data=form(ward="Baru", ward_code="33.75.09.1", district="Barat", slug="baru")
    )
    assert opened.location.endswith("/operator/baru/pengurus")
    handed = operator.get(operator.post(opened.location, data=seat()).location).text

    assert "https://wa.me/6281234567890?text=" in handed
    link = re.search(r"/undangan/[\w-]+", handed)[0]
    chair = app.test_client()
    assert chair.post(link, data=WORDS).status_code == 303
    entered = chair.post("/masuk", data={"username": "081234567890", **WORDS})
    assert chair.get(entered.location).location == "/k/baru/"
    assert chair.get("/k/baru/").status_code == 200


def test_a_used_link_says_whom_to_ask(app, coop):
    with app.app_context():
        token = people.invite(make_user("Basir", "basir@contoh.id"))
        db.session.commit()
    client = app.test_client()
    client.post(f"/undangan/{token}", data=WORDS)

    for dead in (token, "never-made"):
        page = client.get(f"/undangan/{dead}")
        assert page.status_code == 410
        assert "/masuk" in page.text
        assert "Basir" not in page.text
        assert client.post(f"/undangan/{dead}", data=WORDS).status_code == 410


def test_the_operator_keeps_all_particulars(operator, app, coop):
    kept = operator.post(
        "/operator/maju/data", data=charter(business_number="1234567890123", address="Jl. Jawa 28")
    )

    assert kept.status_code == 303
    assert "12 Jun 2025" in operator.get("/operator/maju").text
    with app.app_context():
        assert find_tenant("maju").business_number == "1234567890123"


@pytest.mark.parametrize(
    "wrong",
    [
        {"business_number": "123"},
        {"tax_number": "abc"},
        {"founded_on": "31-02-2025"},
        {"founded_on": "01-01-2999"},
        {"legal_name": "Merah Putih"},
        {"ward_code": "00.sejahtera"},
    ],
)
def test_particulars_that_cannot_be_are_refused_beside_the_field(operator, other_coop, wrong):
    sent = charter() | wrong
    response = operator.post("/operator/maju/data", data=sent)

    assert response.status_code == 422
    assert f'id="{next(iter(wrong))}-wrong"' in response.text
    assert next(iter(wrong.values())) in response.text


def test_the_secretary_keeps_address_and_numbers_but_not_the_name(sign_in, app, coop):
    secretary = sign_in(Role.SECRETARY)
    sent = form(
        address="Jl. Jawa 28", tax_number="12.345.678.9-012.345", legal_name="Koperasi Lain"
    )

    assert secretary.post("/k/maju/data-koperasi/ubah", data=sent).status_code == 303
    assert "Jl. Jawa 28" in secretary.get("/k/maju/data-koperasi/").text
    with app.app_context():
        assert find_tenant("maju").legal_name == coop.legal_name
    bad = secretary.post("/k/maju/data-koperasi/ubah", data=form(tax_number="99"))
    assert bad.status_code == 422


def test_only_chair_and_secretary_change_the_particulars(sign_in):
    cashier = sign_in(Role.CASHIER)

    assert cashier.get("/k/maju/data-koperasi/").status_code == 200
    assert cashier.get("/k/maju/data-koperasi/ubah").status_code == 403


def test_a_companion_looks_after_the_cooperatives_ticked(operator, app, coop, other_coop):
    sent = seat("pendamping", cooperatives=[coop.id, other_coop.id])

    assert operator.post("/petugas/", data=sent).status_code == 303
    page = operator.get("/petugas/").text
    assert coop.ward in page
    assert other_coop.ward in page
    with app.app_context():
        companion = sessions.find_by_name("081234567890")
        assert {o.tenant_id for o in people.offices_of(companion)} == {coop.id, other_coop.id}
        assert Permission.CITY_VIEW in people.permissions_of(companion, None)
        assert not people.permissions_of(companion, coop)


def test_a_person_of_the_city_is_one_line_whatever_they_look_after(operator, coop, other_coop):
    operator.post("/petugas/", data=seat("pendamping", cooperatives=[coop.id, other_coop.id]))
    page = operator.get("/petugas/").text

    assert page.count("<span>Wahyu") == 1
    assert f"Pendamping · {coop.ward}, {other_coop.ward}" in page
    assert page.count('href="/petugas/') >= 2  # each assignment still ends by itself


def test_a_companion_without_a_cooperative_is_refused(operator, coop):
    assert operator.post("/petugas/", data=seat("pendamping")).status_code == 422


def test_the_same_office_twice_is_refused_beside_it(operator, coop):
    assert operator.post("/petugas/", data=seat("dinas")).status_code == 303
    again = operator.post("/petugas/", data=seat("dinas"))

    assert again.status_code == 422
    assert 'id="role-wrong"' in again.text


def test_an_office_ends_and_with_it_the_sessions(operator, sign_in, app, coop):
    cashier = sign_in(Role.CASHIER)
    with app.app_context():
        [(office, _user)] = people.seats(coop)
        address = f"/petugas/{office.id}"

    assert operator.post(f"{address}/akhiri", data=form(last_day="01-01-2020")).status_code == 422
    ended = operator.post(f"{address}/akhiri", data=form(last_day="01-02-2025"))
    assert ended.location.endswith("/operator/maju/pengurus")
    assert cashier.get("/k/maju/").status_code == 302


def test_a_new_link_makes_the_old_one_useless(app, sign_in, coop):
    chair = sign_in(Role.CHAIR)
    first = chair.get(chair.post("/k/maju/pengurus/", data=seat("kasir")).location).text
    old = re.search(r"/undangan/[\w-]+", first)[0]
    office = re.findall(r"/k/maju/pengurus/(\d+)", chair.get("/k/maju/pengurus/").text)[-1]
    made = chair.post(f"/k/maju/pengurus/{office}/undangan", data=form())
    new = re.search(r"/undangan/[\w-]+", chair.get(made.location).text)[0]

    assert new != old
    assert app.test_client().get(old).status_code == 410
    assert app.test_client().get(new).status_code == 200


def test_a_chair_makes_no_link_for_whoever_serves_elsewhere(app, sign_in, coop):
    """Or a chair could set the operator's password after giving them a seat."""
    chair = sign_in(Role.CHAIR)
    with app.app_context():
        busy = make_user("Umi", "umi@contoh.id")
        people.appoint(busy, Role.CITY_OPERATOR, None, from_date=date(2025, 1, 1))
        office = people.appoint(busy, Role.CASHIER, coop, from_date=date(2025, 1, 1))
        db.session.commit()
        address = f"/k/maju/pengurus/{office.id}/undangan"

    assert chair.post(address, data=form()).status_code == 422
    assert "wa.me" not in chair.get("/undangan/", follow_redirects=True).text


def test_the_chair_sees_no_office_of_another_place(sign_in, app, coop, other_coop):
    chair = sign_in(Role.CHAIR)
    sign_in(Role.CASHIER, other_coop, name="lain")
    with app.app_context():
        [(foreign, _user)] = people.seats(other_coop)

    assert chair.get(f"/k/maju/pengurus/{foreign.id}").status_code == 404
    sent = form(last_day="01-11-2026")
    assert chair.post(f"/k/maju/pengurus/{foreign.id}/akhiri", data=sent).status_code == 404


def test_the_board_is_warned_about(app, coop):
    with app.app_context():
        for index in range(2):
            user = make_user(f"Ketua {index}", f"k{index}@contoh.id")
            people.appoint(user, Role.CHAIR, coop, from_date=date(2025, 1, 1))
        said = people.warnings([office for office, _u in people.seats(coop)], date(2026, 11, 24))
        db.session.rollback()

    assert len(said) == 4


def test_the_first_chair_is_appointed_from_the_command_line(app, coop):
    def appoint(*more):
        return app.test_cli_runner().invoke(
            args=["tenants", "appoint", "--name", "Wahyu", "--phone", "0812-3456-7890", *more]
        )

    done = appoint("--tenant", "maju", "--office", "ketua", "--site", "https://kkmp.id/")
    assert done.exit_code == 0
    assert "https://kkmp.id/undangan/" in done.output
    again = appoint("--tenant", "maju", "--office", "ketua")
    for refused in (
        again,
        appoint("--tenant", "nowhere", "--office", "ketua"),
        appoint("--office", "ketua"),
        appoint("--tenant", "maju", "--office", "dinas"),
        appoint("--tenant", "maju", "--office", "kasir", "--from", "31-02-2026"),
    ):
        assert refused.exit_code == 1
        assert refused.stderr.count("\n") == 1


def test_another_office_of_the_city_may_not_appoint(sign_in, coop):
    agency = sign_in(Role.CITY_AGENCY, None)

    assert agency.post("/petugas/", data=seat("dinas")).status_code == 403
    assert agency.get("/operator/maju/data").status_code == 403


def test_an_office_of_the_city_is_granted_and_ended(app, operator, coop):
    operator.post("/petugas/", data=seat("dinas"))
    with app.app_context():
        office = next(o for o, _u, _t in people.city_seats() if o.role is Role.CITY_AGENCY)
        address, user_id = f"/petugas/{office.id}", office.user_id

    ended = operator.post(f"{address}/akhiri", data=form(last_day="02-11-2026"))
    assert ended.location.endswith("/petugas/")
    with app.app_context():
        user = db.session.get(User, user_id)
        assert not people.permissions_of(user, None)
