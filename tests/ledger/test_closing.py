"""Closing a month: looked at, closed, agreed to; and opened again only with care."""

from datetime import date
from uuid import uuid4

import pytest

from app.approvals import services as approvals
from app.approvals import views as approval_views
from app.auth import services as appointments
from app.auth.permissions import Role
from app.core.errors import DomainError
from app.core.period import Period
from app.extensions import db
from app.ledger import closing, months
from app.ledger import services as ledger
from app.ledger.closing import Stage
from app.ledger.models import AccountRole
from app.ledger.services import Source, credit, debit
from tenants.scope import act_as
from tests.conftest import make_user

MONTH = Period(2026, 3)
PAGE = "/k/maju/buku/tutup/2026-03"


def post(on=date(2026, 3, 2), *, key="1", against=AccountRole.GRANTS):
    lines = [debit(AccountRole.CASH, 45_000), credit(against, 45_000)]
    return ledger.post(on=on, memo="uji", source=Source("test", key), lines=lines)


@pytest.fixture(autouse=True)
def journal(scope, coop):
    with scope(coop):
        post()
        db.session.commit()


@pytest.fixture
def people(app, coop):
    with app.app_context():
        both = [make_user(name, f"{name}@example.net") for name in ("bendahara", "ketua")]
        for user, role in zip(both, (Role.TREASURER, Role.CHAIR), strict=True):
            appointments.appoint(user, role, coop, from_date=date(2025, 1, 1))
        db.session.commit()
        return [user.id for user in both]


@pytest.fixture
def closed(scope, coop, people):
    """In the cooperative, as the chair, with the month closed by the treasurer."""
    with scope(coop):
        act_as(people[0])
        asked = closing.close(MONTH)
        act_as(people[1])
        yield asked


def appointed(role, coop):
    user = make_user(role.value, f"{role}@example.com")
    appointments.appoint(user, role, coop, from_date=date(2025, 1, 1))
    db.session.flush()
    return user.id


def agree(asked):
    approvals.approve(asked.id, approval_views.ACTS[asked.kind])


def stage():
    return closing.standing(MONTH).stage


def test_a_closed_month_takes_nothing_before_the_chair_has_looked(closed):
    assert stage() is Stage.WAITING
    with pytest.raises(DomainError):
        post(key="2")


def test_the_chair_agrees(closed):
    agree(closed)

    assert stage() is Stage.AGREED
    assert months.find(MONTH).agreed_by is not None


def test_no_other_office_agrees_or_refuses_while_there_is_a_chair(scope, closed, app, coop):
    act_as(appointed(Role.VICE_BUSINESS, coop))

    with pytest.raises(DomainError, match=r"chair|ketua"):
        agree(closed)
    with pytest.raises(DomainError, match=r"chair|ketua"):
        approvals.reject(closed.id, answer="tidak")
    assert approvals.count_waiting() == 0
    assert stage() is Stage.WAITING


def test_the_vice_chair_for_business_acts_for_a_vacant_seat(closed, coop):
    vice = appointed(Role.VICE_BUSINESS, coop)
    chair = next(office for office, _user in appointments.seats(coop) if office.role is Role.CHAIR)
    chair.until_date = date(2026, 1, 1)
    db.session.flush()
    act_as(vice)

    assert approvals.count_waiting() == 1
    agree(closed)
    assert stage() is Stage.AGREED


def test_who_may_not_answer_reads_who_does(sign_in):
    treasurer, vice = sign_in(Role.TREASURER), sign_in(Role.VICE_BUSINESS)
    sign_in(Role.CHAIR)
    treasurer.post(PAGE, data=key())
    waiting = vice.get("/k/maju/persetujuan/").text
    id = waiting.split("/persetujuan/")[1].split('"')[0].split("?")[0]

    shown = vice.get(f"/k/maju/persetujuan/{id}").text
    answered = vice.post(f"/k/maju/persetujuan/{id}/setuju", data=key())

    assert "Hanya ketua yang menjawab ini" in shown
    assert "/setuju" not in shown
    assert "Hanya ketua yang menjawab ini" in answered.text


def test_closed_twice_it_is_asked_once(closed, people):
    act_as(people[0])

    assert closing.close(MONTH).id == closed.id


def test_a_refused_month_is_mended_and_closed_anew(closed, people):
    approvals.reject(closed.id, answer="kas belum dihitung")
    assert stage() is Stage.REFUSED

    closing.take_up_again(MONTH)
    post(key="2")
    act_as(people[0])
    assert closing.close(MONTH).id != closed.id
    assert stage() is Stage.WAITING


def test_a_month_that_was_not_refused_is_not_simply_taken_up_again(closed):
    with pytest.raises(DomainError):
        closing.take_up_again(MONTH)


