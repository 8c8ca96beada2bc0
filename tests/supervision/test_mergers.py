"""A cooperative that went into another counts there; what it was before stays to be read."""

from datetime import timedelta

import pytest

from app.api import reading as api
from app.assessment import confirming
from app.auth.permissions import Role
from app.companions import assignments
from app.core import clock
from app.core.period import Period
from app.extensions import db
from app.launch import board
from app.open import lines
from app.open import reading as public
from app.platform import identity
from app.simkopdes import comparison
from app.supervision import attention, glance, mergers, overview
from app.supervision.measures import MEASURES
from app.supervision.models import IndicatorDay, IndicatorMonth
from tenants.models import Tenant
from tests.companions.conftest import appointed, record
from tests.conftest import browser

MEMBERS = MEASURES["anggota"]
THIS, BEFORE = Period.current(), Period.current().previous()


@pytest.fixture
def merged(app, coop, other_coop):
    """Sejahtera had seven members and went into Maju, which had ten, today."""
    with app.app_context():
        for tenant, members in ((coop, 10), (other_coop, 7)):
            for month in (BEFORE, THIS):
                row = {"tenant_id": tenant.id, "members_active": members}
                db.session.add(IndicatorMonth(**row, period=month.first_day))
            for days in (0, 1):
                on = clock.today() - timedelta(days=days)
                db.session.add(IndicatorDay(**row, on=on))
        merge(other_coop, coop, clock.today())
        db.session.commit()


def merge(gone, into, on):
    gone, into = (db.session.get_one(Tenant, tenant.id) for tenant in (gone, into))
    identity.merge(gone, into, on=on, note="Berita acara 3")


def slugs(found):
    return {place.slug for place in found} & {"maju", "sejahtera"}


def test_sums_and_rankings_leave_it_out_from_its_month_on_and_not_before(app, merged):
    with app.app_context():
        told = {
            month: (
                MEMBERS.of(glance.sums(month).row),
                slugs(glance.ranking(MEMBERS, month)),
                slugs(overview.standings(month)),
            )
            for month in (BEFORE, THIS)
        }

    assert told == {
        BEFORE: (17, {"maju", "sejahtera"}, {"maju", "sejahtera"}),
        THIS: (10, {"maju"}, {"maju"}),
    }


def test_the_funnel_the_week_and_every_list_leave_it_out(app, merged):
    with app.app_context():
        listed = {month: glance.funnel(month)[0].reached for month in (BEFORE, THIS)}
        week = attention.alerts(overview.standings(THIS, months=2), clock.today())

        assert listed[BEFORE] - listed[THIS] == 1
        assert "sejahtera" not in {alert.standing.slug for alert in week}
        assert slugs(board.places()) == {"maju"}
        assert slugs(confirming.latest()) == {"maju"}
        assert slugs(comparison.lines(clock.today())) == {"maju"}
        assert slugs(comparison.lines(clock.today() - timedelta(days=1))) == {"maju", "sejahtera"}


def test_a_merger_still_to_come_changes_nothing_yet(app, coop, other_coop):
    with app.app_context():
        merge(other_coop, coop, clock.today() + timedelta(days=3))

        assert slugs(glance.ranking(MEMBERS, THIS)) == {"maju", "sejahtera"}
        assert slugs(board.places()) == {"maju", "sejahtera"}


def test_the_open_page_adds_it_up_where_it_is(app, merged):
    with app.app_context():
        months = lines.every(public.read().months, fewest=1)
        reached = {city.period: city.stages["punya_anggota"] for city, *_rest in months}

    assert reached == {BEFORE: 2, THIS: 1}


def test_the_api_says_where_it_went(app, merged):
    with app.app_context():
        told = {row.slug: (row.status, row.merged_into) for row in api.cooperatives(limit=200)}
        months = [(row.cooperative, row.month) for row in api.months(limit=200)]
        days = [(row.cooperative, row.on) for row in api.days(limit=200)]

        assert told["sejahtera"] == ("merged", "maju")
        assert told["maju"][1] is None
        assert "sejahtera" not in {row.cooperative for row in api.documents(limit=200)}
    assert ("sejahtera", str(BEFORE)) in months
    assert ("sejahtera", str(THIS)) not in months
    assert ("sejahtera", clock.today() - timedelta(days=1)) in days
    assert ("sejahtera", clock.today()) not in days


def test_each_page_of_the_city_leads_to_the_other_one(sign_in, merged):
    dinas = sign_in(Role.CITY_AGENCY, None)
    for address in (
        "/kota/koperasi/",
        "/kota/peluncuran/koperasi/",
        "/kota/pendampingan/koperasi/",
    ):
        gone, heir = (dinas.get(address + name) for name in ("sejahtera", "maju"))

        assert (gone.status_code, heir.status_code) == (200, 200), address
        assert f"{address}maju" in gone.text
        assert "Digabung ke Maju" in gone.text
        assert f"{address}sejahtera" in heir.text


def test_who_looks_after_the_heir_reads_the_visits_to_what_it_was(app, coop, other_coop):
    with app.app_context():
        earlier = appointed("Lestari", other_coop)
        visit = record(other_coop, earlier)
        wahyu = appointed("Wahyu", coop)
        stranger = appointed("Ratna", overview_tenant("bandengan"))
        merge(other_coop, coop, clock.today())
        db.session.commit()
        pages = [browser(app, person) for person in (wahyu, stranger)]
        address = f"/kota/pendampingan/kunjungan/{visit.id}"
        looked_after = slugs(assignments.cooperatives_of(earlier.id))

    assert [page.get(address).status_code for page in pages] == [200, 404]
    assert looked_after == set()
    assert "Lestari" in pages[0].get("/kota/pendampingan/koperasi/sejahtera").text
    refused = pages[0].get("/kota/pendampingan/koperasi/sejahtera/kunjungan-baru")
    assert "catat kunjungan di sana" in refused.text


def overview_tenant(slug):
    return db.session.get_one(Tenant, overview.find(slug).id)


def test_of_a_chain_of_mergers_the_last_one_is_the_heir(app, coop, other_coop):
    with app.app_context():
        third = overview_tenant("bandengan")
        merge(other_coop, coop, clock.today())
        merge(coop, third, clock.today())

        assert mergers.heir_of(other_coop.id) == third.id
        assert [m.slug for m in mergers.concerning(coop.id)[1]] == ["sejahtera"]
