"""Cooperatives are renamed, suspended and merged; nothing that was printed stops working."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

from app.auth.permissions import Role
from app.core import clock
from app.extensions import db
from app.platform import identity
from tasks import dues as nightly
from tenants.models import TenantStatus
from tenants.provisioning import change_status
from tenants.queries import active_tenants, find_tenant
from tests.factories import make_member


@pytest.fixture
def operator(sign_in):
    return sign_in(Role.CITY_OPERATOR, None)


def form(**fields):
    return {"key": str(uuid4()), **fields}


def named(slug="jaya", name="Jaya", legal_name="Koperasi Kelurahan Merah Putih Jaya"):
    return form(slug=slug, name=name, legal_name=legal_name)


def today():
    return clock.today().strftime("%d-%m-%Y")


def suspend(app, coop, status=TenantStatus.SUSPENDED):
    with app.app_context():
        change_status(find_tenant(coop.slug), status, on=clock.today(), note="Surat Dinas 7")
        db.session.commit()


def test_an_earlier_address_leads_to_the_new_one(operator, sign_in, coop):
    chair = sign_in(Role.CHAIR)

    assert operator.post("/operator/maju/nama", data=named()).location == "/operator/jaya"
    led = chair.get("/k/maju/anggota/?status=aktif")
    assert (led.status_code, led.location) == (307, "/k/jaya/anggota/?status=aktif")
    assert "Jaya" in chair.get("/k/jaya/").text
    assert chair.get("/k/tidak-pernah/").status_code == 404


def test_the_citys_links_lead_to_it_as_well_and_the_map_keeps_its_place(operator, sign_in, coop):
    agency = sign_in(Role.CITY_AGENCY, None)
    operator.post("/operator/bandengan/nama", data=named())

    places = ("koperasi/bandengan", "peluncuran/koperasi/bandengan", "simkopdes/koperasi/bandengan")
    for place in (*places, "pendampingan/koperasi/bandengan"):
        assert agency.get(f"/kota/{place}").status_code == 200, place
    first_square = agency.get("/kota/").text.partition('class="tiles"')[2].partition("</td>")[0]
    assert 'href="/kota/koperasi/jaya"' in first_square


def test_a_cooperative_may_take_its_earlier_address_back(operator, sign_in, coop):
    operator.post("/operator/maju/nama", data=named())

    assert operator.post("/operator/jaya/nama", data=named("maju")).status_code == 303
    assert sign_in(Role.CHAIR).get("/k/maju/").status_code == 200
    assert sign_in(Role.CASHIER).get("/k/jaya/").status_code == 307


@pytest.mark.parametrize("slug", ["sejahtera", "Besar", "pekerjaan", ""])
def test_an_address_that_cannot_be_is_refused_beside_it(operator, other_coop, coop, slug):
    response = operator.post("/operator/maju/nama", data=named(slug))

    assert response.status_code == 422
    assert 'id="slug-wrong"' in response.text


def test_nobody_takes_an_address_that_another_once_had(operator, coop, other_coop):
    operator.post("/operator/maju/nama", data=named())
    taken = operator.post("/operator/sejahtera/nama", data=named("maju"))
    opened = form(ward="Baru", ward_code="33.75.09.1", district="Barat", slug="maju")

    assert taken.status_code == 422
    assert operator.post("/operator/", data=opened).status_code == 422


def test_in_a_suspended_cooperative_officers_only_read(app, sign_in, scope, coop):
    treasurer = sign_in(Role.TREASURER)
    with scope(coop):
        make_member("Siti")
    suspend(app, coop)

    for path in ("/k/maju/", "/k/maju/anggota/", "/k/maju/anggota/1/"):
        page = treasurer.get(path)
        assert page.status_code == 200
        assert "Dihentikan sementara sejak" in page.text
        assert "Surat Dinas 7" in page.text
    assert treasurer.get("/k/maju/anggota/baru").status_code == 422
    assert treasurer.post("/k/maju/anggota/1/nik", data=form()).status_code == 422
    assert treasurer.post("/k/maju/tagihan/jalankan", data=form()).status_code == 422


def test_a_suspended_cooperative_is_not_billed(app, coop, other_coop):
    suspend(app, coop)
    with app.app_context():
        planned = len(nightly.plan())

        assert planned == len(active_tenants())
        assert coop.slug not in [tenant.slug for tenant in active_tenants()]


def test_a_suspension_is_lifted_the_same_day(app, operator, sign_in, coop):
    for _turn in range(2):
        suspend(app, coop)
        sent = form(status="legal", from_date=today(), note="")
        assert operator.post("/operator/maju", data=sent).status_code == 303

    assert "Dihentikan sementara sejak" not in sign_in(Role.CHAIR).get("/k/maju/").text
    suspend(app, coop)
    assert "Dihentikan sementara sejak" in sign_in(Role.CASHIER).get("/k/maju/").text


def test_a_merged_cooperative_points_to_the_other_and_moves_nobody(
    operator, sign_in, scope, coop, other_coop
):
    with scope(coop):
        make_member("Siti")
    sent = form(into=other_coop.id, on=today(), note="Rapat anggota 3-2026")

    assert operator.post("/operator/maju/gabung", data=sent).status_code == 303
    page = sign_in(Role.CHAIR).get("/k/maju/").text
    assert f"Digabung ke {other_coop.legal_name}" in page
    assert "tidak dipindahkan" in page
    assert "Siti" not in sign_in(Role.CHAIR, other_coop, name="lain").get("/k/sejahtera/").text
    assert operator.get("/operator/maju").status_code == 200
    again = form(into=other_coop.id, on=today(), note="Rapat")
    assert operator.post("/operator/maju/gabung", data=again).status_code == 422


@pytest.mark.parametrize("wrong", [{"into": "0"}, {"on": "31-02-2026"}, {"note": ""}])
def test_a_merger_needs_where_when_and_by_what(operator, coop, other_coop, wrong):
    sent = form(into=other_coop.id, on=today(), note="Rapat") | wrong
    response = operator.post("/operator/maju/gabung", data=sent)

    assert response.status_code == 422
    assert f'id="{next(iter(wrong))}-wrong"' in response.text


def test_a_merger_before_the_last_status_is_refused_beside_the_day(operator, coop, other_coop):
    yesterday = clock.today() - timedelta(days=1)  # it was opened today
    sent = form(into=other_coop.id, on=yesterday.strftime("%d-%m-%Y"), note="Rapat")
    response = operator.post("/operator/maju/gabung", data=sent)

    assert response.status_code == 422
    assert 'id="on-wrong"' in response.text
    assert today() in response.text


def test_nothing_merges_into_itself(operator, coop):
    sent = form(into=coop.id, on=today(), note="Rapat")

    assert operator.post("/operator/maju/gabung", data=sent).status_code == 422


def test_mergers_that_are_still_to_come_do_not_end_in_each_other(app, operator, coop, other_coop):
    later = (clock.today() + timedelta(days=9)).strftime("%d-%m-%Y")
    first = form(into=other_coop.id, on=later, note="Rapat")
    assert operator.post("/operator/maju/gabung", data=first).status_code == 303

    back = form(into=coop.id, on=later, note="Rapat")
    assert operator.post("/operator/sejahtera/gabung", data=back).status_code == 422
    again = form(into=other_coop.id, on=later, note="Rapat")
    assert operator.post("/operator/maju/gabung", data=again).status_code == 422
    with app.app_context():
        assert find_tenant("sejahtera").is_active


def test_a_merger_waits_for_another_one_of_the_same_cooperative(app, coop, other_coop):
    with app.app_context():
        one, other = find_tenant("maju"), find_tenant("sejahtera")
        seen = []

        def listen(state):
            seen.append(str(state.statement))

        event.listen(db.session, "do_orm_execute", listen)
        identity.merge(one, other, on=clock.today(), note="Rapat")
        event.remove(db.session, "do_orm_execute", listen)

    assert "FOR UPDATE" in seen[0]  # before anything is looked at


def test_the_agency_neither_renames_nor_merges(sign_in, coop):
    agency = sign_in(Role.CITY_AGENCY, None)

    for path in ("/operator/maju/nama", "/operator/maju/gabung"):
        assert agency.get(path).status_code == 403
        assert agency.post(path, data=form()).status_code == 403