def test_it_is_opened_again_only_when_the_chair_agrees(closed, people):
    agree(closed)
    act_as(people[0])
    asked = closing.ask_to_reopen(MONTH, reason="nota tertinggal")
    assert stage() is Stage.AGREED

    act_as(people[1])
    agree(asked)

    assert stage() is Stage.OPEN
    post(key="2")
    assert approvals.find(asked.id).approval.reason == "nota tertinggal"


def test_only_the_month_closed_last_is_opened_again(closed, people):
    agree(closed)
    act_as(people[0])
    asked = closing.ask_to_reopen(MONTH, reason="nota tertinggal")
    post(date(2026, 4, 1), key="2")
    closing.close(MONTH.next())

    act_as(people[1])
    with pytest.raises(DomainError):
        agree(asked)
    with pytest.raises(DomainError):
        closing.ask_to_reopen(MONTH, reason="lagi")


def test_an_open_month_is_not_asked_about(scope, coop, people):
    with scope(coop):
        act_as(people[1])
        with pytest.raises(DomainError):
            closing.ask_to_reopen(MONTH, reason="x")


def key(**more):
    return {"key": str(uuid4()), **more}


def test_the_treasurer_closes_and_the_chair_agrees_on_their_pages(sign_in):
    treasurer, chair = sign_in(Role.TREASURER), sign_in(Role.CHAIR)
    page = treasurer.get(PAGE)
    assert page.status_code == 200
    assert page.text.count("task-done") == page.text.count("task-sign")

    assert treasurer.post(PAGE, data=key()).status_code == 303

    assert "Menunggu ketua" in treasurer.get(PAGE).text
    waiting = chair.get("/k/maju/persetujuan/").text
    id = waiting.split("/persetujuan/")[1].split('"')[0].split("?")[0]
    assert chair.post(f"/k/maju/persetujuan/{id}/setuju", data=key()).status_code == 303
    assert "Menunggu ketua" not in treasurer.get(PAGE).text
    assert treasurer.post(PAGE, data=key()).status_code == 303


def test_what_is_left_undone_needs_a_word(scope, coop, sign_in):
    with scope(coop):
        post(key="2", against=AccountRole.INSTALMENTS_HELD)
        db.session.commit()
    treasurer = sign_in(Role.TREASURER)

    assert "Rp45.000" in treasurer.get(PAGE).text
    refused = treasurer.post(PAGE, data=key())
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.text
    assert treasurer.post(PAGE, data=key(note="BRI tutup, disetor Senin")).status_code == 303
    assert "BRI tutup, disetor Senin" in treasurer.get(PAGE).text


def test_a_month_that_is_not_over_shows_its_list_but_cannot_be_closed(sign_in):
    treasurer, now = sign_in(Role.TREASURER), Period.current()
    page = f"/k/maju/buku/tutup/{now}"

    assert "task-sign" in treasurer.get(page).text
    assert treasurer.post(page, data=key(note="x")).status_code == 422


def test_the_treasurer_asks_with_a_reason_on_the_page(scope, coop, people, sign_in):
    with scope(coop):
        act_as(people[0])
        asked = closing.close(MONTH)
        act_as(people[1])
        agree(asked)
        db.session.commit()
    treasurer = sign_in(Role.TREASURER)

    assert treasurer.post(f"{PAGE}/buka", data=key(reason="")).status_code == 422
    assert treasurer.post(f"{PAGE}/buka", data=key(reason="nota tertinggal")).status_code == 303
    assert "nota tertinggal" in treasurer.get(PAGE).text


def test_a_refused_month_is_taken_up_again_on_the_page(scope, coop, people, sign_in):
    with scope(coop):
        act_as(people[0])
        asked = closing.close(MONTH)
        act_as(people[1])
        approvals.reject(asked.id, answer="kas belum dihitung")
        db.session.commit()
    treasurer = sign_in(Role.TREASURER)

    assert "kas belum dihitung" in treasurer.get(PAGE).text
    assert treasurer.post(f"{PAGE}/perbaiki", data=key()).status_code == 303
    assert "task-sign" in treasurer.get(PAGE).text


def test_a_supervisor_looks_but_neither_closes_nor_opens(sign_in):
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(PAGE).status_code == 200
    assert supervisor.post(PAGE, data=key()).status_code == 403
    assert supervisor.post(f"{PAGE}/buka", data=key()).status_code == 403


def test_the_chair_agrees_to_opening_and_so_does_not_ask_for_it(sign_in):
    assert sign_in(Role.CHAIR).post(f"{PAGE}/buka", data=key()).status_code == 403


def test_a_stranger_does_not_learn_that_it_exists(sign_in, other_coop):
    assert sign_in(Role.TREASURER, other_coop).get(PAGE).status_code == 404


def test_a_month_that_does_not_exist_is_not_found(sign_in):
    assert sign_in(Role.TREASURER).get("/k/maju/buku/tutup/2026-13").status_code == 404
