"""Forgetting: whose time is over is erased by two people, and nowhere in the database remains."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.approvals import services as approvals
from app.approvals import views as approval_views
from app.auth.permissions import Role
from app.cash import tills
from app.core import clock
from app.core.errors import DomainError
from app.core.identity import read_nik
from app.departures import services as departures
from app.departures.models import DepartureKind
from app.dues.models import DuesWaiver
from app.extensions import db
from app.findings import services as findings
from app.ledger import redactions, reports, seals, verify
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Source
from app.members import imports
from app.members import services as members
from app.members.services import Particulars
from app.privacy import forgetting, retention
from app.privacy import services as privacy
from app.savings import services as savings
from tenants.scope import act_as
from tests.conftest import make_user
from tests.factories import make_candidate, make_member, pay

ADDRESS = "/k/maju/data-anggota/"
NIK = "3375015505800042"
PLANTED = (
    "Sulastri Handayani", "Sulastri Handayati", NIK, "81234567890", "Gang Melati", "Joko Prasetyo",
    "Penjahit", "pindah ke Batang", "Namaku salah",
)  # fmt: skip
KEPT = "Sulastri Wijaya"  # another member, whose name begins alike


@pytest.fixture
def two(app, coop):
    with app.app_context():
        people = [make_user(name, f"{name}@example.net").id for name in ("asker", "agreeing")]
        db.session.commit()
    return people


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """What is kept is kept until the end of the year of leaving."""
    monkeypatch.setattr(retention, "setting", lambda _key, _day: 0)


@pytest.fixture
def gone(scope, coop, two):
    """In the cooperative: somebody who left in the year before, and what was written of them."""
    with scope(coop):
        act_as(two[0])
        yield depart(a_full_life(two))


def a_full_life(two):
    make_member(KEPT)
    who = {
        "nik": NIK, "phone": "+6281234567890", "address": "Gang Melati 3", "rt": "003",
        "heir_name": "Joko Prasetyo", "heir_phone": "+6281234567890", "occupation": "Penjahit",
    }  # fmt: skip
    member = make_member("Sulastri Handayati", date(2025, 2, 1), **who)
    pay(member, on=date(2025, 2, 1), principal=25_000, voluntary=4_000_000)
    right = {name: value for name, value in who.items() if name != "nik"}
    members.amend(member, Particulars(nik=read_nik(NIK), name="Sulastri Handayani", **right))
    paid = pay(member, on=date(2025, 3, 1), voluntary=10_000)
    till = tills.main_till()
    asked = savings.ask_or_withdraw(member, 2_000_000, on=clock.today(), key=uuid4(), till=till)
    act_as(two[1])
    approvals.approve(asked.id, savings.carry_out)
    act_as(two[0])
    journal = ledger.find_journal_by_id(paid.journal_id)
    ledger.reverse(journal, reason="salah hitung Sulastri Handayani", on=clock.today())
    correction = privacy.ask_correction(member, "Namaku salah, mestinya Sulastri Handayani")
    privacy.answer(correction.id, "Sulastri Handayani sudah dibetulkan", done=True)
    waiver = DuesWaiver(
        member_id=member.id, period=date(2025, 5, 1), reason="Sulastri Handayani sakit"
    )
    db.session.add(waiver)
    findings.write(
        title="Buku tabungan",
        text=f"Buku Sulastri Handayani ({NIK}) hilang. Milik {KEPT} ada.",
        seat=Role.TREASURER,
        due_on=clock.today(),
    )
    imports.keep(f"Nama,NIK,Alamat\nSULASTRI HANDAYANI,{NIK},Gang Melati 3\n".encode(), "a.csv")
    privacy.note_look(member)
    return member


def depart(member):
    departures.depart(
        member,
        DepartureKind.MOVE,
        on=date(2025, 6, 1),
        reason="pindah ke Batang",
        letter="Surat Sulastri Handayani",
    )
    departures.refund(member, on=clock.today(), recipient="", papers="", till=tills.main_till())
    seals.seal()
    db.session.commit()
    return member


def forget(member, two):
    asked = forgetting.ask(member, reason="masa simpan sudah lewat")
    act_as(two[1])
    approvals.approve(asked.id, approval_views.ACTS[forgetting.KIND])
    db.session.commit()


def whole_database(coop):
    """Every row of the cooperative in every table, as text."""
    tables = db.session.scalars(
        text(
            "SELECT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'tenant_id'"
        )
    ).all()
    return "\n".join(
        f"{table}: {row}"
        for table in tables
        for row in db.session.scalars(
            text(f"SELECT whole::text FROM {table} whole WHERE tenant_id = :coop"),
            {"coop": coop.id},
        )
    )


def test_nothing_that_names_the_person_remains_in_the_database(gone, two, coop):
    before = whole_database(coop)
    assert all(planted.lower() in before.lower() for planted in PLANTED)

    forget(gone, two)

    after = whole_database(coop).replace(KEPT, "")
    left = [line for line in after.splitlines() for p in PLANTED if p.lower() in line.lower()]
    assert left == []


def test_the_books_and_the_seals_stay_as_they_are(gone, two):
    journals = [(j.id, j.voucher.number) for j in reports.history_of(gone.id, limit=100)]
    balance = reports.trial_balance(date(2025, 1, 1), clock.today()).total_debit

    forget(gone, two)

    assert [(j.id, j.voucher.number) for j in reports.history_of(gone.id, limit=100)] == journals
    assert reports.trial_balance(date(2025, 1, 1), clock.today()).total_debit == balance
    assert verify.differences() == []
    assert seals.breaches() == []
    assert redactions.count() > 0
    assert members.find(2).name == "Anggota A0002"


def test_others_stay_whom_they_are_and_the_trail_says_what_was_done(gone, two, coop):
    forget(gone, two)

    assert members.find(1).name == KEPT
    assert f"Milik {KEPT} ada" in whole_database(coop)
    noted = db.session.execute(
        text("SELECT actor_id, after FROM audit_events WHERE action = 'forgotten'")
    ).all()
    assert [row.actor_id for row in noted] == [two[1]]


def test_done_again_it_changes_nothing(gone, two):
    forget(gone, two)

    assert gone not in [member for member, _day in retention.timers()]
    with pytest.raises(DomainError):
        forgetting.ask(members.find(2), reason="lagi")


def test_another_person_of_the_same_name_keeps_it(gone, two):
    namesake = make_member("Sulastri Handayani")
    paid = pay(namesake, on=clock.today(), voluntary=10_000)

    forget(gone, two)

    assert members.find(3).name == "Sulastri Handayani"
    journal = ledger.find_journal_by_id(paid.journal_id)
    assert journal.memo.endswith("Sulastri Handayani")


def test_nobody_is_forgotten_before_their_time_or_while_something_is_owed(scope, coop, two):
    with scope(coop):
        act_as(two[0])
        member = make_member("Rini Lestari", date(2025, 2, 1))
        pay(member, on=date(2025, 2, 1), voluntary=10_000)
        with pytest.raises(DomainError):
            forgetting.ask(member, reason="x")
        departures.depart(
            member, DepartureKind.MOVE, on=date(2025, 6, 1), reason="pindah", letter=""
        )
        with pytest.raises(DomainError, match=r"owed|utang|Selesaikan"):
            forgetting.ask(member, reason="x")
        departures.refund(member, on=clock.today(), recipient="", papers="", till=tills.main_till())
        assert forgetting.ask(member, reason="x").state == "waiting"


def test_the_database_forgets_nobody_without_a_second_person(gone, two):
    asked = forgetting.ask(gone, reason="masa simpan sudah lewat")

    with pytest.raises(DBAPIError, match="no second person"):
        db.session.execute(forgetting._FORGET, {"member": gone.id, "approval": asked.id})


def test_a_candidate_who_never_joined_is_forgotten_too(scope, coop, two):
    with scope(coop):
        act_as(two[0])
        member = make_candidate("Tuti Wulandari", date(2025, 2, 1))
        forget(member, two)

        assert "Tuti Wulandari" not in whole_database(coop)


def test_the_secretary_asks_and_the_chair_agrees_on_their_pages(sign_in, two, scope, coop):
    with scope(coop):
        act_as(two[0])
        depart(a_full_life(two))
    secretary, chair = sign_in(Role.SECRETARY), sign_in(Role.CHAIR)
    assert "Sulastri" in secretary.get(ADDRESS).text

    wrong = secretary.post(f"{ADDRESS}2/hapus", data={"key": str(uuid4()), "reason": ""})
    asked = secretary.post(f"{ADDRESS}2/hapus", data={"key": str(uuid4()), "reason": "lewat"})
    answered = chair.post(f"{asked.location}/setuju", data={"key": str(uuid4())})

    assert (wrong.status_code, asked.status_code, answered.status_code) == (422, 303, 303)
    assert "Anggota A0002" in secretary.get("/k/maju/anggota/2/").text
    assert "Sulastri Handayani" not in secretary.get(f"{ADDRESS}2").text
    assert "tidak ada lagi data pribadi" in secretary.get(f"{ADDRESS}2").text


def test_a_treasurers_colleague_without_the_register_does_not_ask(sign_in):
    assert sign_in(Role.MANAGER).post(f"{ADDRESS}1/hapus").status_code == 403


def note(text_):
    findings.write(title="Catatan", text=text_, seat=Role.TREASURER, due_on=clock.today())


@pytest.fixture
def doubtful(gone):
    """Texts in which the name may be that of a namesake, and one by which nobody is meant."""
    make_member("Sulastri Handayani")
    note("Sulastri Handayani lupa buku")
    note("Titip salam Sulastri Handayani")
    note("Tidak ada nama")
    return gone


def marks(member):
    return {one.content: one.mark for one in forgetting.ambiguous(member)}


def test_texts_that_also_fit_another_are_listed_and_nothing_else(doubtful):
    found = marks(doubtful)

    assert {"Sulastri Handayani lupa buku", "Titip salam Sulastri Handayani"} <= set(found)
    assert all("sulastri handayani" in one.lower() for one in found)


def test_what_was_ticked_is_taken_out_and_what_was_not_stays(doubtful, two, coop):
    ticked = [marks(doubtful)["Sulastri Handayani lupa buku"]]
    asked = forgetting.ask(doubtful, reason="lewat", texts=ticked)
    act_as(two[1])
    approvals.approve(asked.id, approval_views.ACTS[forgetting.KIND])

    after = whole_database(coop)
    assert "Sulastri Handayani lupa buku" not in after
    assert "Anggota A0002 lupa buku" in after
    assert "Titip salam Sulastri Handayani" in after


def test_a_ticked_memo_of_a_sealed_journal_is_redacted(doubtful, two):
    lines = [ledger.debit(AccountRole.CASH, 5), ledger.credit(AccountRole.OPENING, 5)]
    source = Source("test", "memo")
    ledger.post(on=clock.today(), memo="Sulastri Handayani", source=source, lines=lines)
    seals.seal()
    asked = forgetting.ask(doubtful, reason="lewat", texts=[marks(doubtful)["Sulastri Handayani"]])
    act_as(two[1])
    approvals.approve(asked.id, approval_views.ACTS[forgetting.KIND])

    assert ledger.find_by_source(source).memo == "Anggota A0002"
    assert seals.breaches() == []


def test_both_see_on_their_pages_which_texts_are_taken_out(sign_in, two, scope, coop):
    with scope(coop):
        act_as(two[0])
        member = depart(a_full_life(two))
        make_member("Sulastri Handayani")
        note("Sulastri Handayani lupa buku")
        mark = marks(member)["Sulastri Handayani lupa buku"]
        db.session.commit()
    secretary, chair = sign_in(Role.SECRETARY), sign_in(Role.CHAIR)
    sent = {"key": str(uuid4()), "reason": "lewat"}

    assert f'value="{mark}"' in secretary.get(f"{ADDRESS}2").text
    assert chair.get(f"{ADDRESS}2/hapus").status_code == 404
    wrong = secretary.post(f"{ADDRESS}2/hapus", data=sent | {"texts": "lain"})
    asked = secretary.post(f"{ADDRESS}2/hapus", data=sent | {"texts": mark})
    page = chair.get(asked.location).text
    assert f"{ADDRESS}2/hapus" in page
    told = chair.get(f"{ADDRESS}2/hapus").text

    assert (wrong.status_code, asked.status_code) == (422, 303)
    assert "Sulastri Handayani lupa buku" in told
    assert "dihapus" in told
