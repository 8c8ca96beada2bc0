"""Every page of the application, as nobody, as a stranger and as every office."""

from uuid import uuid4

import pytest

from app.auth.permissions import PERMISSIONS, Permission, Role
from tests.factories import make_member

CANARY = "Kenari Rahasia"
EXAMPLES = {
    "number": 1,
    "id": 1,
    "year": 2026,
    "kind": "BKM",
    "unit": "00",
    "book": "anggota",
    "register": "tamu",
    "code": "1.1.1.01",
    "period": "2026-03",
    "key": "dues.amount",
    "slug": "maju",
    "name": "maju",
    "token": "x",
    "way": "masuk",
    "photo": "00000000-0000-0000-0000-000000000001",
}


def rules(app):
    """Every address with a method to try it by, but for the files of the design."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "assets.file":
            continue
        method = "POST" if "POST" in rule.methods and "GET" not in rule.methods else "GET"
        values = {name: EXAMPLES.get(name, "1") for name in rule.arguments}
        yield rule, method, rule.build(values)[1], app.view_functions[rule.endpoint].needs


def in_cooperative(app):
    return [found for found in rules(app) if "slug" in found[0].arguments]


@pytest.fixture(autouse=True)
def canary(scope, coop):
    with scope(coop):
        make_member(CANARY)


def test_nobody_sees_a_page_of_a_cooperative(app):
    client = app.test_client()
    for _rule, method, address, _needs in in_cooperative(app):
        response = client.open(address, method=method)

        assert response.status_code in (302, 401), address
        assert CANARY not in response.text, address


def test_an_officer_of_another_cooperative_finds_nothing(app, sign_in, other_coop):
    stranger = sign_in(Role.TREASURER, other_coop)
    for _rule, method, address, _needs in in_cooperative(app):
        response = stranger.open(address, method=method, data={"key": str(uuid4())})

        assert response.status_code == 404, address
        assert CANARY not in response.text, address


@pytest.mark.parametrize("role", Role)
def test_a_page_is_closed_to_offices_without_its_permission(app, sign_in, coop, role):
    in_city = role.value in ("dinas", "pendamping", "operator")
    client = sign_in(role, None if in_city else coop)
    for rule, method, address, needs in rules(app):
        if needs not in list(Permission) or needs in PERMISSIONS[role]:
            continue
        response = client.open(address, method=method, data={"key": str(uuid4())})

        expected = 404 if in_city == ("slug" in rule.arguments) else 403
        assert response.status_code == expected, address


@pytest.mark.parametrize("role", Role)
def test_no_page_is_a_fault_where_nothing_has_been_recorded(app, sign_in, other_coop, role):
    in_city = role.value in ("dinas", "pendamping", "operator")
    client = sign_in(role, None if in_city else other_coop)
    for _rule, method, address, needs in rules(app):
        if method == "GET" and needs in PERMISSIONS[role]:
            here = address.replace("/k/maju/", f"/k/{other_coop.slug}/", 1)

            assert client.get(here).status_code < 500, here
