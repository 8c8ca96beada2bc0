"""Where the operator lets other systems read, and stops them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.api.models import Scope
from app.auth.permissions import Role
from app.core import clock
from app.extensions import db

PAGE = "/operator/token/"
KEY = "6f4a4f0e-6d0c-4a64-8a8a-0123456789ab"


@pytest.fixture
def operator(sign_in):
    return sign_in(Role.CITY_OPERATOR, None)


def form(**changed):
    day = clock.today() + timedelta(days=30)
    asked = {
        "key": KEY,
        "name": "Satu Data",
        "scopes": ["documents"],
        "expires_on": f"{day:%d-%m-%Y}",
    }
    return asked | changed


def secret_of(page):
    found = re.search(r"kkmp_[\w-]{40,}", page)
    return found[0] if found else None


def test_a_token_is_made_shown_once_and_reads(app, operator):
    made = operator.post(PAGE, data=form())
    secret = secret_of(operator.get(made.location).text)
    answer = app.test_client().get(
        "/api/v1/documents", headers={"Authorization": f"Bearer {secret}"}
    )

    assert answer.status_code == 200
    assert secret_of(operator.get(made.location).text) is None
    assert "terakhir dipakai" in operator.get(PAGE).text


def test_only_the_hash_of_a_token_is_kept(app, operator):
    secret = secret_of(operator.get(operator.post(PAGE, data=form()).location).text)
    with app.app_context():
        tokens = db.session.execute(text("SELECT * FROM api_tokens")).all()
        trail = db.session.execute(
            text("SELECT * FROM audit_events WHERE record = 'api_tokens'")
        ).all()

    assert len(tokens) == len(trail) == 1
    assert secret not in f"{tokens}{trail}"
    assert tokens[0].secret_hash not in str(trail)


def test_a_form_sent_twice_makes_one_token(app, operator):
    first, second = operator.post(PAGE, data=form()), operator.post(PAGE, data=form())

    assert first.location == second.location
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM api_tokens")) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["members"]}, "scopes"),
        ({"expires_on": "besok"}, "expires_on"),
        ({"expires_on": "01-01-2020"}, "expires_on"),
        ({"expires_on": "01-01-2990"}, "expires_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(operator, wrong, field):
    answer = operator.post(PAGE, data=form(**wrong))

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


def test_a_token_is_revoked_and_again_nothing_changes(app, operator):
    address = operator.post(PAGE, data=form()).location
    secret = secret_of(operator.get(address).text)
    for key in (KEY.replace("6f", "7f"), KEY.replace("6f", "8f")):
        assert operator.post(f"{address}/cabut", data={"key": key}).status_code == 303
    answer = app.test_client().get(
        "/api/v1/documents", headers={"Authorization": f"Bearer {secret}"}
    )

    assert answer.status_code == 401
    assert "dicabut" in operator.get(PAGE).text


def test_a_token_that_is_not_there_is_not_found(operator):
    assert operator.get(f"{PAGE}99").status_code == 404


def test_others_of_the_city_do_not_make_tokens(sign_in):
    dinas = sign_in(Role.CITY_AGENCY, None)

    assert dinas.get(PAGE).status_code == 403
    assert dinas.post(PAGE, data=form()).status_code == 403


def test_an_officer_of_a_cooperative_finds_nothing(sign_in):
    assert sign_in(Role.CHAIR).get(PAGE).status_code == 404


def test_every_scope_can_be_ticked(operator):
    page = operator.get(PAGE).text

    assert all(f'value="{scope}"' in page for scope in Scope)
