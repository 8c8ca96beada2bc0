"""What is looked at before a month is closed: each check is wrong when it should be."""

from datetime import date

import pytest
from flask import g

from app.approvals import services as approvals
from app.assets import register
from app.assets.models import AssetGroup
from app.assets.register import Particulars
from app.cash import shifts, tills
from app.core.period import Period
from app.extensions import db
from app.ledger import checks, recurring, reports
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Line, Source
from tenants.scope import act_as, tenant_scope
from tests.conftest import make_user

MONTH = Period(2026, 3)


@pytest.fixture(autouse=True)
def in_coop(app, coop):
    with app.test_request_context(), tenant_scope(coop):
        g.slug = coop.slug
        act_as(make_user("Bendahara", "b@example.org").id)
        yield


def move(debit, credit, amount=5_000, on=date(2026, 3, 2)):
    lines = [Line(debit, debit=amount), Line(credit, credit=amount)]
    ledger.post(on=on, memo="uji", source=Source("t", f"{debit}{credit}{on}"), lines=lines)


def held_shift():
    shifts.open_shift(tills.main_till(), 0)


def overdrawn_bank():
    move(AccountRole.CASH, AccountRole.BANK_JATENG)


def unsigned_bank():
    move(AccountRole.BANK_BRI, AccountRole.GRANTS)


def money_on_its_way():
    move(AccountRole.CASH_IN_TRANSIT, AccountRole.GRANTS)


def instalment_kept():
    move(AccountRole.CASH, AccountRole.INSTALMENTS_HELD)


def customers_money_kept():
    move(AccountRole.CASH, AccountRole.AGENCY_HELD)


def rent_not_made():
    rent, prepaid = (reports.find_account(code).id for code in ("6.1.4.01", "1.1.5.01"))
    lines = [Line(rent, debit=5), Line(prepaid, credit=5)]
    recurring.keep("Sewa", "Sewa", lines, due_day=1, since=Period(2026, 1))


def freezer(*, as_grant):
    unit = ledger.units()[0].id
    what = Particulars("Freezer", AssetGroup.EQUIPMENT, unit, date(2026, 3, 1), 48_000, 0, 48)
    register.enter(what, as_grant=as_grant)


def request_waiting():
    approvals.ask("test", "1", title="Beli kulkas", amount=2_000_000, reason="rusak")


def unexplained_opening():
    move(AccountRole.CASH, AccountRole.OPENING)


WRONG = [
    (checks.no_money_below_zero, overdrawn_bank),
    (checks.banks_reconciled, unsigned_bank),
    (checks.nothing_in_transit, money_on_its_way),
    (checks.instalments_remitted, instalment_kept),
    (checks.customers_money_remitted, customers_money_kept),
    (checks.recurring_made, rent_not_made),
    (checks.depreciation_booked, lambda: freezer(as_grant=True)),
    (checks.assets_agree, lambda: freezer(as_grant=False)),
    (checks.nothing_waits, request_waiting),
    (checks.opening_explained, unexplained_opening),
]


@pytest.mark.parametrize(("check", "mistake"), WRONG)
def test_a_check_is_done_until_something_is_left_undone(check, mistake):
    assert check(MONTH).done

    mistake()
    db.session.flush()

    found = check(MONTH)
    assert not found.done
    assert found.text
    assert found.href.startswith("/k/maju/")


def test_a_shift_that_is_open_since_then_is_told(monkeypatch):
    held_shift()

    assert not checks.shifts_closed(Period.current()).done
    assert checks.shifts_closed(MONTH).done  # it was opened later


def test_every_check_is_on_the_list():
    assert {check for check, _mistake in WRONG} | {checks.shifts_closed} <= set(checks.CHECKS)
