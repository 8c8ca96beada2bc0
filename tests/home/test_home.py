"""The first page: setting up, what to do today, and only what an office may know."""

from datetime import UTC, datetime

import pytest

from app.auth import sessions
from app.auth.permissions import Role
from app.cash import shifts, tills
from app.core import clock
from app.core.period import Period
from app.dues import accrual, arrears
from app.extensions import db
from app.home.setup import NEEDED, setup_of
from app.jobs import services as jobs
from app.ledger import months
from app.members import services as members
from app.platform import particulars
from tenants.definitions import Key
from tenants.scope import act_as
from tenants.settings import decide
from tests.factories import make_member, pay

HOME = "/k/maju/"


@pytest.fixture(autouse=True)
def november(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 3, tzinfo=UTC))


@pytest.fixture
def siti(scope, coop):
    """A member who owes September to November; two months are over and open."""
    with scope(coop):
        make_member("Siti", joined_on=Period(2026, 9).first_day)
        accrual.accrue(Period.current())
        pay(members.find(1), on=Period(2026, 9).last_day, voluntary=70_000)
        db.session.commit()


def test_a_new_cooperative_is_led_through_setting_up(sign_in):
    page = sign_in(Role.CHAIR).get(HOME).text

    assert page.count('class="task-sign"') == 8
    for address in ("data-koperasi/ubah", "pengurus/", "setelan/", "anggota/impor/"):
        assert f'href="/k/maju/{address}"' in page


def test_setting_up_stands_first_until_the_first_payment(sign_in, scope, coop):
    chair = sign_in(Role.CHAIR)
    before = chair.get(HOME).text
    with scope(coop):
        pay(make_member("Siti"), on=clock.today(), voluntary=10_000)
        db.session.commit()
    after = chair.get(HOME).text

    assert before.index("Menyiapkan koperasi") < before.index('class="verbs"')
    assert after.index("Menyiapkan koperasi") > after.index('class="verbs"')


@pytest.mark.parametrize(
    ("office", "leads_to"), [(Role.CASHIER, "terima/"), (Role.SECRETARY, "anggota/")]
)
def test_whoever_comes_in_can_look_for_a_member_at_once(sign_in, office, leads_to):
    page = sign_in(office).get(HOME).text

    assert f'role="search" action="/k/maju/{leads_to}"' in page


def test_a_step_is_a_link_only_for_the_office_that_does_it(sign_in):
    page = sign_in(Role.CASHIER).get(HOME).text

    assert 'href="/k/maju/terima/"' in page
    assert "data-koperasi/ubah" not in page
    assert 'href="/k/maju/tagihan/jalankan"' not in page


def test_the_list_goes_away_when_everything_is_set_up(sign_in, scope, coop, siti):
    with scope(coop):
        particulars.amend(coop, address="Jl. Jawa 28", founded_on=clock.today())
        for key, amount in ((Key.PRINCIPAL, 25_000), (Key.DUES, 15_000)):
            decide(key, amount, from_date=Period(2026, 9).first_day)
        months.close(Period(2026, 9))
        db.session.commit()
    for role in NEEDED:
        client = sign_in(role)

    assert "task-sign" not in client.get(HOME).text


def test_what_is_recorded_ticks_the_steps(scope, coop, siti):
    with scope(coop):
        before = setup_of(coop, clock.today())
        months.close(Period(2026, 9))
        db.session.flush()
        after = setup_of(coop, clock.today())
        db.session.rollback()

    assert (before.members, before.billed, before.paid) == (True, True, True)
    assert (before.closed, before.opening, before.rates, before.particulars) == (False,) * 4
    assert (after.closed, after.opening) == (True, True)


def test_the_figures_of_today_come_from_the_books(sign_in, scope, coop, siti):
    with scope(coop):
        assert arrears.totals() == arrears.Totals(members=1, amount=45_000)
        assert sum(d.owed for d in arrears.debtors()) == 45_000
    page = sign_in(Role.TREASURER).get(HOME).text

    assert "Rp45.000" in page
    assert "Rp70.000" in page
    assert "Sep 2026" in page


def test_an_office_without_the_books_sees_no_sums(sign_in, siti):
    assert "Rp70.000" not in sign_in(Role.CASHIER).get(HOME).text


def test_a_run_that_failed_is_told_until_one_succeeds(sign_in, scope, coop):
    treasurer = sign_in(Role.TREASURER)
    with scope(coop):
        job = jobs.ask("dues.accrual", "night/1", tenant_id=coop.id)
        jobs.fail(job.id, "broken")
        db.session.commit()
        address = f"/k/maju/tagihan/proses/{job.id}"
    assert address in treasurer.get(HOME).text
    with scope(coop):
        jobs.finish(jobs.ask("dues.accrual", "night/2", tenant_id=coop.id).id, {})
        db.session.commit()

    assert address not in treasurer.get(HOME).text


@pytest.mark.parametrize(("day", "told"), [(23, True), (24, False)])
def test_a_shift_left_open_yesterday_is_told(sign_in, scope, coop, monkeypatch, day, told):
    cashier = sign_in(Role.CASHIER)
    with scope(coop), monkeypatch.context() as earlier:
        earlier.setattr(clock, "now", lambda: datetime(2026, 11, day, 3, tzinfo=UTC))
        act_as(sessions.find_by_name("kasir@example.org").id)
        held = shifts.open_shift(tills.main_till(), 0)
        db.session.commit()
        address = f"/k/maju/kas/giliran/{held.id}"

    assert (address in cashier.get(HOME).text) is told


def test_a_cashier_who_has_not_counted_the_drawer_is_led_there(sign_in, scope, coop):
    cashier = sign_in(Role.CASHIER)
    address = 'href="/k/maju/kas/giliran/buka"'
    before = cashier.get(HOME).text
    with scope(coop):
        act_as(sessions.find_by_name("kasir@example.org").id)
        shifts.open_shift(tills.main_till(), 0)
        db.session.commit()

    assert address in before
    assert address not in cashier.get(HOME).text
    assert address not in sign_in(Role.TREASURER).get(HOME).text


def test_what_is_asked_is_kept_and_what_is_answered_is_not(sign_in, scope, coop):
    chair = sign_in(Role.CHAIR)
    before = chair.get(HOME).text
    with scope(coop):
        make_member("Siti")
        db.session.commit()
    after = chair.get(HOME).text

    assert "0 aktif" in before
    assert "1 aktif" in after
