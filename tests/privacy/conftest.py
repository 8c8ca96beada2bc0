"""Somebody whose time is over, and all that was written of them."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.approvals import services as approvals
from app.auth.permissions import Role
from app.cash import tills
from app.core import clock
from app.core.identity import read_nik
from app.departures import services as departures
from app.departures.models import DepartureKind
from app.dues.models import DuesWaiver
from app.extensions import db
from app.findings import services as findings
from app.ledger import seals
from app.ledger import services as ledger
from app.members import imports
from app.members import services as members
from app.members.services import Particulars
from app.privacy import retention
from app.privacy import services as privacy
from app.savings import services as savings
from tenants.scope import act_as
from tests.conftest import make_user
from tests.factories import make_member, pay

ADDRESS = "/k/maju/data-anggota/"
NIK = "3375015505800042"
KEPT = "Sulastri Wijaya"  # another member, whose name begins alike


@pytest.fixture
def two(app, coop):
    with app.app_context():
        people = [make_user(name, f"{name}@example.net").id for name in ("asker", "agreeing")]
        db.session.commit()
    return people


@pytest.fixture
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
