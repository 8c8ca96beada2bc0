"""Redactions under the seals: whoever holds the database adds, changes and removes none unseen."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from app.approvals import services as approvals
from app.approvals import views as approval_views
from app.config import from_environment
from app.core import clock
from app.core.errors import DomainError
from app.dev.throwaway import Throwaway
from app.extensions import db
from app.factory import create_app
from app.ledger import seals
from app.members import services as members
from app.privacy import forgetting, retention
from tenants.provisioning import open_city
from tenants.scope import act_as, tenant_scope
from tests.conftest import make_user, open_coop
from tests.factories import make_member, pay
from tests.privacy.conftest import a_full_life, depart

pytestmark = pytest.mark.committed


@pytest.fixture(scope="module")
def real(app) -> Iterator[tuple]:
    """A database of this worker's own, and its superuser, against whom no policy helps."""
    name = f"test_redactions_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    env = Throwaway(Path(os.environ["KOPERASI_TEST_DIR"])).create_database(name)
    real = create_app(from_environment(env))
    app.extensions["celery"].set_default()
    with real.app_context():
        open_city(())
        db.session.commit()
    superuser = psycopg.connect(env["SUPERUSER_URL"].replace("+psycopg", ""), autocommit=True)
    superuser.execute("SET session_replication_role = replica")  # triggers off
    yield real, superuser
    superuser.close()
    with real.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def due(real, monkeypatch):
    """A cooperative with somebody whose time is over, in sealed books."""
    monkeypatch.setattr(retention, "setting", lambda _key, _day: 0)
    app, superuser = real
    coop = open_coop(app, f"lupa-{uuid4().hex[:6]}")
    with app.app_context():
        two = [make_user(n, f"{uuid4().hex}@example.net").id for n in ("asker", "agreeing")]
        db.session.commit()
        with tenant_scope(coop):
            act_as(two[0])
            member = a_full_life(two)
            pay(make_member("Wahyu Santoso"), on=clock.today(), voluntary=10_000)
            depart(member)
    return app, superuser, coop, two


def forget(app, coop, two):
    with app.app_context(), tenant_scope(coop):
        act_as(two[0])
        asked = forgetting.ask(members.find(2), reason="lewat")
        act_as(two[1])
        approvals.approve(asked.id, approval_views.ACTS[forgetting.KIND])
        db.session.commit()


@pytest.fixture
def forgotten(due):
    """The same, once they are forgotten and the night has sealed it."""
    app, superuser, coop, two = due
    forget(app, coop, two)
    with app.app_context(), tenant_scope(coop):
        seals.seal()
        db.session.commit()
    return app, superuser, coop


def verify(app, coop):
    result = app.test_cli_runner().invoke(args=["ledger", "verify", "--tenant", coop.slug])
    return result.exit_code, result.output


def test_a_redaction_is_sealed_and_in_order(forgotten):
    app, superuser, coop = forgotten

    code, said = verify(app, coop)

    count = "SELECT count(*) FROM redaction_digests WHERE tenant_id = %s"
    [sealed] = superuser.execute(count, [coop.id]).fetchone()
    assert code == 0, said
    assert sealed > 0
    assert "names were taken out of" in said


def test_a_redaction_before_the_night_is_in_order_too(due):
    app, _superuser, coop, two = due
    forget(app, coop, two)

    code, said = verify(app, coop)
    assert code == 0, said


