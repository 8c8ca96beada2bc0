"""Closing a month: looked at, closed, agreed to; and opened again only with care."""

from datetime import date

import pytest

from app.approvals import services as approvals
from app.approvals import views as approval_views
from app.auth import services as appointments
from app.auth.permissions import Role
from app.core.errors import DomainError
from app.extensions import db
from app.ledger import closing, months
from app.ledger.closing import Stage
from tenants.scope import act_as
from tests.conftest import make_user
from tests.ledger.a_month import MONTH, PAGE, key, post


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


def test_a_month_passed_over_takes_nothing_behind_a_closed_one(closed):
    """An entry in January would change with what the closed March begins."""
    with pytest.raises(DomainError), db.session.begin_nested():
        post(date(2026, 1, 5), key="2")

    post(date(2026, 4, 5), key="3")


@pytest.mark.parametrize(
    ("day", "is_closed"),
    [
        (date(1990, 1, 5), True),
        (date(2026, 1, 5), True),
        (MONTH.last_day, True),
        (date(2026, 4, 1), False),
    ],
)
def test_a_month_passed_over_counts_as_closed(closed, day, is_closed):
    assert months.is_closed(day) is is_closed


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
