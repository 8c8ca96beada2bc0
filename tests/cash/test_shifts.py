"""A cashier's shift, from a first count to a last one."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import g
from pypdf import PdfReader

from app.approvals import services as approvals
from app.auth.permissions import Role
from app.cash import counting, shifts, tills
from app.cash.models import TillKind
from app.cash.shifts import Unexplained
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.ledger import account_book, accounts, verify
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.savings import services as savings
from tenants.definitions import Key
from tenants.scope import act_as
from tenants.settings import decide
from tests.cash.conftest import sent
from tests.factories import make_member, pay

PAGE = "/k/maju/kas/sif/"
TODAY = clock.today()


@pytest.fixture
def sari(scope, coop, people):
    """Inside the cooperative, as Sari, who has the main drawer in hand with nothing in it."""
    with scope(coop):
        act_as(people[0])
        shifts.open_shift(tills.main_till(), 0)
        db.session.commit()
        yield shifts.mine().shift


def close(shift, counts=None, note=""):
    asked = counting.close(shift.id, counts or {}, note=note, key=uuid4())
    db.session.commit()
    return asked


def test_what_a_cashier_takes_in_goes_to_their_drawer(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        other = tills.add("Kas Gerai", TillKind.CASH)
        shifts.open_shift(other, 0)
        member = make_member("Siti")
        pay(member, on=TODAY, voluntary=45_000)
        savings.withdraw(member, 5_000, on=TODAY, key=uuid4())

        assert accounts.holding(other.account_id) == 40_000
        assert ledger.total(AccountRole.CASH) == 0


def test_without_a_shift_it_goes_to_the_main_drawer(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        pay(make_member("Siti"), on=TODAY, voluntary=45_000)

        assert ledger.total(AccountRole.CASH) == 45_000


def test_a_cooperative_may_want_a_shift_for_every_payment(scope, coop, people):
    with scope(coop):
        decide(Key.SHIFT_REQUIRED, "yes", from_date=TODAY)
        act_as(people[0])
        member = make_member("Siti")
        with pytest.raises(DomainError):
            pay(member, on=TODAY, voluntary=45_000)

        shifts.open_shift(tills.main_till(), 0)
        pay(member, on=TODAY, voluntary=45_000)

        assert ledger.total(AccountRole.CASH) == 45_000


def test_a_drawer_is_in_one_hand_and_a_person_has_one(sari, people):
    other = tills.add("Kas Gerai", TillKind.CASH)
    with pytest.raises(DomainError, match="Kas Tunai"):
        shifts.open_shift(other, 0)

    act_as(people[1])
    with pytest.raises(DomainError, match="Sari"):
        shifts.open_shift(tills.main_till(), 0)


def test_a_bank_account_is_not_taken_in_hand(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        with pytest.raises(DomainError):
            shifts.open_shift(tills.tills(TillKind.BANK)[0], 0)


def test_a_first_count_that_differs_wants_a_word_and_books_nothing(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        with pytest.raises(Unexplained):
            shifts.open_shift(tills.main_till(), 20_000)
        shift = shifts.open_shift(tills.main_till(), 20_000, note="uang kembalian pribadi")

        assert shift.opening_difference == 20_000
        assert ledger.total(AccountRole.CASH) == 0


def test_a_count_that_agrees_closes_and_books_nothing(sari):
    pay(make_member("Siti"), on=TODAY, voluntary=45_000)
    close(sari, {20_000: 2, 5_000: 1})

    assert (sari.counted, sari.expected, sari.difference) == (45_000, 45_000, 0)
    assert ledger.total(AccountRole.CASH_SHORT) == 0
    assert shifts.mine() is None


def test_what_is_missing_is_explained_and_booked(sari):
    pay(make_member("Siti"), on=TODAY, voluntary=45_000)
    with pytest.raises(Unexplained):
        counting.close(sari.id, {20_000: 2}, note="", key=uuid4())
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


def test_the_report_says_what_moved_and_who_else_recorded_it(sari, people):
    pay(make_member("Siti"), on=TODAY, voluntary=45_000)
    act_as(people[1])
    pay(make_member("Wati"), on=TODAY - timedelta(days=1), voluntary=10_000)
    report = shifts.report(shifts.find(sari.id))

    assert (report.taken_in, report.paid_out, report.expected) == (55_000, 0, 55_000)
    assert [movement.by for movement in report.movements] == ["Sari", "Tono"]


# Pages


@pytest.fixture
def cashier(sign_in):
    return sign_in(Role.CASHIER, name="kasir")


@pytest.fixture
def opened(cashier, scope, coop):
    """The shift that the cashier has opened on the page."""
    with scope(coop):
        main = tills.main_till().id
    assert cashier.post(PAGE + "buka", data=sent(till=main, count="0")).status_code == 303
    with scope(coop):
        return shifts.latest()[0].shift.id


def take_in(amount, scope, coop):
    with scope(coop):
        pay(make_member("Siti"), on=TODAY, voluntary=amount)


def test_a_shift_is_opened_once_however_often_it_is_sent(cashier, scope, coop):
    with scope(coop):
        form = sent(till=tills.main_till().id, count="0")
    assert cashier.get(PAGE + "buka").status_code == 200
    for _ in range(2):
        assert cashier.post(PAGE + "buka", data=form).status_code == 303

    with scope(coop):
        assert len(shifts.latest()) == 1


@pytest.mark.parametrize("count", ["", "-1", "banyak", "10.000,50"])
def test_a_first_count_that_cannot_be_is_refused(cashier, scope, coop, count):
    with scope(coop):
        main = tills.main_till().id
    response = cashier.post(PAGE + "buka", data=sent(till=main, count=count))

    assert response.status_code == 422
    assert 'id="count-wrong"' in response.text


def test_a_first_count_that_differs_is_explained_beside_the_field(cashier, scope, coop):
    with scope(coop):
        main = tills.main_till().id
    response = cashier.post(PAGE + "buka", data=sent(till=main, count="5000"))
    assert response.status_code == 422
    assert 'id="note-wrong"' in response.text

    form = sent(till=main, count="5000", note="modal kembalian")
    assert cashier.post(PAGE + "buka", data=form).status_code == 303


def test_a_drawer_that_is_taken_is_said_beside_the_field(sign_in, opened, scope, coop):
    with scope(coop):
        main = tills.main_till().id
    response = sign_in(Role.MANAGER).post(PAGE + "buka", data=sent(till=main, count="0"))

    assert response.status_code == 422
    assert 'id="till-wrong"' in response.text


def test_the_cashier_counts_and_closes(cashier, opened, scope, coop):
    take_in(45_000, scope, coop)
    page = cashier.get(f"{PAGE}{opened}/tutup").text
    assert "Rp100.000" in page
    assert "Rp45.000" not in page  # what should be there is shown after the count

    response = cashier.post(f"{PAGE}{opened}/tutup", data=sent(n20000="2", n5000="1"))

    assert response.status_code == 303
    assert "Rp45.000" in cashier.get(response.location).text
    assert cashier.get(f"{PAGE}{opened}/tutup").status_code == 200


def test_minus_one_note_is_refused_beside_the_field(cashier, opened):
    response = cashier.post(f"{PAGE}{opened}/tutup", data=sent(n20000="-1", n5000="x", n100="1e9"))

    assert response.status_code == 422
    for field in ("n20000", "n5000", "n100"):
        assert f'id="{field}-wrong"' in response.text
    assert 'value="-1"' in response.text


def test_a_difference_is_shown_and_wants_a_word(cashier, opened, scope, coop):
    take_in(45_000, scope, coop)
    response = cashier.post(f"{PAGE}{opened}/tutup", data=sent(n20000="2"))
    assert response.status_code == 422
    assert 'id="note-wrong"' in response.text
    assert "Rp5.000" in response.text

    form = sent(n20000="2", note="salah kembalian")
    for _ in range(2):
        assert cashier.post(f"{PAGE}{opened}/tutup", data=form).status_code == 303
    with scope(coop):
        assert ledger.total(AccountRole.CASH_SHORT) == 5_000


def test_in_a_closed_month_nothing_is_counted(cashier, opened, scope, coop, monkeypatch):
    take_in(45_000, scope, coop)
    with scope(coop):
        db.session.execute(
            db.text(
                "INSERT INTO months (tenant_id, period, closed_at)"
                " VALUES (:tenant, date_trunc('month', CAST(:today AS date)), now())"
                " ON CONFLICT (tenant_id, period) DO UPDATE SET closed_at = now()"
            ),
            {"tenant": g.tenant.id, "today": TODAY},
        )
        db.session.commit()
    response = cashier.post(f"{PAGE}{opened}/tutup", data=sent(n20000="2", note="kurang"))

    assert response.status_code == 422
    with scope(coop):
        assert shifts.find(opened).shift.closed_at is None


def test_another_officer_asks_to_close_and_the_chair_approves(sign_in, opened, scope, coop):
    manager, chair = sign_in(Role.MANAGER), sign_in(Role.CHAIR)
    assert manager.get(f"{PAGE}{opened}/tutup").status_code == 200
    response = manager.post(f"{PAGE}{opened}/tutup", data=sent(n1000="2", note="kasir pulang"))
    assert "/persetujuan/" in response.location
    with scope(coop):
        assert shifts.find(opened).shift.closed_at is None

    assert chair.post(f"{response.location}/setuju", data=sent()).status_code == 303

    with scope(coop):
        assert shifts.find(opened).shift.closed_at is not None
        assert ledger.total(AccountRole.CASH_OVER) == 2_000


@pytest.mark.parametrize(("size", "width"), [("", 420), ("58", 164)])
def test_the_report_is_printed(cashier, opened, scope, coop, size, width):
    take_in(45_000, scope, coop)
    cashier.post(f"{PAGE}{opened}/tutup", data=sent(n20000="2", note="salah *kembalian*"))
    response = cashier.get(f"{PAGE}{opened}/laporan.pdf?ukuran={size}")
    page = PdfReader(io.BytesIO(response.data)).pages[0]

    assert round(float(page.mediabox.width)) == width
    assert "Rp45.000" in page.extract_text()
    assert "-Rp5.000" in page.extract_text()
    assert "salah *kembalian*" in page.extract_text()


def test_a_cashier_without_a_shift_is_reminded(cashier, sign_in, scope, coop):
    address = "/k/maju/kas/sif/buka"
    assert address in cashier.get("/k/maju/terima/").text
    assert address not in sign_in(Role.TREASURER).get("/k/maju/terima/").text

    with scope(coop):
        main = tills.main_till().id
    cashier.post(PAGE + "buka", data=sent(till=main, count="0"))
    assert address not in cashier.get("/k/maju/terima/").text


def test_supervisors_look_and_do_not_count(sign_in, opened):
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(PAGE).status_code == 200
    assert supervisor.get(f"{PAGE}{opened}").status_code == 200
    assert supervisor.get(f"{PAGE}{opened}/tutup").status_code == 403
    assert supervisor.post(PAGE + "buka", data=sent()).status_code == 403


def test_a_shift_of_another_cooperative_is_not_found(sign_in, other_coop, opened):
    stranger = sign_in(Role.TREASURER, other_coop)

    assert stranger.get(f"{PAGE}{opened}").status_code == 404
    for page in ("", "/tutup", "/laporan.pdf"):
        assert stranger.get(f"/k/sejahtera/kas/sif/{opened}{page}").status_code == 404


def test_the_shifts_are_listed_with_their_differences(cashier, opened):
    assert "kasir" in cashier.get(PAGE).text
    cashier.post(f"{PAGE}{opened}/tutup", data=sent(n500="1", note="receh"))

    assert "Rp500" in cashier.get(PAGE).text


def test_the_day_of_a_difference_is_that_of_the_count(sari, people, monkeypatch):
    act_as(people[1])
    asked = close(sari, {1_000: 1}, "Sari sakit")
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    act_as(people[0])
    approvals.approve(asked.id, counting.carry_out)

    cash = ledger.account(AccountRole.CASH)
    assert [entry.debit for entry in account_book.entries(cash, TODAY, TODAY)] == [1_000]
