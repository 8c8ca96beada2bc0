"""Addresses in pages: kept, and still those of the cooperative, place and host asked for."""

from contextlib import contextmanager

import pytest
from flask import g, url_for

from app.web.addresses import address


@contextmanager
def in_coop(app, slug, **environment):
    with app.test_request_context(f"/k/{slug}/", **environment):
        g.slug = slug
        yield


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("members.index", {}),
        ("members.show", {"number": 7}),
        ("members.index", {"q": "Siti & Ani", "hal": 2}),
        ("members.index", {"q": True}),
        ("members.index", {"q": None}),
        ("members.index", {"q": ["a", "b"]}),
        ("home.show", {"slug": "lain"}),
        ("auth.sign_in", {"_external": True, "_anchor": "main"}),
    ],
)
def test_an_address_is_the_one_that_flask_gives(app, endpoint, values, times):
    with in_coop(app, "maju"):
        for _ in range(times):
            assert address(endpoint, **values) == url_for(endpoint, **values)


def test_each_cooperative_gets_its_own(app):
    for slug in ("maju", "mundur", "maju"):
        with in_coop(app, slug):
            assert address("members.show", number=7) == f"/k/{slug}/anggota/7/"


def test_a_platform_below_another_address_says_so(app):
    with in_coop(app, "maju"):
        assert address("home.show") == "/k/maju/"
    with in_coop(app, "maju", environ_overrides={"SCRIPT_NAME": "/koperasi"}):
        assert address("home.show") == "/koperasi/k/maju/"
