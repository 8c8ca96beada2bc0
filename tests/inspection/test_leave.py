"""Leave to look inside: asked for, given, refused, taken back, lapsed; by whom."""

from datetime import timedelta

import pytest

from app.auth import services as people
from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.inspection import services
from app.inspection.models import Inspection
from tasks import city
from tests.conftest import make_user
from tests.inspection.conftest import CITY, HERE, REASON, ask, form, granted


def test_a_refusal_says_why_and_opens_nothing(agency, chair):
    number = ask(agency)
    silent = chair.post(f"{HERE}{number}/tolak", data=form(answer=""))
    assert silent.status_code == 422
    assert 'id="answer-wrong"' in silent.text

    said = form(answer="Tunggu rapat pengurus")
    assert chair.post(f"{HERE}{number}/tolak", data=said).status_code == 303
    assert "Tunggu rapat pengurus" in agency.get(f"{CITY}{number}").text
    assert agency.get("/k/maju/").status_code == 404
    assert chair.post(f"{HERE}{number}/izinkan", data=form()).status_code == 422


def test_a_request_is_taken_back(agency, chair):
    number = ask(agency)

    assert agency.post(f"{CITY}{number}/tarik", data=form()).status_code == 303
    assert chair.post(f"{HERE}{number}/izinkan", data=form()).status_code == 422
    assert agency.get("/k/maju/").status_code == 404


def test_in_an_emergency_a_colleague_gives_leave_and_the_cooperative_is_told(
    agency, chair, sign_in
):
    number = ask(agency)
    colleague = sign_in(Role.CITY_AGENCY, None, name="rekan")
    assert f"{CITY}{number}" in colleague.get(CITY).text
    wordless = colleague.post(f"{CITY}{number}/darurat", data=form(why=""))
    assert wordless.status_code == 422

    sent = form(why="Ketua tidak dapat dihubungi")
    assert colleague.post(f"{CITY}{number}/darurat", data=sent).status_code == 303
    assert agency.get("/k/maju/").status_code == 200
    assert "Dinas sedang melihat" in chair.get("/k/maju/").text
    assert "Ketua tidak dapat dihubungi" in chair.get(f"{HERE}{number}").text
    assert chair.post(f"{HERE}{number}/akhiri", data=form()).status_code == 422


def test_nobody_gives_themselves_leave(app, agency, sign_in, coop):
    number = ask(agency)

    assert agency.post(f"{CITY}{number}/darurat", data=form(why="Segera")).status_code == 422
    assert agency.get("/k/maju/").status_code == 404


def test_a_chair_who_serves_the_agency_does_not_grant_their_own(app, scope, coop):
    with scope(coop):
        busy = make_user("Umi", "umi@contoh.id")
        asked = services.ask(coop, busy, reason=REASON, days=1)
        people.appoint(busy, Role.CHAIR, coop, from_date=clock.today())
        with pytest.raises(DomainError):
            services.grant(asked, busy)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.TREASURER, Role.SUPERVISOR])
def test_only_the_chair_answers(agency, sign_in, role):
    number = ask(agency)
    officer = sign_in(role)

    assert officer.get(f"{HERE}{number}").status_code == 200
    assert officer.post(f"{HERE}{number}/izinkan", data=form()).status_code == 403


def test_the_vice_chair_answers_only_while_there_is_no_chair(agency, sign_in):
    vice = sign_in(Role.VICE_BUSINESS)
    number = ask(agency)
    sign_in(Role.CHAIR)
    assert vice.post(f"{HERE}{number}/izinkan", data=form()).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "beside"),
    [({"reason": ""}, "reason"), ({"days": "0"}, "days"), ({"days": "8"}, "days")],
)
def test_a_request_needs_a_reason_and_a_time_within_the_limit(agency, coop, wrong, beside):
    response = agency.post(f"{CITY}minta/maju", data=form(reason=REASON, days="3") | wrong)

    assert response.status_code == 422
    assert f'id="{beside}-wrong"' in response.text


def test_one_asks_once_at_a_time(agency, coop):
    ask(agency)

    again = agency.post(f"{CITY}minta/maju", data=form(reason=REASON, days="1"))
    assert again.status_code == 422


def test_one_finds_only_ones_own_requests(agency, chair, sign_in):
    number = granted(agency, chair)
    colleague = sign_in(Role.CITY_AGENCY, None, name="rekan")

    assert colleague.get(f"{CITY}{number}").status_code == 404
    assert colleague.post(f"{CITY}{number}/akhiri", data=form()).status_code == 404
    assert sign_in(Role.CITY_COMPANION, None).get(CITY).status_code == 403
    assert agency.get(f"{CITY}minta/tidak-ada").status_code == 404


def test_the_city_role_reads_no_request(app, agency):
    ask(agency)
    with app.app_context(), db.engines["city"].connect() as city:
        for table in ("inspections", "inspection_looks"):
            with pytest.raises(Exception, match="permission denied"), city.begin_nested():
                city.exec_driver_sql(f"SELECT * FROM {table}")


def wait_too_long(app, number):
    with app.app_context():
        asked = db.session.get_one(Inspection, number)
        asked.asked_at = clock.now() - timedelta(days=7, minutes=1)
        db.session.commit()


def test_a_request_that_nobody_answers_lapses_and_both_sides_see_it(app, agency, chair):
    number = ask(agency)
    assert "Gugur bila tidak dijawab" in chair.get(f"{HERE}{number}").text
    wait_too_long(app, number)

    assert city.tidy_up()["requests"] == 1
    assert city.tidy_up()["requests"] == 0
    for page in (chair.get(f"{HERE}{number}"), agency.get(f"{CITY}{number}")):
        assert "Gugur tanpa jawaban" in page.text


def test_leave_is_not_given_late_even_before_the_night_and_one_may_ask_again(app, agency, chair):
    number = ask(agency)
    wait_too_long(app, number)
    late = chair.post(f"{HERE}{number}/izinkan", data=form(), follow_redirects=True)

    assert "gugur" in late.text
    assert ask(agency) != number
