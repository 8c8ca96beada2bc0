"""The chain over the journals: whatever is changed behind the application's back is named."""

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import ProgrammingError

from app.config import from_environment
from app.core import clock
from app.dev.throwaway import Throwaway
from app.extensions import db
from app.factory import create_app
from app.ledger import seals
from app.ledger import services as ledger
from app.ledger.chain import JournalDigest, Seal, SealHead
from app.ledger.models import AccountRole
from app.ledger.services import Source, credit, debit
from tasks import jobs as queue
from tasks import ledger as night
from tenants.scope import current_tenant, tenant_scope
from tests.conftest import open_coop

DAY = date(2026, 3, 2)


def post(key, amount=1_000):
    lines = [debit(AccountRole.CASH, amount), credit(AccountRole.OPENING, amount)]
    return ledger.post(on=DAY, memo="uji é", source=Source("test", key), lines=lines)


@pytest.fixture
def in_coop(scope, coop):
    with scope(coop):
        yield


@pytest.fixture(scope="module")
def real(app) -> Iterator[tuple]:
    """A database of its own, and its superuser: the one against whom no policy helps."""
    env = Throwaway(Path(os.environ["KOPERASI_TEST_DIR"])).create_database("test_seals")
    real = create_app(from_environment(env))
    app.extensions["celery"].set_default()
    superuser = psycopg.connect(env["SUPERUSER_URL"].replace("+psycopg", ""), autocommit=True)
    superuser.execute("SET session_replication_role = replica")  # triggers off
    yield real, superuser, env
    superuser.close()
    with real.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def sealed(real):
    """A cooperative with three journals under two seals, and who can reach below them."""
    real, superuser, _env = real
    coop = open_coop(real, f"segel-{uuid4().hex[:6]}")
    with real.app_context(), tenant_scope(coop):
        post("1"), post("2")
        seals.seal()
        post("3")
        seals.seal()
        db.session.commit()
    return real, superuser, coop


def verify(real, coop):
    result = real.test_cli_runner().invoke(args=["ledger", "verify", "--tenant", coop.slug])
    return result.exit_code, result.output


def test_a_seal_covers_what_is_new_and_chains_to_the_last(in_coop):
    post("1")
    first = seals.seal()
    post("2")
    second = seals.seal()

    assert (first.number, second.number) == (1, 2)
    assert first.digest != second.digest
    assert second == seals.head()
    assert seals.breaches() == []


def test_without_anything_new_the_last_seal_stands(in_coop):
    assert seals.seal() is None
    post("1")

    assert seals.seal() == seals.seal()


def test_anybody_can_recompute_a_digest_without_us(in_coop):
    posted = post("1")
    head = seals.seal()

    journal = ledger.find_journal(posted.kind, posted.year, posted.number)
    content = [
        journal.tenant_id,
        journal.id,
        "JU-2026-0001",
        "2026-03-02",
        "uji é",
        "test",
        "1",
        f"{journal.created_at:%Y-%m-%dT%H:%M:%S.%f}Z",
        None,
        [
            [p.line, p.account_id, p.unit_id, p.party_id, p.debit, p.credit, p.memo]
            for p in journal.postings
        ],
    ]
    figures = [*content[:4], *content[5:9], [line[:6] for line in content[9]]]
    digests = [
        hashlib.sha256(json.dumps(part, ensure_ascii=False).encode()).digest()
        for part in (content, figures)
    ]
    assert head.digest == hashlib.sha256(b"".join(digests)).hexdigest()


def test_a_number_of_five_digits_is_named_whole(in_coop):
    db.session.execute(
        text("INSERT INTO counters VALUES (:tenant, 'JU', 2026, 12344)"),
        {"tenant": current_tenant().id},
    )
    post("1")
    seals.seal()

    assert db.session.scalar(select(JournalDigest.voucher)) == "JU-2026-12345"


@pytest.mark.parametrize("table", [Seal, JournalDigest, SealHead])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_application_can_only_add_to_the_chain(in_coop, table, change):
    statement = delete(table) if change == "delete" else update(table).values(tenant_id=1)

    with pytest.raises(ProgrammingError, match="permission denied"):
        db.session.execute(statement)


def test_a_cooperative_cannot_seal_for_another(in_coop, other_coop):
    row = {"tenant_id": other_coop.id, "number": 1, "sealed_at": clock.now(), "head": b""}

    with pytest.raises(ProgrammingError, match="row-level security"):
        db.session.execute(insert(SealHead).values(row))


@pytest.mark.committed
def test_untouched_books_are_in_order(sealed):
    real, _superuser, coop = sealed

    assert verify(real, coop) == (0, "OK\n")


@pytest.mark.committed
@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "UPDATE journals SET memo = 'lain' WHERE source_key = '2'",
            "changed journal JU-2026-0002",
        ),
        ("UPDATE journals SET created_at = now() WHERE source_key = '2'", "JU-2026-0002"),
        (
            "UPDATE postings SET debit = 2 * debit, credit = 2 * credit WHERE journal_id ="
            " (SELECT max(id) FROM journals WHERE tenant_id = {coop})",
            "changed journal JU-2026-0003",
        ),
        ("DELETE FROM journals WHERE source_key = '1'", "removed journal JU-2026-0001"),
        (
            "UPDATE journals SET created_at = created_at - interval '2 years';"
            "DELETE FROM journal_digests WHERE voucher = 'JU-2026-0002'",
            "inserted journal JU-2026-0002",
        ),
        ("UPDATE journal_digests SET digest = 'x' WHERE voucher = 'JU-2026-0001'", "seal 1:"),
        ("UPDATE seals SET head = 'x' WHERE number = 2", "seal 2 of the city"),
        ("DELETE FROM seals WHERE number = 2", "seal 2:"),
    ],
)
def test_what_a_superuser_does_is_found_and_named(sealed, statement, named):
    real, superuser, coop = sealed
    for part in statement.split(";"):
        confined = part.format(coop=coop.id)
        joined = " AND " if "WHERE" in confined else " WHERE "
        superuser.execute(f"{confined}{joined}tenant_id = {coop.id}")

    code, said = verify(real, coop)

    assert code == 1
    assert named in said


@pytest.mark.committed
def test_the_city_keeps_a_copy_that_it_can_read(sealed, real):
    _real, _superuser, coop = sealed
    with psycopg.connect(real[2]["CITY_DATABASE_URL"].replace("+psycopg", "")) as city:
        query = "SELECT number FROM seal_heads WHERE tenant_id = %s ORDER BY number"
        assert city.execute(query, [coop.id]).fetchall() == [(1,), (2,)]
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject)):
            city.execute("SELECT * FROM journal_digests")


def test_every_active_cooperative_is_sealed_at_night(app, scope, coop):
    with scope(coop):
        post("1")
        db.session.commit()
    with app.app_context():
        planned = night.plan()
        db.session.commit()

    for job_id in planned * 2:
        queue.run.delay(job_id)

    with scope(coop):
        assert seals.head().number == 1


def test_the_command_says_where_each_chain_stands(app, scope, coop):
    with scope(coop):
        post("1")
        db.session.commit()

    said = app.test_cli_runner().invoke(args=["ledger", "seal", "--tenant", coop.slug]).output

    with scope(coop):
        assert seals.head().short in said
        assert said.startswith("maju: 1 · ")
