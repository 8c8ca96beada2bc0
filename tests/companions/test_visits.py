"""Visits: reported once, signed by both sides, approved by another, and then unchangeable."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.auth.permissions import Role
from app.companions import assignments, visits
from app.companions.models import Side
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.core.pictures import Picture
from app.supervision import city
from tests.companions.conftest import appointed, record, report

PICTURE = Picture(b"JPEG", 1, 1)


def test_a_visit_reported_twice_is_recorded_once(app, coop, companion):
    key = uuid4()
    with app.app_context():
        first = record(coop, companion, key=key)
        again = record(coop, companion, key=key)

        assert first.id == again.id
        assert len(visits.of_cooperative(coop)) == 1


def test_the_database_knows_no_visit_that_ends_before_it_begins(app, coop, companion):
    with app.app_context(), pytest.raises(IntegrityError, match="ends_after_it_begins"):
        record(coop, companion, began_at=time(11), ended_at=time(9))


def test_a_report_that_is_changed_is_signed_anew(app, coop, companion):
    with app.app_context():
        found = record(coop, companion)
        assert visits.is_signed(found)

        visits.amend(found, report(purpose="Lain"), signatures={Side.VISITOR: b"PNG"})

        assert found.purpose == "Lain"
        assert visits.signed_sides(found) == [Side.VISITOR]


def test_a_report_is_approved_by_another_person_once_signed(app, coop, other_coop, companion):
    with app.app_context():
        found = record(coop, companion, signed=False)
        another = appointed("Endang", other_coop)
        with pytest.raises(DomainError):
            visits.approve(found, by=another.id)
        visits.amend(found, report(on_paper=True), signatures={})
        with pytest.raises(DomainError):
            visits.approve(found, by=companion.id)

        visits.approve(found, by=another.id)
        visits.approve(found, by=another.id)

        assert (found.approved_on, found.approved_by) == (clock.today(), another.id)


def test_an_approved_report_stands_as_it_is(app, coop, other_coop, companion):
    with app.app_context():
        found = record(coop, companion)
        visits.approve(found, by=appointed("Endang", other_coop).id)

        with pytest.raises(DomainError):
            visits.amend(found, report(), signatures={})
        with pytest.raises(DomainError):
            visits.add_photo(found, PICTURE, key=uuid4())


def test_a_photo_sent_twice_is_kept_once_and_six_are_enough(app, coop, companion):
    with app.app_context():
        found, key = record(coop, companion), uuid4()
        visits.add_photo(found, PICTURE, key=key)
        visits.add_photo(found, PICTURE, key=key)
        assert list(visits.photos_of(found)) == [key]
        for _ in range(5):
            visits.add_photo(found, PICTURE, key=uuid4())

        with pytest.raises(DomainError):
            visits.add_photo(found, PICTURE, key=uuid4())
        visits.remove_photo(found, key)
        assert len(visits.photos_of(found)) == 5


def test_a_cooperative_sees_only_the_visits_to_itself(scope, coop, other_coop, visit):
    with scope(coop):
        assert visits.find(visit.id)
    with scope(other_coop):
        assert visits.find(visit.id) is None


def test_the_role_of_the_city_reads_days_and_nothing_that_was_written(app, coop, visit):
    with app.app_context():
        days = city.ask(text("SELECT visited_on FROM visits"))
        assert [row.visited_on for row in days] == [clock.today()]
        for column in ("attended", "observations", "purpose", "companion_id"):
            with pytest.raises(DBAPIError, match="permission denied"):
                city.ask(text(f"SELECT {column} FROM visits"))


def test_a_companion_looks_after_a_cooperative_until_a_day(app, coop, other_coop):
    with app.app_context():
        wahyu = appointed("Wahyu", coop)
        today = clock.today()
        assignments.assign(
            wahyu, [other_coop], from_date=today + timedelta(days=3), until_date=None
        )
        assert [one.slug for one in assignments.cooperatives_of(wahyu.id)] == ["maju"]
        with pytest.raises(DomainError):  # again
            assignments.assign(wahyu, [coop], from_date=today, until_date=None)
        with pytest.raises(Invalid):
            assignments.assign(
                wahyu, [other_coop], from_date=today, until_date=today - timedelta(days=1)
            )

        mine = next(one for one in assignments.running() if one.cooperative.id == coop.id)
        assignments.end(mine, last_day=today - timedelta(days=1))

        assert not assignments.cooperatives_of(wahyu.id)
        assert assignments.find(mine.office.id) is None


def test_the_last_visit_to_each_is_known(app, coop, other_coop, companion):
    with app.app_context():
        record(coop, companion, visited_on=date(2026, 1, 5))
        record(coop, companion, visited_on=date(2026, 3, 2))

        assert visits.last_days() == {coop.id: date(2026, 3, 2)}


def test_the_office_of_a_companion_opens_no_books(sign_in, companion, signed_in):
    assert signed_in(companion).get("/k/maju/").status_code == 404
    assert sign_in(Role.CITY_OPERATOR, None).get("/kota/pendampingan/").status_code == 403
