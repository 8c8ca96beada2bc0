"""Closing a shift by a count: what differs, and what a second person must approve."""

from datetime import timedelta

import pytest

from app.approvals import services as approvals
from app.cash import counting, shifts
from app.cash.shifts import Unexplained
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.ledger import account_book, verify
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from tenants.scope import act_as
from tests.factories import make_member, pay

TODAY = clock.today()


def close(shift, counts=None, note=""):
    asked = counting.close(shift.id, counts or {}, note=note, page="/")
    db.session.commit()
    return asked


def test_a_count_that_agrees_closes_and_books_nothing(sari):
    pay(make_member("Siti"), on=TODAY, voluntary=45_000)
    close(sari, {20_000: 2, 5_000: 1})

    assert (sari.counted, sari.expected, sari.difference) == (45_000, 45_000, 0)
    assert ledger.total(AccountRole.CASH_SHORT) == 0
    assert shifts.mine() is None


def test_what_is_missing_is_explained_and_booked(sari):
    pay(make_member("Siti"), on=TODAY, voluntary=45_000)
    with pytest.raises(Unexplained):
        counting.close(sari.id, {20_000: 2}, note="", page="/")
    close(sari, {20_000: 2}, "salah kembalian")

    assert sari.difference == -5_000
    assert ledger.total(AccountRole.CASH_SHORT) == 5_000
    assert ledger.total(AccountRole.CASH) == 40_000
    assert verify.differences() == []


def test_what_is_too_much_is_income_of_its_own(sari):
    close(sari, {500: 3}, "receh tertinggal")

    assert ledger.total(AccountRole.CASH_OVER) == 1_500
    assert ledger.total(AccountRole.CASH) == 1_500


def test_a_closed_shift_stays_closed(sari):
    close(sari)

    with pytest.raises(DomainError):
        close(sari, {100: 1}, "lagi")


def test_nobody_closes_for_another_without_approval(sari, people):
    act_as(people[1])
    asked = close(sari, {1_000: 1}, "Sari sakit")
    assert sari.closed_at is None

    act_as(people[0])
    pay(make_member("Siti"), on=TODAY, voluntary=45_000)
    approvals.approve(asked.id, counting.carry_out)

    assert sari.closed_at is not None
    assert (sari.counted, sari.expected) == (1_000, 0)
    assert sari.note == "Sari sakit"
    assert ledger.total(AccountRole.CASH) == 46_000


def test_what_was_asked_for_is_void_once_the_cashier_has_closed(sari, people):
    act_as(people[1])
    asked = close(sari)
    act_as(people[0])
    close(sari)

    with pytest.raises(DomainError):
        approvals.approve(asked.id, counting.carry_out)


def test_a_large_difference_wants_a_second_person(sari, people):
    asked = close(sari, {100_000: 10}, "setoran belum dicatat")
    assert sari.closed_at is None

    with pytest.raises(DomainError):
        approvals.approve(asked.id, counting.carry_out)
    act_as(people[1])
    approvals.approve(asked.id, counting.carry_out)

    assert ledger.total(AccountRole.CASH_OVER) == 1_000_000


def test_the_day_of_a_difference_is_that_of_the_count(sari, people, monkeypatch):
    act_as(people[1])
    asked = close(sari, {1_000: 1}, "Sari sakit")
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    act_as(people[0])
    approvals.approve(asked.id, counting.carry_out)

    cash = ledger.account(AccountRole.CASH)
    assert [entry.debit for entry in account_book.entries(cash, TODAY, TODAY)] == [1_000]


def test_a_second_count_waits_until_the_first_is_answered(sari, people):
    act_as(people[1])
    asked = close(sari, {1_000: 1}, "Sari sakit")
    assert close(sari, {1_000: 1}, "Sari sakit") == asked
    with pytest.raises(DomainError, match="Tono"):
        close(sari, {1_000: 2}, "dihitung lagi")

    approvals.withdraw(asked.id)
    again = close(sari, {1_000: 2}, "dihitung lagi")
    act_as(people[0])
    approvals.approve(again.id, counting.carry_out)
    assert sari.counted == 2_000


def test_a_difference_is_found_in_the_books(sari):
    assert counting.booked(sari) is None
    close(sari, {500: 3}, "receh tertinggal")

    assert "receh tertinggal" in counting.booked(sari).memo
