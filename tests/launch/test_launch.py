"""Documents, the checklist, and what the city learns of them: how they stand, nothing else."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from app.core import clock
from app.core.errors import DomainError, Invalid
from app.core.period import Period
from app.dues import accrual
from app.extensions import db
from app.launch import board, documents, plans, readiness
from app.launch.board import Outlook
from app.launch.documents import Particulars
from app.supervision import attention, city, overview, reporting
from app.supervision.checklist import ITEMS, State
from tenants.models import Tenant, TenantStatus, TenantStatusChange
from tests.cash.conftest import picture
from tests.factories import make_member, make_rate

TODAY = clock.today()
SECRET = "Kenari Rahasia"


def about(kind="akta", **more):
    usual = {
        "kind": kind,
        "number": "12",
        "dated_on": date(2025, 6, 1),
        "issuer": SECRET,
        "valid_until": None,
        "state": State.HELD,
        "note": SECRET,
    }
    return Particulars(**(usual | more))


def states():
    return {
        standing.item.key: standing.state
        for _chapter, standings in readiness.chapters(TODAY)
        for standing in standings
    }


def alert(rule, on, coop):
    found = overview.standings(Period.of(on), months=2, tenant_id=coop.id)
    return next((a.text for a in attention.alerts(found, on) if a.rule == rule), None)


@pytest.fixture
def here(scope, coop):
    with scope(coop):
        yield coop


def test_a_document_makes_its_item_done_until_it_expires(here):
    document = documents.enter(about("nib", valid_until=TODAY))
    assert states()["nib"] is State.HELD
    assert document.state_on(TODAY + timedelta(days=1)) is State.EXPIRED

    documents.correct(document, about("nib", valid_until=TODAY - timedelta(days=1)))
    assert states()["nib"] is State.EXPIRED

    documents.enter(about("nib", state=State.UNDER_WAY))
    assert states()["nib"] is State.EXPIRED


def test_a_document_under_way_is_told_as_such(here):
    documents.enter(about("pks_bri", state=State.UNDER_WAY))

    assert states()["pks_bri"] is State.UNDER_WAY
    assert states()["pks_bulog"] is State.NOT_YET


def test_a_number_in_the_particulars_is_enough(here):
    db.session.get_one(Tenant, here.id).tax_number = "01.234"
    db.session.flush()

    assert states()["npwp"] is State.HELD


def test_the_figures_count_what_is_known_either_way(here):
    db.session.get_one(Tenant, here.id).tax_number = "01.234"
    db.session.flush()
    documents.enter(about("npwp"))
    documents.enter(about("akta"))
    documents.enter(about("nib", state=State.UNDER_WAY))

    assert reporting.compute(TODAY)["documents"] == 2


def test_a_document_cannot_end_before_its_day(here):
    with pytest.raises(Invalid):
        documents.enter(about(valid_until=date(2025, 5, 31)))


def test_a_file_is_a_pdf_or_a_photo_and_replaces_the_earlier(here):
    document = documents.enter(about())
    assert documents.paper_of(document) is None
    documents.keep(document, documents.read_paper(b"%PDF-1.7 satu"))
    documents.keep(document, documents.read_paper(picture()))

    assert documents.paper_of(document).media_type == "image/jpeg"


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"%PDF-" + b"x" * 10 * 1024 * 1024])
def test_what_is_no_document_or_too_large_is_refused(here, content):
    with pytest.raises(Invalid):
        documents.read_paper(content)


def test_what_the_books_answer_is_computed(here):
    assert states()["anggota"] is State.NOT_YET
    make_rate()
    for number in range(9):
        make_member(f"Orang {number}", TODAY.replace(day=1))
    accrual.accrue(Period.current())
    found = states()

    assert found["anggota"] is found["iuran"] is State.HELD
    assert found["saldo"] is found["tutup"] is found["gerai"] is State.NOT_YET


def test_an_item_is_ticked_with_what_shows_it_and_taken_back(here):
    item = readiness.find_ticked("petugas")
    with pytest.raises(DomainError):
        readiness.tick(item, note="", document_id=None)
    readiness.tick(item, note="Dilatih", document_id=None)
    readiness.tick(item, note="Dilatih lagi", document_id=documents.enter(about()).id)
    assert states()["petugas"] is State.HELD

    readiness.take_back(item)
    assert states()["petugas"] is State.NOT_YET
    assert readiness.find_ticked("akta") is None


def test_the_city_learns_how_items_stand_and_nothing_else(app, scope, coop, other_coop):
    with scope(coop):
        documents.enter(about("nib", valid_until=TODAY + timedelta(days=9)))
        readiness.report()
        readiness.report()
        db.session.commit()
    with app.app_context():
        place = board.places(slug="maju")[0]
        other = board.places(slug="sejahtera")[0]

        assert place.state(ITEMS["nib"], TODAY) is State.HELD
        assert place.state(ITEMS["nib"], TODAY + timedelta(days=10)) is State.EXPIRED
        assert other.state(ITEMS["nib"], TODAY) is State.NOT_YET
        for table in ("documents", "document_files", "launch_evidence"):
            may = text(f"SELECT has_table_privilege('koperasi_city', '{table}', 'SELECT')")
            assert db.session.scalar(may) is False
        assert SECRET not in str(city.ask(text("SELECT * FROM readiness")))


def test_who_would_be_ready_on_a_day(app, coop):
    def place(**more):
        usual = dict.fromkeys(
            ("soft_launched_on", "grand_launched_on", "soft_planned_on", "grand_planned_on")
        )
        marks = {key: board.Mark(State.HELD, None) for key in ITEMS}
        given = usual | {"meeting_on": None, "met_on": None, "marks": marks} | more
        return board.Place(1, "maju", "Maju", "Barat", **given)

    soon = TODAY + timedelta(days=30)
    lacking = {"akta": board.Mark(State.HELD, TODAY)}
    assert place().outlook(soon) is Outlook.READY
    assert place(marks=lacking).outlook(soon) is Outlook.NOT_YET
    assert ITEMS["akta"] in place(marks=lacking).missing(soon)
    assert ITEMS["akta"] not in place(marks=lacking).missing(TODAY)
    assert place(marks={}, grand_planned_on=soon).outlook(soon) is Outlook.PLANNED
    assert place(marks={}, grand_planned_on=soon).outlook(TODAY) is Outlook.NOT_YET
    assert place(marks={}, grand_launched_on=TODAY).outlook(soon) is Outlook.LAUNCHED


def test_planned_days_are_kept_one_by_one(here):
    plans.plan(here.id, soft_on=TODAY, grand_on=None)
    plans.plan(here.id, meeting_on=TODAY)
    plan = plans.plan_of(here.id)

    assert (plan.soft_on, plan.meeting_on) == (TODAY, TODAY)


def test_the_week_says_which_document_expires(app, scope, coop):
    until = TODAY + timedelta(days=61)
    with scope(coop):
        documents.enter(about("nib", valid_until=until))
        readiness.report()
        db.session.commit()
    with app.app_context():
        assert alert("expiring", TODAY, coop) is None
        assert "NIB" in alert("expiring", TODAY + timedelta(days=1), coop)
        assert "NIB" in alert("expiring", until + timedelta(days=1), coop)


@pytest.mark.parametrize(
    ("on", "by"),
    [
        (date(2026, 3, 31), "31 Mar 2026"),
        (date(2026, 4, 1), "30 Apr 2026"),
        (date(2026, 5, 1), "30 Jun 2026"),
        (date(2026, 7, 1), "30 Jun 2026"),
    ],
)
def test_the_week_says_by_when_the_meeting_is_due(app, coop, on, by):
    with app.app_context():
        assert alert("unplanned", on, coop) is None
        db.session.add(
            TenantStatusChange(
                tenant_id=coop.id, from_date=date(2025, 7, 31), status=TenantStatus.LEGAL
            )
        )
        db.session.commit()
        assert by in alert("unplanned", on, coop)

        plans.plan(coop.id, meeting_on=on)
        db.session.commit()
        assert alert("unplanned", on, coop) is None
        passed = alert("unplanned", on + timedelta(days=1), coop)
        assert passed.endswith("belum tercatat diadakan")
        assert alert("unplanned", date(2027, 1, 2), coop) is not None


def test_a_cooperative_founded_this_year_owes_no_meeting(app, coop):
    with app.app_context():
        db.session.add(
            TenantStatusChange(
                tenant_id=coop.id, from_date=date(2026, 1, 5), status=TenantStatus.LEGAL
            )
        )
        db.session.commit()

        assert alert("unplanned", date(2026, 11, 24), coop) is None


def test_another_cooperatives_documents_are_not_found(scope, coop, other_coop):
    with scope(coop):
        document_id = documents.enter(about()).id
        db.session.commit()
    with scope(other_coop):
        assert documents.find(document_id) is None
        assert documents.every() == []
