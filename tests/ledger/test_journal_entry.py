"""Journals by hand, those that come back, and lines of business: services and pages."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from app.approvals import services as approvals
from app.approvals import views as approval_views
from app.approvals.models import Approval
from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.extensions import db
from app.ledger import journal_entry, recurring, reports, units, verify
from app.ledger import services as ledger
from app.ledger.journal_entry import Entry
from app.ledger.models import AccountRole
from app.ledger.services import Line, Source
from tenants.scope import act_as
from tests.conftest import make_user
from tests.factories import make_member

DAY = date(2026, 3, 2)
NEW = "/k/maju/buku/jurnal/baru"
RECURRING = "/k/maju/buku/berulang"
UNITS = "/k/maju/buku/gerai"


def account(code):
    return reports.find_account(code).id


def rent(amount=300_000):
    return [Line(account("6.1.4.01"), debit=amount), Line(account("1.1.5.01"), credit=amount)]


def from_cash(amount):
    return [Line(account("6.1.4.01"), debit=amount), Line(account("1.1.1.02"), credit=amount)]


def form(scope, coop, *lines, **fields):
    """What a browser sends: lines of (account code, side, amount, member)."""
    sent = {"key": str(uuid4()), "on": "02-03-2026", "memo": "Penyesuaian"} | fields
    with scope(coop):
        for number, (code, side, amount, *member) in enumerate(lines):
            sent[f"lines-{number}-account"] = str(account(code))
            sent[f"lines-{number}-{side}"] = amount
            sent[f"lines-{number}-member"] = member[0] if member else ""
    return sent


@pytest.fixture
def officer(app, coop):
    with app.app_context():
        user = make_user("Bendahara", "b@example.org").id
        db.session.commit()
    return user


def test_an_entry_is_posted_once(scope, coop):
    with scope(coop):
        source = Source("ledger.entry", "1")
        first, again = (
            journal_entry.record(Entry(DAY, "Sewa", rent()), source=source) for _ in range(2)
        )

        assert first.number == again.number
        assert verify.differences() == []


def test_an_entry_that_does_not_balance_is_refused(scope, coop):
    with scope(coop):
        lines = [Line(account("6.1.4.01"), debit=2), Line(account("1.1.5.01"), credit=1)]

        with pytest.raises(DomainError):
            journal_entry.record(Entry(DAY, "Sewa", lines), source=Source("t", "1"))


def test_savings_are_moved_only_in_somebodys_name(scope, coop):
    with scope(coop):
        lines = [
            Line(account("1.1.1.01"), debit=5),
            Line(ledger.account(AccountRole.VOLUNTARY_SAVINGS).id, credit=5),
        ]

        with pytest.raises(DomainError):
            journal_entry.record(Entry(DAY, "Titip", lines), source=Source("t", "1"))


def test_the_general_journal_is_no_way_around_the_second_person(scope, coop, officer):
    with scope(coop):
        act_as(officer)
        asked = journal_entry.record(
            Entry(DAY, "Sewa setahun", from_cash(1_000_000)), source=Source("t", "1")
        )

        assert isinstance(asked, Approval)
        assert ledger.total(AccountRole.BANK_BRI) == 0
        act_as(make_user("Ketua", "k@example.org").id)
        approvals.approve(asked.id, approval_views.ACTS[journal_entry.KIND])
        assert ledger.total(AccountRole.BANK_BRI) == -1_000_000


def test_who_is_asked_sees_both_sides_of_the_entry(scope, coop, officer, sign_in):
    with scope(coop):
        act_as(officer)
        asked = journal_entry.record(
            Entry(DAY, "Sewa setahun", from_cash(1_000_000)), source=Source("t", "1")
        )
        db.session.commit()
    chair, page = sign_in(Role.CHAIR), f"/k/maju/persetujuan/{asked.id}"

    shown = chair.get(page).text
    assert "6.1.4.01" in shown
    assert "2 Mar 2026" in shown

    chair.post(f"{page}/setuju", data={"key": str(uuid4())})
    assert 'href="/k/maju/buku/jurnal/JU/2026/1"' in chair.get(page).text


def test_moving_money_between_our_own_accounts_pays_nobody(scope, coop):
    with scope(coop):
        lines = [
            Line(account("1.1.1.01"), debit=5_000_000),
            Line(account("1.1.1.02"), credit=5_000_000),
        ]

        assert journal_entry.paid_out(lines) == 0


def test_a_recurring_journal_is_made_once_a_month(scope, coop):
    month = Period.current().previous()
    with scope(coop):
        kept = recurring.keep("Sewa", "Sewa kios", rent(), due_day=31, since=month)
        first, again = (recurring.make(kept, month) for _ in range(2))
        [due] = recurring.due(month)

        assert first.number == again.number
        assert due.journal.posted_on == month.last_day
        assert not due.is_open
        assert recurring.due(month.next())[0].is_open


def test_a_recurring_journal_is_never_dated_in_the_future(scope, coop):
    with scope(coop):
        kept = recurring.keep("Sewa", "Sewa kios", rent(), due_day=31, since=Period.current())
        recurring.make(kept, Period.current())

        assert recurring.due(Period.current())[0].journal.posted_on <= clock.today()


def test_it_is_asked_for_from_its_first_month_on(scope, coop):
    month = Period.current()
    with scope(coop):
        recurring.keep("Sewa", "Sewa kios", rent(), due_day=1, since=month)

        assert recurring.due(month.previous()) == []
        assert len(recurring.due(month)) == 1


def test_a_stopped_one_comes_back_no_more(scope, coop):
    with scope(coop):
        recurring.stop(
            recurring.keep("Sewa", "Sewa kios", rent(), due_day=1, since=Period.current())
        )

        assert recurring.due(Period.current()) == []


def test_a_line_of_business_gets_the_next_code_and_keeps_it(scope, coop):
    with scope(coop):
        opened = units.open_unit("Apotek desa")
        units.rename(opened, "Apotek")

        assert (opened.code, opened.name) == ("07", "Apotek")
        with pytest.raises(DomainError):
            units.open_unit("apotek")


def test_a_treasurer_writes_a_journal(scope, coop, sign_in):
    sent = form(scope, coop, ("6.1.4.01", "debit", "300.000"), ("1.1.5.01", "credit", "300.000"))
    treasurer = sign_in(Role.TREASURER)

    answers = [treasurer.post(NEW, data=sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    page = treasurer.get(answers[0].location).text
    assert "Rp300.000" in page
    assert "Penyesuaian" in page


def test_a_difference_is_said_beside_the_balance_and_nothing_is_lost(scope, coop, sign_in):
    sent = form(scope, coop, ("6.1.4.01", "debit", "300.000"), ("1.1.5.01", "credit", "30.000"))

    answer = sign_in(Role.TREASURER).post(NEW, data=sent)

    assert answer.status_code == 422
    assert 'id="weighed"' in answer.text
    assert 'value="30.000"' in answer.text
    assert "Penyesuaian" in answer.text


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [("6.1.4.01", "debit", "abc"), ("1.1.5.01", "credit", "5")],
        [("6.1.4.01", "debit", "-5"), ("1.1.5.01", "credit", "5")],
        [("6.1.4.01", "debit", ""), ("1.1.5.01", "credit", "5")],
        [("1.1.1.01", "debit", "5"), ("2.1.1.03", "credit", "5")],
        [("1.1.1.01", "debit", "5"), ("2.1.1.03", "credit", "5", "77")],
    ],
)
def test_bad_lines_are_said_beside_their_field(scope, coop, sign_in, lines):
    answer = sign_in(Role.TREASURER).post(NEW, data=form(scope, coop, *lines))

    assert answer.status_code == 422
    assert "field-wrong" in answer.text


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        (NEW, ["Uraian: Bagian ini perlu diisi.", "Baris 1: Debit: Jumlah di sini tidak pernah"]),
        (RECURRING + "/baru", ["Nama: Bagian ini perlu diisi.", "Tanggal setiap bulan: Bagian"]),
    ],
)
def test_the_box_of_errors_names_each_field(scope, coop, sign_in, page, wrong):
    entry = form(scope, coop, ("6.1.4.01", "debit", "-5"), memo="")

    response = sign_in(Role.TREASURER).post(page, data=entry)

    assert response.status_code == 422
    for message in wrong:
        assert message in response.text


def test_a_member_is_named_by_number(scope, coop, sign_in):
    with scope(coop):
        siti = make_member("Siti").id
    lines = [("1.1.1.01", "debit", "5.000"), ("2.1.1.03", "credit", "5.000", "A0001")]

    assert sign_in(Role.TREASURER).post(NEW, data=form(scope, coop, *lines)).status_code == 303
    with scope(coop):
        assert ledger.balance(AccountRole.VOLUNTARY_SAVINGS, siti) == 5_000


def test_more_lines_can_be_had_without_losing_what_was_typed(scope, coop, sign_in):
    sent = form(scope, coop, ("6.1.4.01", "debit", "300.000"), more="1")

    answer = sign_in(Role.TREASURER).post(NEW, data=sent)

    assert answer.status_code == 200
    assert "lines-7-account" in answer.text
    assert 'value="300.000"' in answer.text


def test_a_recurring_journal_is_kept_and_made_on_its_page(scope, coop, sign_in):
    treasurer = sign_in(Role.TREASURER)
    lines = [("6.1.4.01", "debit", "300.000"), ("1.1.5.01", "credit", "300.000")]
    sent = form(scope, coop, *lines, name="Sewa kios", due_day="1", since=str(Period.current()))
    wrong = form(scope, coop, *lines, name="Sewa kios", due_day="32", since=str(Period.current()))
    uneven = form(scope, coop, lines[0], name="Sewa kios", due_day="1", since=str(Period.current()))

    assert treasurer.get(f"{RECURRING}/baru").status_code == 200
    assert treasurer.post(f"{RECURRING}/baru", data=wrong).status_code == 422
    assert treasurer.post(f"{RECURRING}/baru", data=uneven).status_code == 422
    assert treasurer.post(f"{RECURRING}/baru", data=sent).status_code == 303
    with scope(coop):
        id = recurring.due(Period.current())[0].template.id
    for _ in range(2):
        made = treasurer.post(f"{RECURRING}/{id}/buat", data={"key": str(uuid4())})
        assert made.location.endswith("JU/2026/1")
    assert "JU-2026-0001" in treasurer.get(RECURRING).text
    assert treasurer.post(f"{RECURRING}/{id}/henti", data={"key": str(uuid4())}).status_code == 303
    assert treasurer.post(f"{RECURRING}/{id}/buat", data={"key": str(uuid4())}).status_code == 404


def test_lines_of_business_are_entered_and_renamed(sign_in):
    treasurer = sign_in(Role.TREASURER)
    key = {"key": str(UUID(int=5))}

    assert treasurer.post(UNITS, data=key | {"name": ""}).status_code == 422
    assert treasurer.post(UNITS, data=key | {"name": "Katering"}).status_code == 422
    assert treasurer.post(UNITS, data=key | {"name": "Warung"}).status_code == 303
    assert treasurer.get(f"{UNITS}/07").status_code == 200
    renamed = treasurer.post(f"{UNITS}/07", data={"key": str(uuid4()), "name": "Klinik"})
    assert renamed.status_code == 303
    page = treasurer.get(UNITS).text
    assert "Klinik" in page
    assert "Warung" not in page
    assert treasurer.get(f"{UNITS}/98").status_code == 404


@pytest.mark.parametrize("page", [NEW, f"{RECURRING}/baru"])
def test_a_supervisor_writes_no_journals(sign_in, page):
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(page).status_code == 403
    assert supervisor.post(page, data={"key": str(uuid4())}).status_code == 403


@pytest.mark.parametrize("page", [NEW, RECURRING, f"{RECURRING}/baru", UNITS])
def test_a_stranger_does_not_learn_that_they_exist(sign_in, other_coop, page):
    assert sign_in(Role.TREASURER, other_coop).get(page).status_code == 404
