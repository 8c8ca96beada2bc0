"""The operator's list of cooperatives: searched, and page by page."""

import pytest

from app.auth.permissions import Role
from app.platform import views


@pytest.fixture
def operator(sign_in):
    return sign_in(Role.CITY_OPERATOR, None)


def named(page):
    return page.text.count('class="row" href="/operator/')


def test_the_list_stands_on_pages(operator, coop, monkeypatch):
    monkeypatch.setattr(views, "PAGE", 20)
    first, last = operator.get("/operator/"), operator.get("/operator/?hal=2")

    assert named(first) == 20
    assert "hal=2" in first.text
    assert named(last) == 8  # the 27 of the city and the one of the test


@pytest.mark.parametrize(("words", "found"), [("maju", 1), ("Pekalongan Utara", 7), ("100%", 0)])
def test_a_cooperative_is_found_by_ward_or_district(operator, coop, words, found):
    page = operator.get("/operator/", query_string={"q": words})

    assert page.status_code == 200
    assert named(page) == found
    assert ("Tidak ada koperasi bernama begitu" in page.text) == (not found)
