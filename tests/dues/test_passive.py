"""Members who have not paid for months become passive from a list, and active by paying."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from app.auth.permissions import Role
from app.core import clock
from app.core.period import Period
from app.dues import accrual, arrears, collection
from app.dues.collection import Given, Round
from app.dues.standing import standing
from app.extensions import db
from app.members import passive
from app.members import services as members
from app.members.models import MemberState
from tenants.definitions import Key
from tenants.settings import decide
from tests.factories import make_member, pay

PAGE = "/k/maju/tagihan/pasif/"


@pytest.fixture(autouse=True)
def neighbours(scope, coop, monkeypatch):
    """Siti (1) owes eight months, Budi (2) six, Ani (3) five."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 3, tzinfo=UTC))
    with scope(coop):
        for name, month in (("Siti", 4), ("Budi", 6), ("Ani", 7)):
            make_member(name, joined_on=Period(2026, month).first_day)
        accrual.accrue(Period.current())
        db.session.commit()


@pytest.fixture
def treasurer(sign_in):
    return sign_in(Role.TREASURER)


def form(*numbers, **fields):
    return {"key": str(uuid4()), "members": list(numbers), "reason": "Tidak membayar", **fields}


def states():
    return [members.find(number).state for number in (1, 2, 3)]


def pause(number, on=date(2026, 11, 24)):
    passive.pause([members.find(number)], on=on, reason="menunggak")
    db.session.commit()


def test_whoever_owes_the_months_of_the_setting_is_proposed_the_worst_first(scope, coop):
    with scope(coop):
        assert [d.name for d in arrears.long_unpaid(6)] == ["Siti", "Budi"]
        pause(1)
        assert [d.name for d in arrears.long_unpaid(6)] == ["Budi"]


def test_nobody_becomes_passive_by_themselves(treasurer, scope, coop):
    page = treasurer.get(PAGE).text

    assert "Siti" in page
    assert "Budi" in page
    assert "Ani" not in page
    with scope(coop):
        assert states() == [MemberState.ACTIVE] * 3


def test_those_who_are_ticked_become_passive_with_the_reason(treasurer, scope, coop):
    assert treasurer.post(PAGE, data=form(1)).status_code == 303

    with scope(coop):
        assert states() == [MemberState.PASSIVE, MemberState.ACTIVE, MemberState.ACTIVE]
        [spell] = passive.spells_of(members.find(1))
        assert (spell.from_on, spell.until_on, spell.reason) == (
            date(2026, 11, 24),
            None,
            "Tidak membayar",
        )
    assert "Tidak membayar" in treasurer.get("/k/maju/anggota/1/").text
    assert "Siti" in treasurer.get("/k/maju/anggota/?status=pasif").text
    assert "Siti" not in treasurer.get("/k/maju/anggota/?status=aktif").text


def test_sent_again_nothing_changes(treasurer, scope, coop):
    sent = form(1, 2)
    treasurer.post(PAGE, data=sent)
    treasurer.post(PAGE, data=sent)

    with scope(coop):
        assert len(passive.now()) == 2
        assert passive.pause([members.find(1)], on=clock.today(), reason="lagi") == 0


@pytest.mark.parametrize("change", [{"members": []}, {"members": ["x"]}, {"reason": " "}])
def test_without_members_or_a_reason_nothing_is_done(treasurer, scope, coop, change):
    assert treasurer.post(PAGE, data=form(1) | change).status_code == 422
    with scope(coop):
        assert passive.now() == []


def test_somebody_who_paid_meanwhile_is_told_and_nobody_becomes_passive(treasurer, scope, coop):
    response = treasurer.post(PAGE, data=form(1, 3))

    assert response.status_code == 422
    assert 'id="members-wrong"' in response.text
    with scope(coop):
        assert passive.now() == []


def test_whoever_pays_is_active_again(scope, coop):
    with scope(coop):
        pause(1)
        pay(members.find(1), on=date(2026, 11, 24), dues=15_000)

        assert members.find(1).state is MemberState.ACTIVE
        [spell] = passive.spells_of(members.find(1))
        assert (spell.until_on, spell.end_reason) == (
            date(2026, 11, 24),
            "Membayar simpanan wajib",
        )


def test_whoever_only_puts_voluntary_savings_aside_stays_passive(scope, coop):
    with scope(coop):
        pause(1)
        pay(members.find(1), on=date(2026, 11, 24), voluntary=15_000)

        assert members.find(1).state is MemberState.PASSIVE


def test_whoever_pays_on_a_sheet_is_active_again(scope, coop):
    with scope(coop):
        pause(1)
        pause(2)
        assert len(collection.sheet(collection.Place())) == 3
        collection.record([Given(members.find(1), 15_000)], Round(clock.today(), uuid4()))

        assert states()[:2] == [MemberState.ACTIVE, MemberState.PASSIVE]


def test_a_passive_member_is_made_active_by_hand(treasurer, scope, coop):
    with scope(coop):
        pause(1)
    sent = {"key": str(uuid4()), "reason": "Sakit, sudah dibicarakan"}
    assert treasurer.post(f"{PAGE}1/aktif", data=sent).status_code == 303

    with scope(coop):
        assert states()[0] is MemberState.ACTIVE
        [spell] = passive.spells_of(members.find(1))
        assert spell.end_reason == "Sakit, sudah dibicarakan"


def test_passive_members_are_billed_as_before_unless_the_cooperative_decides_otherwise(scope, coop):
    with scope(coop):
        pause(1)

        assert accrual.accrue(Period(2026, 12)).created == 3


def test_months_in_which_somebody_is_passive_are_not_billed_where_it_is_decided_so(scope, coop):
    with scope(coop):
        decide(Key.PASSIVE_BILLED, "suspended", from_date=date(2026, 12, 1))
        pause(1)
        assert accrual.preview(Period(2027, 1)).created == 4

        assert accrual.accrue(Period(2027, 1)).created == 4
        passive.resume([members.find(1)], on=date(2027, 1, 15), reason="datang")
        run = accrual.accrue(Period(2027, 2))

        assert run.created == 3
        periods = [str(month.period) for month in standing(members.find(1)).months]
        assert periods[-2:] == ["2026-11", "2027-02"]


def test_whoever_turns_out_to_have_been_active_is_billed_after_all(scope, coop):
    with scope(coop):
        decide(Key.PASSIVE_BILLED, "suspended", from_date=date(2026, 12, 1))
        pause(1)
        run = accrual.accrue(Period(2026, 12))
        assert (run.created, run.skipped) == (2, 1)
        passive.resume([members.find(1)], on=date(2026, 11, 30), reason="uang tanggal 30")

        run = accrual.accrue(Period(2026, 12))

        assert (run.created, run.existing, run.skipped) == (1, 2, 0)


def test_a_cashier_makes_nobody_passive(sign_in):
    cashier = sign_in(Role.CASHIER)

    assert cashier.get(PAGE).status_code == 403
    assert cashier.post(PAGE, data=form(1)).status_code == 403
