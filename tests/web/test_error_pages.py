"""What people read when something cannot be shown: never a bare page, never a stack trace."""

import pytest
from sqlalchemy import create_engine

from app.auth.permissions import Role
from app.extensions import db
from app.home import views


@pytest.fixture
def cashier(sign_in):
    return sign_in(Role.CASHIER)


def explained(response):
    return 'id="explanation"' in response.text and 'href="/"' in response.text


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/k/maju/jejak/", 403),
        ("/k/maju/x", 404),
        ("/k/nowhere/", 404),
        ("/k/maju%00/", 404),
        (f"/k/maju/anggota/{10**20}/", 404),
    ],
)
def test_a_closed_or_missing_page_is_explained(cashier, address, code):
    response = cashier.get(address)

    assert response.status_code == code
    assert explained(response)


def test_a_fault_is_explained_with_a_code_for_support(app, cashier, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def fall(_setup):
        raise ZeroDivisionError

    monkeypatch.setattr(views, "_steps", fall)
    response = cashier.get("/k/maju/")

    assert response.status_code == 500
    assert explained(response)
    assert "ZeroDivisionError" not in response.text


def test_a_database_that_is_away_is_explained(app, cashier):
    with app.app_context():
        engines = db.engines
    alive = engines[None]
    engines[None] = create_engine("postgresql+psycopg://127.0.0.1:1/nobody")
    response = cashier.get("/k/maju/")
    engines[None] = alive

    assert response.status_code == 503
    assert explained(response)
