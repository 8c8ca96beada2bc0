"""Nobody's NIK and nobody's telephone number comes to the city in a text."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.assessment import services as assessments
from app.assessment.criteria import ASPECTS
from app.assessment.models import Said
from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.core.identity import PERSONAL_NUMBER, holds_personal_number
from app.extensions import db
from app.simkopdes import services as ministry

PERSONAL = [
    "Bu Kenari, 3375011505800042",
    "NIK 3375 0115 0580 0042.",
    "telepon 0812-3450-0042",
    "wa +62 812 3450 0042, sore",
    "6281234500042",
]
HARMLESS = [
    "SK AHU-0012345.AH.01.29.TAHUN 2025 tanggal 08-11-2026 10.30",
    "Rp62.812.345.678 dan Rp1.234.567",
    "NIP 198501012010011001, telepon kantor 0285 421093",
    "rekening 0123-01-000123-30-7",
]


@pytest.mark.parametrize("said", PERSONAL)
def test_the_number_of_a_person_is_known_however_it_is_spaced(app, said):
    with app.app_context():
        in_database = db.session.scalar(text("SELECT holds_personal_number(:said)"), {"said": said})

    assert holds_personal_number(said)
    assert in_database


@pytest.mark.parametrize("said", HARMLESS)
def test_amounts_days_and_numbers_of_papers_may_be_written(app, said):
    with app.app_context():
        in_database = db.session.scalar(text("SELECT holds_personal_number(:said)"), {"said": said})

    assert not holds_personal_number(said)
    assert not in_database


def test_the_database_knows_them_by_the_same_pattern(app):
    with app.app_context():
        source = db.session.scalar(
            text("SELECT prosrc FROM pg_proc WHERE proname = 'holds_personal_number'")
        )

    assert PERSONAL_NUMBER in source


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/kota/pendampingan/kalender/rencana", "purpose"),
        ("/kota/pendampingan/pelatihan/baru", "place"),
        ("/kota/pemeriksaan/minta/maju", "reason"),
    ],
)
def test_the_form_says_so_beside_the_field_and_keeps_what_was_typed(sign_in, coop, address, field):
    dinas = sign_in(Role.CITY_AGENCY, None)
    page = dinas.post(address, data={"key": str(uuid4()), field: PERSONAL[2]})

    assert page.status_code == 422
    assert "nomor telepon di sini" in page.text
    assert PERSONAL[2] in page.text


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tenant_statuses SET note = :said",
        "INSERT INTO trainings (key, held_on, title, place, recorded_by, recorded_at)"
        " SELECT gen_random_uuid(), current_date, :said, 'Aula', min(id), now() FROM users",
    ],
)
def test_the_database_keeps_it_out_whatever_writes_it(app, sign_in, coop, statement):
    sign_in(Role.CITY_AGENCY, None)
    with app.app_context(), pytest.raises(IntegrityError, match="impersonal"):
        db.session.execute(text(statement), {"said": PERSONAL[0]})


def test_evidence_that_names_a_number_is_not_handed_in(scope, coop):
    year = clock.today().year - 1
    said = {
        item.key: (Said.YES, "berita acara")
        for aspect in ASPECTS
        for indicator in aspect.indicators
        for item in indicator.items
    }
    first = next(iter(said))
    with scope(coop):
        assessments.answer(year, said | {first: (Said.YES, PERSONAL[1])})
        with pytest.raises(DomainError, match="nomor telepon"):
            assessments.hand_in(year, key=uuid4())


def test_a_list_of_members_is_not_taken_for_statistics(app, coop):
    content = f"kelurahan,catatan\nMaju,{PERSONAL[0]}\n".replace("Kenari, ", "Kenari ").encode()
    with app.app_context(), pytest.raises(DomainError, match="nomor telepon"):
        ministry.take_over(content, "statistik.csv", date(2026, 8, 5))
