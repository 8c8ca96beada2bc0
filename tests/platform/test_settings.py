"""Settings: a cooperative decides for itself, the city for whoever has not."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from app.auth.permissions import Role
from app.web import uploads
from tenants.catalogue import DEFINITIONS
from tenants.definitions import Key
from tenants.settings import decide, decide_for_city, setting

OWN, CITY = "/k/maju/setelan/", "/setelan-kota/"
DAY = date(2026, 11, 24)


def form(value, **changed):
    sent = {"value": value, "from_date": "01-11-2026", "legal_basis": "Rapat anggota"}
    return {"key": str(uuid4())} | sent | changed


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        (Key.DUES, "20.000", 20_000),
        (Key.DUES_DUE_DAY, "15", 15),
        (Key.DUES_JOINERS, "next", "next"),
        (Key.CONSENT, "Saya setuju.", "Saya setuju."),
    ],
)
def test_a_cooperative_decides_from_a_day_on(sign_in, scope, coop, other_coop, key, typed, kept):
    treasurer = sign_in(Role.TREASURER)

    assert treasurer.post(f"{OWN}{key}", data=form(typed)).status_code == 303
    assert treasurer.get(OWN).status_code == 200
    with scope(coop):
        assert setting(key, DAY) == kept
        assert setting(key, date(2026, 10, 31)) != kept
    with scope(other_coop):
        assert setting(key, DAY) != kept


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        (Key.DUES, {"value": "lima belas"}),
        (Key.DUES, {"value": "-5"}),
        (Key.DUES_DUE_DAY, {"value": "0"}),
        (Key.DUES_JOINERS, {"value": "sometimes"}),
        (Key.CONSENT, {"value": ""}),
        (Key.DUES, {"from_date": "31-02-2026"}),
        (Key.DUES, {"legal_basis": ""}),
        (Key.DUES, {"value": " "}),
        (Key.DUES, {"from_date": " "}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(sign_in, key, wrong):
    response = sign_in(Role.TREASURER).post(f"{OWN}{key}", data=form("15000") | wrong)

    assert response.status_code == 422
    assert f'id="{next(iter(wrong))}-wrong"' in response.text


@pytest.mark.parametrize("store", [decide, decide_for_city])
def test_the_database_takes_no_setting_that_decides_nothing(scope, coop, store):
    with scope(coop), pytest.raises(IntegrityError, match="decided"):
        store(Key.DUES, None, from_date=DAY)


def test_the_form_begins_with_what_counts_today(sign_in):
    treasurer = sign_in(Role.TREASURER)

    assert 'value="15.000"' in treasurer.get(f"{OWN}{Key.DUES}").text
    assert "checked" in treasurer.get(f"{OWN}{Key.DUES_JOINERS}").text


def test_the_operator_decides_for_the_whole_city(sign_in, scope, coop):
    operator = sign_in(Role.CITY_OPERATOR, None)
    for key in DEFINITIONS:
        assert operator.get(f"{CITY}{key}").status_code == 200

    assert operator.post(f"{CITY}{Key.DUES}", data=form("17500")).status_code == 303
    assert "Rp17.500" in operator.get(CITY).text
    with scope(coop):
        assert setting(Key.DUES, DAY) == 17_500


def test_a_cooperative_does_not_set_what_is_the_citys(sign_in):
    assert sign_in(Role.TREASURER).get(f"{OWN}{Key.SESSION_HOURS}").status_code == 404


def test_other_offices_do_not_decide(sign_in):
    cashier, agency = sign_in(Role.CASHIER), sign_in(Role.CITY_AGENCY, None)

    assert cashier.post(f"{OWN}{Key.DUES}", data=form("1")).status_code == 403
    assert agency.post(f"{CITY}{Key.DUES}", data=form("1")).status_code == 403


def test_the_operator_sees_who_decided_otherwise_and_since_when(sign_in, coop, other_coop):
    sign_in(Role.TREASURER).post(f"{OWN}{Key.DUES}", data=form("21.000"))
    operator = sign_in(Role.CITY_OPERATOR, None)
    page = operator.get(f"{CITY}{Key.DUES}").text

    assert coop.ward in page
    assert "Rp21.000" in page
    assert other_coop.ward not in page
    assert "Rp21.000" not in operator.get(f"{CITY}{Key.PRINCIPAL}").text


@pytest.mark.parametrize("key", [Key.PHOTO_MEGABYTES, Key.DOCUMENT_MEGABYTES])
def test_no_file_may_be_larger_than_the_server_reads(sign_in, key):
    """A file cut off below the limit would be called unreadable, not too large."""
    most = DEFINITIONS[key].most
    assert most * 1024 * 1024 < uploads.LARGEST_FILE

    operator = sign_in(Role.CITY_OPERATOR, None)
    refused = operator.post(f"{CITY}{key}", data=form(str(most + 1)))
    assert refused.status_code == 422
    assert f"Paling banyak {most}." in refused.text
    assert operator.post(f"{CITY}{key}", data=form(str(most))).status_code == 303


def test_no_month_has_a_32nd_day(sign_in):
    refused = sign_in(Role.TREASURER).post(f"{OWN}{Key.DUES_DUE_DAY}", data=form("32"))

    assert refused.status_code == 422
