"""The main menu: at most five places, and each page lights the one it belongs to."""

import re

import pytest

from app.auth.permissions import Role

PLACE = re.compile(r'<a href="([^"]+)"( aria-current="page")?><span class="nav-icon">')


def places(page):
    return {href: bool(here) for href, here in PLACE.findall(page.text)}


def test_a_cashier_reaches_the_drawer_from_anywhere(sign_in):
    assert "/k/maju/kas/" in places(sign_in(Role.CASHIER).get("/k/maju/"))


@pytest.mark.parametrize("role", [Role.CASHIER, Role.TREASURER, Role.CHAIR, Role.SUPERVISOR])
def test_nobody_is_shown_more_than_five_places(sign_in, role):
    shown = places(sign_in(role).get("/k/maju/"))

    assert len(shown) <= 5
    assert ("/k/maju/kas/" in shown) == ("/k/maju/buku/" not in shown)


@pytest.mark.parametrize("page", ["kas/", "kas/giliran/", "buku-organisasi/"])
def test_cash_and_printed_books_belong_to_the_books(sign_in, page):
    assert places(sign_in(Role.TREASURER).get(f"/k/maju/{page}"))["/k/maju/buku/"]
