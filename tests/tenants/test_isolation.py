"""That no cooperative ever sees another. The most important tests in this repository."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from app.extensions import db
from app.ledger.models import Party
from app.members.models import Member
from tenants.scope import bind
from tests.factories import make_member

GUARDED = text("""
    SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS forced,
           EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid) AS policy
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
""")


def test_every_table_with_a_tenant_is_guarded(app):
    with app.app_context():
        tables = db.session.execute(GUARDED).all()

    assert len(tables) > 15
    assert not [table.relname for table in tables if not (table.forced and table.policy)]


def test_the_application_is_a_plain_role_that_owns_nothing(app):
    with app.app_context():
        role = db.session.execute(
            text(
                "SELECT rolsuper, rolbypassrls,"
                " (SELECT count(*) FROM pg_tables WHERE tableowner = current_user)"
                " FROM pg_roles WHERE rolname = current_user"
            )
        ).one()

    assert tuple(role) == (False, False, 0)


def test_rows_of_another_cooperative_are_invisible(scope, coop, other_coop):
    with scope(coop):
        make_member()
    with scope(other_coop):
        assert db.session.scalars(select(Member)).all() == []
        assert db.session.execute(text("SELECT * FROM members")).all() == []


def test_a_row_cannot_be_written_for_another_cooperative(scope, coop, other_coop):
    with scope(coop), pytest.raises(DBAPIError, match="row-level security"):
        db.session.execute(
            text("INSERT INTO parties (tenant_id, name) VALUES (:id, 'Budi')"),
            {"id": other_coop.id},
        )


def test_a_row_cannot_refer_to_another_cooperative(scope, coop, other_coop):
    with scope(coop):
        member_id = make_member().id
    with scope(other_coop), pytest.raises(IntegrityError):
        db.session.execute(
            text(
                "INSERT INTO dues_charges (tenant_id, member_id, period, amount)"
                " VALUES (:tenant_id, :member_id, '2026-03-01', 1)"
            ),
            {"tenant_id": other_coop.id, "member_id": member_id},
        )


def test_reading_outside_a_scope_fails_loudly(app, scope, coop):
    with scope(coop):
        make_member()
    with app.app_context(), pytest.raises(DBAPIError):
        db.session.scalars(select(Member)).all()


def test_writing_outside_a_scope_fails_loudly(app):
    with app.app_context():
        db.session.add(Party(name="Budi"))
        with pytest.raises(StatementError, match="NoTenantScope"):
            db.session.flush()


def test_scopes_do_not_nest(scope, coop, other_coop):
    with scope(coop), pytest.raises(RuntimeError):
        bind(other_coop)


def test_the_city_role_cannot_read_a_members_table(app):
    with app.app_context(), db.engines["city"].connect() as city:
        assert city.execute(text("SELECT count(*) FROM tenants")).scalar_one() >= 0
        city.execute(text("SET LOCAL app.tenant_id = '1'"))
        with pytest.raises(DBAPIError, match="permission denied"), city.begin_nested():
            city.execute(text("SELECT * FROM members"))
