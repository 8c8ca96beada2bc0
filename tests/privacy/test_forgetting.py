"""Forgetting: whose time is over is erased by two people, and nowhere in the database remains."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.approvals import services as approvals
from app.approvals import views as approval_views
from app.auth.permissions import Role
from app.cash import tills
from app.core import clock
from app.core.errors import DomainError
from app.departures import services as departures
from app.departures.models import DepartureKind
from app.extensions import db
from app.ledger import redactions, reports, seals, verify
from app.ledger import services as ledger
from app.members import services as members
from app.privacy import forgetting, retention
from tenants.scope import act_as
from tests.factories import make_candidate, make_member, pay
from tests.privacy.conftest import ADDRESS, KEPT, NIK, a_full_life, depart, whole_database

pytestmark = pytest.mark.usefixtures("short")
PLANTED = (
    "Sulastri Handayani", "Sulastri Handayati", NIK, "81234567890", "Gang Melati", "Joko Prasetyo",
    "Penjahit", "pindah ke Batang", "Namaku salah",
)  # fmt: skip


def forget(member, two):
    asked = forgetting.ask(member, reason="masa simpan sudah lewat")
    act_as(two[1])
    approvals.approve(asked.id, approval_views.ACTS[forgetting.KIND])
    db.session.commit()


def test_nothing_that_names_the_person_remains_in_the_database(gone, two, coop):
    before = whole_database(coop)
    assert all(planted.lower() in before.lower() for planted in PLANTED)

    forget(gone, two)

    after = whole_database(coop).replace(KEPT, "")
    left = [line for line in after.splitlines() for p in PLANTED if p.lower() in line.lower()]
    assert left == []


def test_the_books_and_the_seals_stay_as_they_are(gone, two):
    journals = [(j.id, j.voucher.number) for j in reports.history_of(gone.id, limit=100)]
    balance = reports.trial_balance(date(2025, 1, 1), clock.today()).total_debit

    forget(gone, two)

    assert [(j.id, j.voucher.number) for j in reports.history_of(gone.id, limit=100)] == journals
    assert reports.trial_balance(date(2025, 1, 1), clock.today()).total_debit == balance
    assert verify.differences() == []
    assert seals.breaches() == []
    assert redactions.count() > 0
    assert members.find(2).name == "Anggota A0002"


def test_others_stay_whom_they_are_and_the_trail_says_what_was_done(gone, two, coop):
    forget(gone, two)

    assert members.find(1).name == KEPT
    assert f"Milik {KEPT} ada" in whole_database(coop)
    noted = db.session.execute(
        text("SELECT actor_id, after FROM audit_events WHERE action = 'forgotten'")
    ).all()
    assert [row.actor_id for row in noted] == [two[1]]


def test_done_again_it_changes_nothing(gone, two):
    forget(gone, two)

    assert gone not in [member for member, _day in retention.timers()]
    with pytest.raises(DomainError):
        forgetting.ask(members.find(2), reason="lagi")


def test_another_person_of_the_same_name_keeps_it(gone, two):
    namesake = make_member("Sulastri Handayani")
    paid = pay(namesake, on=clock.today(), voluntary=10_000)

    forget(gone, two)

    assert members.find(3).name == "Sulastri Handayani"
    journal = ledger.find_journal_by_id(paid.journal_id)
    assert journal.memo.endswith("Sulastri Handayani")


def test_nobody_is_forgotten_before_their_time_or_while_something_is_owed(scope, coop, two):
    with scope(coop):
        act_as(two[0])
        member = make_member("Rini Lestari", date(2025, 2, 1))
        pay(member, on=date(2025, 2, 1), voluntary=10_000)
        with pytest.raises(DomainError):
            forgetting.ask(member, reason="x")
        departures.depart(
            member, DepartureKind.MOVE, on=date(2025, 6, 1), reason="pindah", letter=""
        )
        with pytest.raises(DomainError, match=r"owed|utang|Selesaikan"):
            forgetting.ask(member, reason="x")
        departures.refund(member, on=clock.today(), recipient="", papers="", till=tills.main_till())
        assert forgetting.ask(member, reason="x").state == "waiting"


def test_the_database_forgets_nobody_without_a_second_person(gone, two):
    asked = forgetting.ask(gone, reason="masa simpan sudah lewat")

    with pytest.raises(DBAPIError, match="no second person"):
        db.session.execute(forgetting._FORGET, {"member": gone.id, "approval": asked.id})


def test_a_candidate_who_never_joined_is_forgotten_too(scope, coop, two):
    with scope(coop):
        act_as(two[0])
        member = make_candidate("Tuti Wulandari", date(2025, 2, 1))
        forget(member, two)

        assert "Tuti Wulandari" not in whole_database(coop)


def test_the_secretary_asks_and_the_chair_agrees_on_their_pages(sign_in, two, scope, coop):
    with scope(coop):
        act_as(two[0])
        depart(a_full_life(two))
    secretary, chair = sign_in(Role.SECRETARY), sign_in(Role.CHAIR)
    assert "Sulastri" in secretary.get(ADDRESS).text

    wrong = secretary.post(f"{ADDRESS}2/hapus", data={"key": str(uuid4()), "reason": ""})
    asked = secretary.post(f"{ADDRESS}2/hapus", data={"key": str(uuid4()), "reason": "lewat"})
    answered = chair.post(f"{asked.location}/setuju", data={"key": str(uuid4())})

    assert (wrong.status_code, asked.status_code, answered.status_code) == (422, 303, 303)
    assert "Anggota A0002" in secretary.get("/k/maju/anggota/2/").text
    assert "Sulastri Handayani" not in secretary.get(f"{ADDRESS}2").text
    assert "tidak ada lagi data pribadi" in secretary.get(f"{ADDRESS}2").text


def test_a_treasurers_colleague_without_the_register_does_not_ask(sign_in):
    assert sign_in(Role.MANAGER).post(f"{ADDRESS}1/hapus").status_code == 403
