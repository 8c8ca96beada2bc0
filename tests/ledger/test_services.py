from datetime import date, timedelta

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.extensions import db
from app.ledger import account_book, months, reports, verify
from app.ledger import services as ledger
from app.ledger.models import AccountRole, Posting
from app.ledger.services import Source, credit, debit

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def in_coop(scope, coop):
    with scope(coop):
        yield


def post(amount=1_000, key="1", on=DAY):
    lines = [debit(AccountRole.CASH, amount), credit(AccountRole.OPENING, amount)]
    return ledger.post(on=on, memo="uji", source=Source("test", key), lines=lines)


def test_post_refuses_lines_that_do_not_balance():
    lines = [debit(AccountRole.CASH, 2), credit(AccountRole.OPENING, 1)]

    with pytest.raises(ValueError, match="unbalanced"):
        ledger.post(on=DAY, memo="uji", source=Source("test", "1"), lines=lines)


def test_the_same_event_is_posted_once():
    first, again = post(), post()

    assert (first.journal_id, first.number) == (again.journal_id, again.number)
    assert ledger.total(AccountRole.CASH) == 1_000


def test_the_same_event_with_another_amount_is_refused():
    post(1_000)

    with pytest.raises(DomainError):
        post(2_000)


def test_vouchers_are_numbered_without_gaps_even_when_something_is_sent_again():
    numbers = [post(key="1").number, post(key="1").number, post(key="2").number]

    assert numbers == [1, 1, 2]


def test_the_database_refuses_a_journal_that_does_not_balance():
    post()
    db.session.execute(
        text(
            "INSERT INTO journals (tenant_id, posted_on, memo, source_kind, source_key,"
            " line_count, created_at) SELECT tenant_id, posted_on, '', 'x', 'x', 2, now()"
            " FROM journals LIMIT 1"
        )
    )

    with pytest.raises(IntegrityError, match="does not balance"):
        db.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def test_nothing_can_be_added_to_a_journal_later():
    post()

    with pytest.raises(IntegrityError, match="has no line 9"):
        db.session.execute(
            text(
                "INSERT INTO postings (tenant_id, journal_id, line, account_id, unit_id, posted_on,"
                " debit, credit)"
                " SELECT tenant_id, journal_id, 9, account_id, unit_id, posted_on, 5, 0"
                " FROM postings LIMIT 1"
            )
        )


@pytest.mark.parametrize("statement", [update(Posting).values(debit=1), delete(Posting)])
def test_the_database_refuses_to_change_the_books(statement):
    post()

    with pytest.raises(ProgrammingError, match="permission denied"):
        db.session.execute(statement)


def test_a_closed_month_takes_nothing():
    post()
    months.close(Period.of(DAY))

    with pytest.raises(DomainError):
        post(key="2")


def test_a_month_is_closed_in_order_and_only_when_it_is_over():
    post()

    with pytest.raises(DomainError):
        months.close(Period.of(DAY).next())
    with pytest.raises(DomainError):
        months.close(Period.current())


def test_a_journal_is_never_dated_in_the_future():
    with pytest.raises(IntegrityError, match="future"):
        post(on=clock.today() + timedelta(days=1))


def test_a_reversal_takes_a_journal_back_once_and_is_not_reversed_itself():
    posted = post()
    journal = ledger.find_journal(posted.kind, posted.year, posted.number)

    reversal = ledger.reverse(journal, reason="salah", on=DAY)

    assert ledger.total(AccountRole.CASH) == 0
    mirror = ledger.find_journal(reversal.kind, reversal.year, reversal.number)
    with pytest.raises(DomainError):
        ledger.reverse(mirror, reason="salah lagi", on=DAY)


def test_the_trial_balance_agrees_for_whole_and_broken_months():
    post(1_000, key="1", on=date(2026, 2, 20))
    post(200, key="2", on=date(2026, 3, 2))
    post(30, key="3", on=date(2026, 3, 20))

    balance = reports.trial_balance(date(2026, 3, 2), date(2026, 3, 10))

    cash = next(line for line in balance.lines if line.code == "1.1.1.01")
    assert (cash.opening, cash.debit, cash.closing) == (1_000, 200, 1_200)
    assert balance.total_debit == balance.total_credit == 1_200


def test_the_ledger_of_an_account_runs_on_from_the_balance_before():
    post(1_000, key="1", on=date(2026, 2, 20))
    post(200, key="2")
    cash = reports.find_account("1.1.1.01")

    found = account_book.entries(cash, date(2026, 3, 1), date(2026, 3, 31))

    assert [(entry.debit, entry.balance) for entry in found] == [(200, 1_200)]


def test_verification_finds_a_summary_that_was_changed():
    post()
    assert verify.differences() == []

    db.session.execute(text("UPDATE account_months SET debit = debit + 1 WHERE debit > 0"))

    assert [found.what for found in verify.differences()] == ["account month"]


def test_a_rollback_does_not_make_the_process_forget_its_accounts(app, scope, coop):
    app.extensions.pop("roles", None)
    with scope(coop):
        ledger.account(AccountRole.CASH)
        db.session.rollback()
        db.session.expire_all()
    with scope(coop):
        assert ledger.total(AccountRole.CASH) == 0
