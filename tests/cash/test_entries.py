"""Money in and out in plain words."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.cash import entries, shifts, tills, transfers
from app.cash.entries import Entry
from app.cash.models import Direction, TillKind
from app.cash.transfers import Transfer
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.core.period import Period
from app.extensions import db
from app.ledger import accounts, months, reports, verify
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from tenants.definitions import Key
from tenants.scope import act_as
from tenants.settings import decide
from tests.cash.conftest import put, word

TODAY = clock.today()
KAS = "/k/maju/kas/"


def record(name, amount, direction=Direction.OUT, key=None, **more):
    entry = Entry(word(name, direction), amount, tills.main_till(), **({"note": ""} | more))
    posted = entries.record(entry, on=TODAY, key=key or uuid4())
    db.session.commit()
    return posted


def balance(code):
    account = reports.find_account(code)
    return reports.balance_before(account, TODAY + timedelta(days=1))


def test_buying_paper_is_an_expense_paid_from_the_drawer(scope, coop):
    with scope(coop):
        put(100_000)
        posted = record("Beli ATK dan fotokopi", 45_000, note="kertas F4")

        assert (posted.kind, posted.number) == ("BKK", 1)
        assert balance("6.1.2.01") == 45_000
        assert ledger.total(AccountRole.CASH) == 55_000
        assert verify.differences() == []


def test_a_grant_is_equity_that_comes_in(scope, coop):
    with scope(coop):
        posted = record("Terima hibah", 2_000_000, Direction.IN)

        assert posted.kind == "BKM"
        assert balance("3.2.1.01") == ledger.total(AccountRole.CASH) == 2_000_000


def test_sent_twice_it_counts_once(scope, coop):
    with scope(coop):
        put(50_000)
        key = uuid4()
        numbers = {record("Bayar promosi", 40_000, key=key).number for _ in range(2)}

        assert len(numbers) == 1
        assert ledger.total(AccountRole.CASH) == 10_000


def test_a_till_gives_no_more_than_it_holds(scope, coop):
    with scope(coop):
        put(50_000)
        with pytest.raises(DomainError, match=r"Rp50\.000"):
            record("Bayar promosi", 50_001)


def test_a_cooperative_may_want_a_shift_before_a_drawer_is_opened(scope, coop, people):
    with scope(coop):
        decide(Key.SHIFT_REQUIRED, "yes", from_date=TODAY)
        act_as(people[0])
        with pytest.raises(DomainError):
            record("Terima hibah", 1_000, Direction.IN)

        shifts.open_shift(tills.main_till(), 0)
        assert record("Terima hibah", 1_000, Direction.IN).number == 1


def test_the_result_goes_to_the_line_of_business_the_words_belong_to(scope, coop):
    with scope(coop):
        put(100_000)
        units = {unit.code: unit.id for unit in ledger.units()}
        usual = record("Beli bahan katering", 10_000)
        chosen = record("Beli bahan katering", 10_000, unit_id=units["01"])

        lines = [
            reports.lines_of(ledger.find_journal(p.kind, p.year, p.number)) for p in (usual, chosen)
        ]
        assert [line[0].unit_id for line in lines] == [units["03"], units["01"]]
        assert {line[1].unit_id for line in lines} == {units["00"]}


def test_in_a_closed_month_nothing_is_recorded(scope, coop):
    with scope(coop):
        put(100_000, on=date(2026, 3, 2))
        months.close(Period(2026, 3))
        entry = Entry(word("Bayar promosi"), 1_000, tills.main_till(), "")

        with pytest.raises(DomainError):
            entries.record(entry, on=date(2026, 3, 5), key=uuid4())


def test_above_the_limit_it_is_paid_on_approval_and_once(scope, coop, people):
    with scope(coop):
        put(3_000_000)
        act_as(people[0])
        asked = record("Beli peralatan dan meubelair", 1_500_000, note="etalase")
        assert isinstance(asked, Approval)
        assert ledger.total(AccountRole.CASH) == 3_000_000
        with pytest.raises(DomainError):
            approvals.approve(asked.id, entries.carry_out)

        act_as(people[1])
        for _ in range(2):
            approvals.approve(asked.id, entries.carry_out)

        assert balance("1.3.3.01") == 1_500_000
        assert ledger.total(AccountRole.CASH) == 1_500_000


def test_what_comes_in_needs_no_second_person(scope, coop):
    with scope(coop):
        assert record("Terima hibah", 9_000_000, Direction.IN).number == 1


def test_an_approved_payment_still_needs_the_money(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        asked = record("Bayar sewa tempat", 1_000_000)
        act_as(people[1])

        with pytest.raises(DomainError):
            approvals.approve(asked.id, entries.carry_out)


def test_a_deposit_at_the_bank_is_one_journal_with_its_fee(scope, coop):
    with scope(coop):
        put(500_000)
        bank = tills.tills(TillKind.BANK)[0]
        wanted = Transfer(tills.main_till(), bank, 400_000, fee=2_500)
        key = uuid4()
        numbers = {transfers.move(wanted, on=TODAY, key=key).number for _ in range(2)}

        assert len(numbers) == 1
        assert accounts.holding(bank.account_id) == 400_000
        assert ledger.total(AccountRole.BANK_CHARGES) == 2_500
        assert ledger.total(AccountRole.CASH) == 97_500


def test_money_is_not_moved_to_where_it_is_nor_more_than_there_is(scope, coop):
    with scope(coop):
        put(1_000)
        main, bank = tills.main_till(), tills.tills(TillKind.BANK)[0]
        with pytest.raises(Invalid):
            transfers.move(Transfer(main, main, 500), on=TODAY, key=uuid4())
        with pytest.raises(DomainError):
            transfers.move(Transfer(main, bank, 1_000, fee=1), on=TODAY, key=uuid4())


# Pages
