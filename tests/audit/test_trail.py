"""The trail of changes: who did what, before and after."""

import re
from datetime import date

import pytest

from app.audit.models import AuditEvent
from app.auth.permissions import Role
from app.extensions import db
from app.members import services as members
from tests.factories import make_member

ADDRESS = "/k/maju/jejak/"


@pytest.fixture
def changed(scope, coop):
    with scope(coop):
        member = make_member("Siti Aminah", on_paper := date(2025, 6, 12))
        member.address = "Jl. Jawa 5"
        db.session.commit()
        assert members.find(1).joined_on == on_paper


def test_the_chair_sees_what_was_before_and_after(sign_in, changed):
    page = sign_in(Role.CHAIR).get(ADDRESS).text

    assert "Anggota" in page
    assert "diubah" in page
    assert "Jl. Jawa 5" in page


def test_what_was_taken_away_leaves_a_dash_behind(sign_in, scope, coop):
    with scope(coop):
        db.session.add(
            AuditEvent(
                tenant_id=coop.id,
                actor_id=None,
                action="delete",
                record="members",
                record_id="1",
                before={"address": "Jl. Jawa 5"},
            )
        )
        db.session.commit()

    assert "Jl. Jawa 5 → <b>–</b>" in sign_in(Role.CHAIR).get(ADDRESS).text


def test_the_trail_is_narrowed_by_record_and_day(sign_in, changed):
    supervisor = sign_in(Role.SUPERVISOR)

    assert "Jl. Jawa 5" not in supervisor.get(ADDRESS + "?catatan=offices").text
    assert "Jl. Jawa 5" not in supervisor.get(ADDRESS + "?hari=01-01-2025").text
    assert "Jl. Jawa 5" in supervisor.get(ADDRESS + "?catatan=members").text


def test_the_trail_is_narrowed_by_person(sign_in, changed):
    chair = sign_in(Role.CHAIR)
    chair.post("/k/maju/setelan/dues.amount", data=setting())

    actors = re.findall(r'<option value="(\d+)">Petugas ketua', chair.get(ADDRESS).text)
    mine = chair.get(f"{ADDRESS}?orang={actors[0]}").text

    assert "dues.amount" in mine
    assert "Jl. Jawa 5" not in mine


@pytest.mark.parametrize("day", ["31-02-2026", "9999-12-31"])
def test_a_day_that_cannot_be_is_said_beside_the_field(sign_in, changed, day):
    response = sign_in(Role.CHAIR).get(f"{ADDRESS}?hari={day}")

    assert response.status_code == 422
    assert day in response.text


def test_a_nik_never_stands_in_the_trail(sign_in, scope, coop):
    with scope(coop):
        nik = make_member("Siti").nik
    page = sign_in(Role.CHAIR).get(ADDRESS + "?catatan=members").text

    assert nik not in page
    assert "•••" in page


def test_the_treasurer_does_not_read_the_trail(sign_in, changed):
    assert sign_in(Role.TREASURER).get(ADDRESS).status_code == 403


def test_a_stranger_finds_no_trail(sign_in, other_coop, changed):
    assert sign_in(Role.CHAIR, other_coop).get(ADDRESS).status_code == 404


def setting():
    return {
        "key": "0b8f7a6e-1111-4222-8333-444455556666",
        "value": "20000",
        "from_date": "01-12-2026",
        "legal_basis": "RAT",
    }


def test_a_search_that_finds_nothing_leads_back_to_everything(sign_in, changed):
    page = sign_in(Role.SUPERVISOR).get(f"{ADDRESS}?hari=01-01-2025").text

    assert "Tidak ada perubahan seperti ini" in page
    assert "Belum ada yang diubah" not in page
    assert f'href="{ADDRESS}"' in page
