"""Assets go with care, and may come back."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from app.approvals import services as approvals
from app.approvals import views as approval_views
from app.approvals.models import Approval
from app.assets import depreciation, disposal, register
from app.assets.disposal import Disposal
from app.assets.models import AssetDisposal
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.ledger import services as ledger
from app.ledger import verify
from app.ledger.models import AccountRole
from tenants.scope import act_as
from tests.assets.conftest import grant, take_back
from tests.conftest import make_user

pytestmark = pytest.mark.usefixtures("in_coop")


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


def test_what_the_going_of_an_asset_rests_on_is_not_taken_back(on):
    on(date(2026, 3, 10))
    asset = grant()
    booked = depreciation.book()
    value = register.worth(asset).book_value
    cash = ledger.account(AccountRole.CASH).id
    disposal.dispose(asset, Disposal(date(2026, 3, 10), value, cash, "dijual"))

    with pytest.raises(DomainError, match=r"gone|dilepas"):
        take_back(booked[0])
