"""The week's list: what is left alone for some days comes back by itself."""

from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import quote
from uuid import uuid4

import pytest

from app.auth.permissions import Role
from app.core import clock
from app.core.period import Period
from app.extensions import db
from app.jobs.models import Job
from app.supervision import attention, overview, reporting, snoozes
from tests.companions.conftest import appointed
from tests.conftest import browser
from tests.supervision.test_overview import CANARY

WEEK = "/kota/pekan-ini/?kecamatan=Barat"
SNOOZE = "/kota/pekan-ini/sejahtera/silent/tunda"


@pytest.fixture(autouse=True)
def reported(scope, other_coop):
    with scope(other_coop):
        reporting.report(clock.today())
        db.session.commit()


def written(days):
    return (clock.today() + timedelta(days=days)).strftime("%d-%m-%Y")


def put_off(browser, days=7, reason="Pengurus baru dilantik", address=SNOOZE):
    form = {"key": str(uuid4()), "until": written(days), "reason": reason}
    return browser.post(address, data=form, follow_redirects=True)


def test_what_is_put_off_leaves_the_list_with_its_reason_and_name(sign_in):
    dinas = sign_in(Role.CITY_AGENCY, None)
    assert "sejahtera/silent/tunda" in dinas.get(WEEK).text
    assert "Alert(" not in dinas.get(SNOOZE).text

    put_off(dinas)
    page = dinas.get(WEEK).text

    assert "sejahtera/silent/tunda" not in page
    assert "Pengurus baru dilantik" in page
    assert "Petugas dinas" in page


def test_it_can_be_taken_up_again_before_its_day(sign_in):
    dinas = sign_in(Role.CITY_AGENCY, None)
    put_off(dinas)

    dinas.post(SNOOZE.replace("tunda", "lanjutkan"), data={"key": str(uuid4())})

    assert "sejahtera/silent/tunda" in dinas.get(WEEK).text


def test_it_comes_back_by_itself_after_its_day(app, sign_in):
    put_off(sign_in(Role.CITY_AGENCY, None), days=0)
    with app.app_context():
        raised = attention.alerts(overview.standings(Period.current(), months=2), clock.today())
        silent = [a for a in raised if (a.standing.slug, a.rule) == ("sejahtera", "silent")]
        today, tomorrow = (
            snoozes.sort_out(silent, clock.today() + timedelta(days=n))[0] for n in (0, 1)
        )

    assert (today, tomorrow) == ([], silent)


@pytest.mark.parametrize(("days", "said"), [(-1, "sudah lewat"), (400, "Paling lambat")])
def test_a_day_that_cannot_be_is_refused_and_the_reason_kept(sign_in, days, said):
    page = put_off(sign_in(Role.CITY_AGENCY, None), days=days)

    assert page.status_code == 422
    assert said in page.text
    assert "Pengurus baru dilantik" in page.text


def test_what_no_rule_objects_to_cannot_be_put_off(sign_in):
    dinas = sign_in(Role.CITY_AGENCY, None)

    assert dinas.get("/kota/pekan-ini/sejahtera/held/tunda").status_code == 404
    assert dinas.get("/kota/pekan-ini/tidak-ada/silent/tunda").status_code == 404


def test_only_the_agency_and_companions_put_off(sign_in):
    assert put_off(sign_in(Role.CITY_OPERATOR, None)).status_code == 403
    assert put_off(sign_in(Role.TREASURER)).status_code == 404
    assert put_off(sign_in(Role.CITY_COMPANION, None)).status_code == 200


def test_figures_are_computed_on_demand_by_a_job_of_the_cooperative(app, sign_in, other_coop):
    dinas, key = sign_in(Role.CITY_AGENCY, None), str(uuid4())
    for _ in range(2):  # a double click
        page = dinas.post(
            "/kota/koperasi/sejahtera/hitung", data={"key": key}, follow_redirects=True
        )

    with app.app_context():
        jobs = db.session.query(Job).filter_by(kind="supervision.report").all()
    assert page.status_code == 200
    assert [job.tenant_id for job in jobs] == [other_coop.id]
    assert CANARY not in page.text


def test_twenty_cooperatives_stand_on_a_page(sign_in):
    dinas = sign_in(Role.CITY_AGENCY, None)
    first, second = (dinas.get(f"/kota/pekan-ini/?hal={page}").text for page in (1, 2))

    assert first.count('<details class="fold"') - second.count('<details class="fold"') > 5
    assert "20 dari " in first
    assert "hal=2" in first


def test_the_list_is_filtered_by_matter_district_and_who_accompanies(app, sign_in, other_coop):
    with app.app_context():
        person = appointed("Lestari", other_coop)
        companion = browser(app, person)
    mine = companion.get("/kota/pekan-ini/?milik=saya").text
    unvisited = companion.get("/kota/pekan-ini/?milik=saya&aturan=unvisited").text

    assert "Sejahtera" in mine
    assert "Bandengan" not in mine
    assert "belum pernah dikunjungi" in unvisited
    assert "belum pernah mencatat" not in unvisited
    assert companion.get("/kota/pekan-ini/?aturan=lain").status_code == 404
    assert "milik" not in sign_in(Role.CITY_AGENCY, None).get(WEEK).text


def test_why_a_cooperative_is_in_the_list_is_read_without_opening_it(sign_in):
    page = sign_in(Role.CITY_AGENCY, None).get(WEEK).text
    closed = page.partition('<details class="fold"')[2].partition("</summary>")[0]

    assert "Belum dikunjungi" in closed
    assert ">Soal</label>" in page


def test_the_text_to_send_is_a_line_a_cooperative_and_fits_into_a_link(app):
    def alert(standing, rule, words):
        return attention.Alert(standing, rule, words)

    few = SimpleNamespace(ward="Zeta")
    with app.test_request_context():
        raised = [
            alert(few, "held", "Rp9.000.000 titipan ditahan 4 hari"),
            alert(few, "unclosed", "buku Oktober 2026 belum ditutup"),
            alert(SimpleNamespace(ward="Alfa"), "unclosed", "buku Oktober 2026 belum ditutup"),
        ]
        _head, zeta, alfa = attention.as_text(raised, clock.today()).splitlines()
        everything = [
            alert(SimpleNamespace(ward=f"Kelurahan {n}"), rule, "x" * 70)
            for n in range(27)
            for rule in ("silent", "unclosed", "unvisited", "expiring", "unplanned")
        ]
        link = quote(attention.as_text(everything, clock.today()))

    assert zeta == "- Zeta: Rp9.000.000 titipan ditahan 4 hari; Bulan belum ditutup"
    assert alfa == "- Alfa: buku Oktober 2026 belum ditutup"
    assert len(link) < 6_000


def objects_to(who):
    return lambda standing, today: "ya" if standing is who else None


def test_what_puts_money_at_risk_comes_first(monkeypatch):
    few, many = (SimpleNamespace(id=n, ward=w) for n, w in ((1, "Zeta"), (2, "Alfa")))
    alerts = {"held": few, "silent": many, "documents": many, "unvisited": many}
    rules = {name: objects_to(who) for name, who in alerts.items()}
    monkeypatch.setattr(attention, "RULES", rules)
    found = attention.alerts([many, few], clock.today())

    assert [(a.standing.ward, a.rule) for a in found] == [
        ("Zeta", "held"),
        ("Alfa", "silent"),
        ("Alfa", "documents"),
        ("Alfa", "unvisited"),
    ]
