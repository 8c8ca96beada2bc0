"""Who would be ready on one day: the first of each group, and a group on pages of its own."""

import pytest

from app.auth.permissions import Role
from app.launch import city_views

TOGETHER = "/kota/peluncuran/serentak"


@pytest.fixture
def dinas(sign_in):
    return sign_in(Role.CITY_AGENCY, None)


def named(page):
    return page.text.count("/kota/peluncuran/koperasi/")


def test_of_a_long_group_the_first_are_shown_and_the_rest_is_a_link_away(dinas, coop):
    page = dinas.get(TOGETHER)

    assert named(page) == city_views.FIRST
    assert f"{TOGETHER}?keadaan=belum" in page.text


def test_a_group_stands_on_pages_of_its_own(dinas, coop, monkeypatch):
    monkeypatch.setattr(city_views, "PAGE", 20)
    first = dinas.get(f"{TOGETHER}?keadaan=belum&kecamatan=")
    last = dinas.get(f"{TOGETHER}?keadaan=belum&hal=2")

    assert named(first) == 20
    assert "hal=2" in first.text
    assert 0 < named(last) < 20
    assert "Semua kelompok" in last.text


def test_a_group_that_is_none_shows_them_all(dinas, coop):
    assert named(dinas.get(f"{TOGETHER}?keadaan=entah")) == city_views.FIRST
