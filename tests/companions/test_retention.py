"""Names, photos and signatures of a visit are deleted when their time is over."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from app.companions import retention, visits
from app.companions.models import Visit, VisitPhoto, VisitSignature
from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.extensions import db
from tasks import city
from tenants.definitions import Key
from tenants.settings import decide_for_city


def age(visit, months):
    """Let a visit have been so many months ago."""
    found = db.session.get_one(Visit, visit.id)
    row = {"key": uuid4(), "tenant_id": found.tenant_id, "visit_id": found.id}
    db.session.add(VisitPhoto(content=b"\xff\xd8\xff", **row))
    found.visited_on = Period.current().plus(-months).first_day
    db.session.commit()


def kept(part):
    return db.session.scalar(select(func.count()).select_from(part))


def test_what_is_over_is_deleted_once_and_what_was_seen_stays(app, visit):
    with app.app_context():
        seen = db.session.get_one(Visit, visit.id).observations
        age(visit, 25)
    assert city.tidy_up()["visits"] == 1
    assert city.tidy_up()["visits"] == 0
    with app.app_context():
        found = db.session.get_one(Visit, visit.id)

        assert (found.attended, found.signed_by, found.observations) == ("", "", seen)
        assert found.forgotten_on == clock.today()
        assert kept(VisitPhoto) == kept(VisitSignature) == 0
        with pytest.raises(DomainError):
            visits.check_open(found)


def test_a_report_whose_signatures_are_deleted_waits_for_no_approval(
    app, visit, companion, signed_in
):
    with app.app_context():
        age(visit, 25)
        retention.forget_old()
        db.session.commit()
        found = db.session.get_one(Visit, visit.id)

        assert not visits.is_signed(found)
        assert not visits.unapproved()
        with pytest.raises(DomainError, match="dihapus"):
            visits.approve(found, by=companion.id + 1)
    page = signed_in(companion).get(f"/kota/pendampingan/kunjungan/{visit.id}").text
    assert "tidak pernah disetujui" in page


def test_a_report_signed_on_paper_can_be_approved_ever_after(app, visit, companion):
    with app.app_context():
        db.session.get_one(Visit, visit.id).on_paper = True
        age(visit, 25)
        retention.forget_old()
        db.session.commit()

        assert [told.visit.id for told in visits.unapproved()] == [visit.id]


def test_who_writes_a_report_is_told_to_name_nobody_in_what_is_kept(coop, companion, signed_in):
    page = signed_in(companion).get("/kota/pendampingan/koperasi/maju/kunjungan-baru").text

    assert "tanpa nama orang" in page


def test_what_is_still_needed_is_kept_and_the_page_says_until_when(
    app, visit, companion, signed_in
):
    with app.app_context():
        age(visit, 24)
        found = db.session.get_one(Visit, visit.id)
        assert retention.forget_old() == 0
        assert retention.forgotten_after(found) == Period.current().last_day
        db.session.rollback()
    page = signed_in(companion).get(f"/kota/pendampingan/kunjungan/{visit.id}").text

    assert "disimpan sampai" in page


def test_how_long_is_a_setting_and_the_page_says_when_it_was_deleted(
    app, visit, companion, signed_in
):
    with app.app_context():
        decide_for_city(Key.VISIT_KEEP_MONTHS, 3, from_date=date(2025, 1, 1))
        age(visit, 4)
        retention.forget_old()
        db.session.commit()
    page = signed_in(companion).get(f"/kota/pendampingan/kunjungan/{visit.id}").text

    assert "dihapus pada" in page


def test_the_trail_of_changes_holds_no_name(app, visit):
    with app.app_context():
        found = db.session.get_one(Visit, visit.id)
        written = db.session.scalars(
            text("SELECT after::text FROM audit_events WHERE record = 'visits'")
        ).all()

        assert written
        assert not [line for line in written if found.attended in line]
        assert all('"attended": "•••"' in line for line in written if '"attended"' in line)
