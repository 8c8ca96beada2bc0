"""Somebody of the agency, the chair, and a request between them."""

from uuid import uuid4

import pytest

from app.auth.permissions import Role

HERE = "/k/maju/pengawasan-dinas/"
CITY = "/kota/pemeriksaan/"
REASON = "Laporan warga soal kas"


@pytest.fixture
def agency(sign_in):
    return sign_in(Role.CITY_AGENCY, None)


@pytest.fixture
def chair(sign_in):
    return sign_in(Role.CHAIR)


def form(**fields):
    return {"key": str(uuid4()), **fields}


def ask(agency, **changed):
    """Ask to look into the cooperative; return the number of the request."""
    sent = form(reason=REASON, days="3") | changed
    response = agency.post(f"{CITY}minta/maju", data=sent)
    assert response.status_code == 303
    return int(response.location.rsplit("/", 1)[1])


def granted(agency, chair):
    number = ask(agency)
    assert chair.post(f"{HERE}{number}/izinkan", data=form()).status_code == 303
    return number