ONE = "(SELECT min(journal_id) FROM journal_redactions WHERE tenant_id = {coop})"
ANOTHER = """
    INSERT INTO journal_redactions (tenant_id, journal_id, approval_id, fields, original, digest,
                                    asked_by, agreed_by, made_at)
    SELECT tenant_id, (
        SELECT max(d.journal_id) FROM journal_digests d WHERE d.tenant_id = {coop}
        AND d.journal_id NOT IN (SELECT journal_id FROM journal_redactions)),
        approval_id, fields, original, digest, asked_by, %s, made_at %s
    FROM journal_redactions WHERE tenant_id = {coop} LIMIT 1
"""


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE journal_redactions SET made_at = now() WHERE tenant_id = {coop}", "changed red"),
        ("UPDATE journal_redactions SET fields = '{{}}' WHERE tenant_id = {coop}", "changed red"),
        ("UPDATE journal_redactions SET digest = 'x' WHERE tenant_id = {coop}", "changed red"),
        ("DELETE FROM journal_redactions WHERE tenant_id = {coop}", "removed redaction of"),
        ("UPDATE redaction_digests SET digest = 'x' WHERE tenant_id = {coop}", "seal 2:"),
        ("DELETE FROM redaction_digests WHERE tenant_id = {coop}", "seal 2:"),
        (ANOTHER % ("agreed_by", "- interval '1 day'"), "inserted redaction"),
        (ANOTHER % ("agreed_by", "+ interval '1 s'"), "unfounded redaction"),
        (ANOTHER % ("asked_by", "+ interval '1 s'"), "unfounded redaction"),
        (f"UPDATE postings SET debit = 2 * debit WHERE journal_id = {ONE}", "changed journal"),
        (f"UPDATE journals SET memo = 'lain' WHERE id = {ONE}", "changed journal"),
    ],
)
def test_what_a_superuser_does_to_redactions_is_found_and_named(forgotten, statement, named):
    app, superuser, coop = forgotten
    superuser.execute(statement.format(coop=coop.id))

    code, said = verify(app, coop)

    assert code == 1
    assert named in said


def test_a_forged_redaction_does_not_hide_a_forged_sum(forgotten):
    """Even one that fits the journal as it is now: figures have a digest of their own."""
    app, superuser, coop = forgotten
    superuser.execute(
        f"UPDATE postings SET debit = 2 * debit, credit = 2 * credit"
        f" WHERE journal_id = {ONE}".format(coop=coop.id)
    )
    superuser.execute(
        f"UPDATE journal_redactions SET digest = journal_digest(tenant_id, journal_id)"
        f" WHERE journal_id = {ONE};"
        f"UPDATE redaction_digests e SET digest = '' WHERE tenant_id = {{coop}}".format(
            coop=coop.id
        )
    )

    _code, said = verify(app, coop)

    assert "changed journal" in said


def test_forgetting_launders_no_forged_journal(due):
    app, superuser, coop, two = due
    of_them = superuser.execute(
        "SELECT min(journal_id) FROM postings WHERE tenant_id = %s AND party_id ="
        " (SELECT id FROM members WHERE tenant_id = %s AND number = 2)",
        [coop.id, coop.id],
    ).fetchone()
    superuser.execute("UPDATE postings SET credit = 7 * credit WHERE journal_id = %s", of_them)
    _code, before = verify(app, coop)

    with pytest.raises(DomainError, match=r"BKM-2025-0001|as it was sealed|segel"):
        forget(app, coop, two)

    code, after = verify(app, coop)
    assert code == 1
    assert [line for line in before.splitlines() if "changed journal" in line] == [
        line for line in after.splitlines() if "changed journal" in line
    ]
    with app.app_context(), tenant_scope(coop):
        assert members.find(2).forgotten_on is None


def test_a_forged_journal_about_somebody_else_is_still_named_after_forgetting(due):
    app, superuser, coop, two = due
    untouched = (
        "SELECT max(j.id) FROM journals j WHERE tenant_id = %s AND NOT EXISTS (SELECT FROM"
        " postings p WHERE p.tenant_id = j.tenant_id AND p.journal_id = j.id AND party_id ="
        " (SELECT id FROM members WHERE tenant_id = j.tenant_id AND number = 2))"
    )
    other = superuser.execute(untouched, [coop.id]).fetchone()
    superuser.execute("UPDATE journals SET posted_on = posted_on - 1 WHERE id = %s", other)

    forget(app, coop, two)

    code, said = verify(app, coop)
    assert code == 1
    assert said.count("changed journal") == 1
