"""Fixed assets: they lose to the rupiah what they should, each month once, and go with care."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.approvals import services as approvals
from app.approvals import views as approval_views
from app.approvals.models import Approval
from app.assets import depreciation, disposal, register
from app.assets.disposal import Disposal
from app.assets.models import Asset, AssetDisposal, AssetGroup, Depreciation
from app.assets.register import Particulars
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.core.period import Period
from app.extensions import db
from app.ledger import months, verify
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from tasks import assets as night
from tasks import jobs as queue
from tenants.scope import act_as
from tests.conftest import make_user


@pytest.fixture(autouse=True)
def in_coop(request, scope, coop):
    if "night" in request.node.name:
        yield  # it enters the scope as a worker does
        return
    with scope(coop):
        yield


@pytest.fixture
def on(monkeypatch):
    """Let it be a day."""

    def be(day):
        noon = clock.now().replace(year=day.year, month=day.month, day=day.day, hour=5)
        monkeypatch.setattr(clock, "now", lambda: noon)

    return be


def enter(*, as_grant=False, **changed):
    values = {
        "name": "Freezer",
        "group": AssetGroup.EQUIPMENT,
        "unit_id": ledger.units()[0].id,
        "acquired_on": date(2026, 1, 20),
        "cost": 10_000_000,
        "residual": 1_000_000,
        "life_months": 48,
    } | changed
    return register.enter(Particulars(**values), as_grant=as_grant)


def grant(**changed):
    return enter(as_grant=True, **changed)


@given(
    cost=st.integers(1, 10**11),
    kept=st.integers(0, 100),
    life=st.integers(1, 600),
)
def test_the_months_add_up_to_what_is_lost(cost, kept, life):
    asset = Asset(
        cost=cost,
        residual=cost * kept // 100,
        lost_before=0,
        months_here=life,
        first_period=date(2026, 1, 1),
    )

    parts = depreciation.schedule(asset)

    assert sum(part.amount for part in parts) == cost - asset.residual
    assert len({part.period for part in parts}) == len(parts) <= life
    amounts = [part.amount for part in parts]
    assert not amounts or max(amounts) - min(amounts) <= 1


def test_a_gift_is_booked_when_it_is_entered():
    grant()

    assert ledger.total(AccountRole.EQUIPMENT) == 10_000_000
    assert ledger.total(AccountRole.GRANTS) == 10_000_000
    assert all(one.agrees for one in register.agreements())


def test_what_the_books_already_know_is_not_booked_again():
    enter()

    assert ledger.total(AccountRole.EQUIPMENT) == 0
    [one] = register.agreements()
    assert not one.agrees


def test_every_month_that_is_over_is_booked_once(on):
    on(date(2026, 4, 15))
    asset = grant()

    first, again = depreciation.book(), depreciation.book()

    assert (len(first), again) == (3, [])
    assert ledger.total(AccountRole.EQUIPMENT_LOST) == 3 * 187_500
    assert ledger.total(AccountRole.DEPRECIATION) == 3 * 187_500
    assert register.worth(asset).last == Period(2026, 3)
    assert verify.differences() == []


def take_back(posted):
    journal = ledger.find_journal_by_id(posted.journal_id)
    return ledger.reverse(journal, reason="salah umur", on=clock.today())


def test_a_journal_taken_back_frees_its_month_for_one_more_booking(on):
    on(date(2026, 4, 15))
    asset = grant()
    booked = depreciation.book()

    take_back(booked[1])

    assert [part.period for part in depreciation.due()] == [Period(2026, 2)]
    assert register.worth(asset).lost == 2 * 187_500
    assert all(one.agrees for one in register.agreements())
    again, more = depreciation.book(), depreciation.book()
    assert (len(again), more) == (1, [])
    assert register.worth(asset).lost == ledger.total(AccountRole.EQUIPMENT_LOST) == 3 * 187_500
    assert verify.differences() == []


def test_a_month_can_be_taken_back_and_booked_again_and_again(on):
    on(date(2026, 2, 10))
    asset = grant()
    for _time in range(3):
        [posted] = depreciation.book()
        take_back(posted)

    assert depreciation.booked(asset) == []
    assert ledger.total(AccountRole.EQUIPMENT_LOST) == 0


def test_the_database_keeps_a_month_from_being_charged_twice(on):
    on(date(2026, 2, 10))
    asset = grant()
    [posted] = depreciation.book()
    twice = Depreciation(
        asset_id=asset.id, period=date(2026, 1, 1), amount=1, journal_id=posted.journal_id - 1
    )
    db.session.add(twice)

    with pytest.raises(IntegrityError, match="ix_asset_depreciations_once"):
        db.session.flush()


def test_what_the_going_of_an_asset_rests_on_is_not_taken_back(on):
    on(date(2026, 3, 10))
    asset = grant()
    booked = depreciation.book()
    value = register.worth(asset).book_value
    cash = ledger.account(AccountRole.CASH).id
    disposal.dispose(asset, Disposal(date(2026, 3, 10), value, cash, "dijual"))

    with pytest.raises(DomainError, match=r"gone|dilepas"):
        take_back(booked[0])


def test_the_last_day_of_a_month_is_already_enough(on):
    on(date(2026, 4, 30))
    grant()

    assert depreciation.book()[-1].number == len(depreciation.booked(register.find(1))) + 1


def test_one_entered_late_catches_up_without_the_others_moving(on):
    on(date(2026, 4, 15))
    first = grant()
    depreciation.book()
    second = grant(name="Etalase")
    depreciation.book()

    assert len(depreciation.booked(first)) == len(depreciation.booked(second)) == 3


def test_a_month_that_is_closed_is_booked_in_the_first_open_one(on):
    on(date(2026, 2, 10))
    asset = grant()
    months.close(Period(2026, 1))

    [posted] = depreciation.book()

    journal = ledger.find_journal(posted.kind, posted.year, posted.number)
    assert journal.posted_on == date(2026, 2, 10)
    assert depreciation.booked(asset)[0].period == date(2026, 1, 1)


def test_at_the_end_of_its_life_the_residual_value_is_left(on):
    on(date(2026, 12, 31))
    asset = grant(life_months=7, cost=100, residual=1)
    depreciation.book()

    assert register.worth(asset).book_value == 1


def test_what_was_lost_elsewhere_is_spread_no_more():
    asset = grant(lost_before=4_500_000, depreciated_from=Period(2028, 1))

    assert asset.months_here == 24
    assert sum(part.amount for part in depreciation.schedule(asset)) == 4_500_000


@pytest.mark.parametrize(
    "wrong",
    [
        {"residual": 10_000_001},
        {"lost_before": 9_500_000},
        {"depreciated_from": Period(2025, 12)},
        {"depreciated_from": Period(2031, 1)},
    ],
)
def test_figures_that_contradict_each_other_are_refused(wrong):
    with pytest.raises(Invalid):
        enter(**wrong)


def how(proceeds, on=date(2026, 4, 10)):
    money = ledger.account(AccountRole.CASH).id
    return Disposal(on, proceeds, money, "dijual")


def test_sold_above_its_value_it_brings_a_gain(on):
    on(date(2026, 4, 15))
    asset = grant()

    disposal.dispose(asset, how(9_500_000))

    assert ledger.total(AccountRole.EQUIPMENT) == 0
    assert ledger.total(AccountRole.EQUIPMENT_LOST) == 0
    assert ledger.total(AccountRole.DISPOSAL_GAIN) == 9_500_000 - (10_000_000 - 3 * 187_500)
    assert depreciation.due() == []
    with pytest.raises(DomainError):
        disposal.dispose(asset, how(9_500_000))


def test_below_its_value_a_second_person_agrees_first(on):
    on(date(2026, 4, 15))
    asset = grant()
    act_as(make_user("Bendahara", "b@example.org").id)

    asked = disposal.dispose(asset, how(0))

    assert isinstance(asked, Approval)
    assert asset.disposed_on is None
    assert asked.amount == 10_000_000 - 3 * 187_500
    act_as(make_user("Ketua", "k@example.org").id)
    approvals.approve(asked.id, approval_views.ACTS[disposal.KIND])
    assert asset.disposed_on == date(2026, 4, 10)
    assert ledger.total(AccountRole.DISPOSAL_LOSS) == 10_000_000 - 3 * 187_500
    assert verify.differences() == []


def test_nothing_goes_in_a_month_that_is_depreciated(on):
    on(date(2026, 4, 15))
    asset = grant()
    depreciation.book()

    with pytest.raises(DomainError):
        disposal.dispose(asset, how(9_500_000, on=date(2026, 3, 31)))


def go_and_come_back(asset, on):
    """Sold in April, taken back in May: the books as if it had never gone."""
    on(date(2026, 4, 15))
    gone = disposal.dispose(asset, how(9_500_000))
    on(date(2026, 6, 20))
    take_back(gone)
    db.session.refresh(asset)
    return gone


def test_what_was_let_go_by_mistake_is_in_use_again_when_that_is_taken_back(on):
    on(date(2026, 4, 15))
    asset = grant()

    gone = go_and_come_back(asset, on)

    assert (asset.disposed_on, asset.disposal) == (None, "")
    assert ledger.total(AccountRole.EQUIPMENT) == 10_000_000
    assert ledger.total(AccountRole.DISPOSAL_GAIN) == 0
    assert [worth.asset.id for worth in register.worths()] == [asset.id]
    assert all(one.agrees for one in register.agreements())
    [told] = disposal.history(asset)
    assert (told.disposed_on, told.journal.id) == (date(2026, 4, 10), gone.journal_id)
    assert told.back.posted_on == date(2026, 6, 20)
    assert verify.differences() == []


def test_the_months_while_it_was_gone_are_depreciated_after_all(on):
    on(date(2026, 4, 15))
    asset = grant()
    go_and_come_back(asset, on)

    assert [part.period.month for part in depreciation.due()] == [4, 5]
    assert len(depreciation.book()) == 2
    assert register.worth(asset).lost == ledger.total(AccountRole.EQUIPMENT_LOST) == 5 * 187_500


def test_it_can_go_and_come_back_again_and_again(on):
    on(date(2026, 4, 15))
    asset = grant()
    first = go_and_come_back(asset, on)
    value = 10_000_000 - 5 * 187_500

    second = disposal.dispose(asset, how(value, on=date(2026, 6, 20)))

    assert second.journal_id != first.journal_id
    assert asset.disposed_on == date(2026, 6, 20)
    take_back(second)
    take_back(first)
    db.session.refresh(asset)
    assert asset.disposed_on is None
    assert [gone.back is None for gone in disposal.history(asset)] == [False, False]
    assert verify.differences() == []


def test_it_does_not_go_again_before_the_day_on_which_it_came_back(on):
    on(date(2026, 4, 15))
    asset = grant()
    go_and_come_back(asset, on)

    with pytest.raises(DomainError, match="20-06-2026"):
        disposal.dispose(asset, how(9_500_000, on=date(2026, 6, 19)))


def test_a_loss_that_was_approved_once_is_asked_for_anew_the_second_time(on):
    on(date(2026, 4, 15))
    asset = grant()
    treasurer, chair = make_user("Bendahara", "b@example.org"), make_user("Ketua", "k@example.org")
    for day in (10, 15):
        act_as(treasurer.id)
        asked = disposal.dispose(asset, how(0, on=date(2026, 4, day)))
        assert asked.state == "waiting"
        act_as(chair.id)
        approvals.approve(asked.id, approval_views.ACTS[disposal.KIND])
        db.session.refresh(asset)
        [*_before, gone] = disposal.history(asset)
        ledger.reverse(gone.journal, reason="salah pilih", on=clock.today())
        db.session.refresh(asset)

    assert asset.disposed_on is None


def test_an_approval_of_what_is_gone_meanwhile_is_refused(on):
    on(date(2026, 4, 15))
    asset = grant()
    act_as(make_user("Bendahara", "b@example.org").id)
    asked = disposal.dispose(asset, how(0))
    disposal.dispose(asset, how(9_500_000))
    act_as(make_user("Ketua", "k@example.org").id)

    with pytest.raises(DomainError):
        approvals.approve(asked.id, approval_views.ACTS[disposal.KIND])


def test_the_database_keeps_an_asset_from_going_twice(on):
    on(date(2026, 4, 15))
    asset = grant()
    gone = disposal.dispose(asset, how(9_500_000))
    first = AssetDisposal(
        asset_id=asset.id,
        journal_id=gone.journal_id - 1,
        disposed_on=date(2026, 4, 11),
        reason="lagi",
    )
    db.session.add(first)

    with pytest.raises(IntegrityError, match="ix_asset_disposals_once"):
        db.session.flush()


def test_the_night_books_every_cooperative_once(app, scope, coop):
    with scope(coop):
        grant(acquired_on=clock.today() - timedelta(days=100))
        db.session.commit()
    with app.app_context():
        planned = night.plan()
        db.session.commit()

    for job_id in planned * 2:
        queue.run.delay(job_id)

    with scope(coop):
        assert len(depreciation.booked(register.find(1))) >= 3
        assert depreciation.due() == []
