"""How long the city's overview and a cooperative's report take.

    .venv/bin/python -m benchmarks.supervision

The overview of 27 and of 5.000 cooperatives with 24 months each, asked for by a signed-in
officer: medians, the slowest twentieth and the number of queries. Then the indicators of one
cooperative with 5.000 members and 500.000 postings, and of 27: that one and 26 of 300 members
and 24 months, computed and kept one after the other. On a throw-away server.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import psycopg
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.auth import services as people
from app.auth import sessions
from app.auth.permissions import Role
from app.config import from_environment
from app.core import clock
from app.core.period import Period
from app.dev.throwaway import Throwaway
from app.dues import accrual
from app.extensions import db
from app.factory import create_app
from app.ledger import verify
from app.supervision import reporting
from benchmarks.filling import open_filled
from tenants.models import Tenant
from tenants.provisioning import open_city
from tenants.scope import tenant_scope

CITY, PROVINCE = 27, 5000
MONTHS = 24
ASKED, WARM = 100, 20
MEMBERS, PAID = 5000, 50  # months that everybody paid: 500.000 postings
SMALL, SMALL_PAID = 300, 24  # of each of the other cooperatives: ten times the pilot
ADDRESSES = ("/kota/", "/kota/?ukuran=simpanan&urut=terburuk")

_TENANTS = """
    INSERT INTO tenants (slug, name, legal_name, ward, ward_code, district, address, deed,
        legal_decree, business_number, tax_number, cooperative_number, created_at)
    SELECT 'uji-' || n, 'Uji ' || n, 'KKMP Uji ' || n, 'Uji ' || n, '99.' || n,
        'Kecamatan ' || n %% 40, '', '', '', '', '', '', now()
    FROM generate_series(1, %(count)s) AS n
"""
_MONTHS = """
    INSERT INTO indicator_months (tenant_id, period, reported_at, members_active, dues_billed,
        dues_settled, savings_principal, savings_mandatory, savings_voluntary, arrears_over,
        revenue, expenses, last_activity_on, documents, opening_entered, closed_through)
    SELECT t.id, month, now(), t.id * 7 %% 300, 480000, t.id * 31 %% 480 * 1000, 800000,
        t.id * 15000, 0, t.id %% 9 * 15000, t.id * 1000, t.id * 900, current_date - 3, 4, 1,
        current_date - 40
    FROM tenants t, generate_series(CAST(%(first)s AS date), %(last)s, '1 month') AS month
    ON CONFLICT DO NOTHING
"""
# Everybody pays every month, in journals of two lines.
_PAYMENTS = """
    WITH month AS (
        SELECT n, (%(first)s + n * interval '1 month' + interval '5 days')::date AS day
        FROM generate_series(0, %(months)s - 1) AS n
    ), made AS (
        INSERT INTO journals (tenant_id, posted_on, memo, source_kind, source_key, line_count,
                              created_at)
        SELECT %(tenant)s, day, 'Setoran', 'payment', m.id || '/' || n, 2, now()
        FROM month, members m WHERE m.tenant_id = %(tenant)s RETURNING id, posted_on, source_key
    ), vouchers AS (
        INSERT INTO vouchers (tenant_id, journal_id, kind, year, number)
        SELECT %(tenant)s, id, 'BKM', extract(year FROM posted_on),
               row_number() OVER (PARTITION BY extract(year FROM posted_on) ORDER BY id)
        FROM made
    )
    INSERT INTO postings (tenant_id, journal_id, line, account_id, party_id, unit_id, posted_on,
                          debit, credit)
    SELECT %(tenant)s, made.id, line, a.id,
           CASE WHEN line = 2 THEN split_part(source_key, '/', 1)::bigint END, u.id, posted_on,
           15000 * (2 - line), 15000 * (line - 1)
    FROM made, (VALUES (1, 'cash'), (2, 'mandatory_savings')) AS l (line, role)
    JOIN accounts a ON a.tenant_id = %(tenant)s AND a.role = l.role,
         (SELECT min(id) AS id FROM units WHERE tenant_id = %(tenant)s) AS u
"""
_SUMMARIES = (
    """INSERT INTO account_months (tenant_id, account_id, unit_id, period, debit, credit)
    SELECT tenant_id, account_id, unit_id, date_trunc('month', posted_on), sum(debit), sum(credit)
    FROM postings WHERE tenant_id = %(tenant)s GROUP BY 1, 2, 3, 4""",
    """INSERT INTO party_balances (tenant_id, party_id, account_id, balance)
    SELECT tenant_id, party_id, account_id, sum(credit - debit)
    FROM postings WHERE tenant_id = %(tenant)s AND party_id IS NOT NULL GROUP BY 1, 2, 3""",
)

Superuser = psycopg.Connection[Any]


def main() -> None:
    throwaway = Throwaway.start()
    try:
        env = throwaway.create_database("benchmark")
        app = create_app(from_environment(env))
        with psycopg.connect(env["SUPERUSER_URL"].replace("+psycopg", ""), autocommit=True) as su:
            su.execute("SET session_replication_role = replica")
            with app.app_context():
                open_city(())
                token = _sign_in()
            for count in (CITY, PROVINCE):
                _fill_city(su, count)
                _report_overview(count, *_asked_for(app, token))
            with app.app_context():
                large = _filled(su, "laporan", MEMBERS, PAID)
                _settled(su, large)
                _report_indicators(_computed(large))
                small = [_filled(su, f"kecil-{n}", SMALL, SMALL_PAID) for n in range(CITY - 1)]
                _settled(su, small[-1])
                _report_city(_reported([large, *small]))
    finally:
        throwaway.stop()


def _sign_in() -> str:
    person = people.register_person("Dinas", email="dinas@uji.test", phone=None)
    people.appoint(person, Role.CITY_AGENCY, None, from_date=date(2025, 1, 1))
    session = sessions.open_session(person, device="uji", address="127.0.0.1")
    db.session.commit()
    return str(session.token)


def _fill_city(superuser: Superuser, count: int) -> None:
    """So many cooperatives in all, each with all months."""
    superuser.execute(_TENANTS, {"count": count - CITY})
    first, last = Period.current().plus(1 - MONTHS), Period.current()
    superuser.execute(_MONTHS, {"first": first.first_day, "last": last.first_day})
    superuser.execute("VACUUM ANALYZE")


def _asked_for(app: Flask, token: str) -> tuple[list[float], int]:
    """Milliseconds of each answer, and the most queries that one took."""
    browser = app.test_client()
    with browser.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = token, True
    with _counted(app) as queries:
        took = [_ask(browser, ADDRESSES[n % 2], queries) for n in range(WARM + ASKED)]
    return [milliseconds for milliseconds, _count in took[WARM:]], max(n for _ms, n in took[WARM:])


@contextmanager
def _counted(app: Flask) -> Iterator[list[str]]:
    """What is asked of the database meanwhile, but for saying who asks."""
    asked: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("SET LOCAL"):
            asked.append(statement)

    with app.app_context():
        engines = list(db.engines.values())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", listen)


def _ask(browser: FlaskClient, address: str, queries: list[str]) -> tuple[float, int]:
    queries.clear()
    began = time.perf_counter()
    response = browser.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    response.get_data()
    return (time.perf_counter() - began) * 1000, len(queries)


def _filled(superuser: Superuser, slug: str, members: int, paid: int) -> Tenant:
    """A cooperative whose members have all paid so many months, and owe the present one."""
    first = Period.current().plus(-paid)
    coop = open_filled(slug, members, first.first_day)
    values = {"tenant": coop.id, "first": first.first_day, "months": paid}
    superuser.execute(_PAYMENTS, values)
    for summary in _SUMMARIES:
        superuser.execute(summary, values)
    superuser.execute("ANALYZE")
    with tenant_scope(coop):
        accrual.accrue(Period.current())
        db.session.commit()
    return coop


def _settled(superuser: Superuser, coop: Tenant) -> None:
    """The server has looked at its tables, and the books hold."""
    superuser.execute("VACUUM ANALYZE")
    with tenant_scope(coop):
        assert not verify.differences()


def _computed(coop: Tenant) -> list[float]:
    """Seconds of each time."""
    took = []
    for _ in range(5):
        with tenant_scope(coop):
            began = time.perf_counter()
            found = reporting.compute(clock.today())
            took.append(time.perf_counter() - began)
            assert found["members_active"] == MEMBERS
    return took


def _reported(cooperatives: list[Tenant]) -> float:
    """Seconds until all have computed their figures and kept them, as a night does it."""
    began = time.perf_counter()
    for coop in cooperatives:
        with tenant_scope(coop):
            reporting.report(clock.today())
            db.session.commit()
    return time.perf_counter() - began


def _report_overview(count: int, took: list[float], queries: int) -> None:
    p95 = statistics.quantiles(took, n=20)[-1]
    print(f"overview of {count} cooperatives, {MONTHS} months, at most {queries} queries")
    print(f"  median {statistics.median(took):.1f} ms, p95 {p95:.1f} ms", flush=True)


def _report_indicators(took: list[float]) -> None:
    print(f"indicators of {MEMBERS} members, {MEMBERS * PAID * 2} postings")
    print(f"  median {statistics.median(took):.2f} s, worst {max(took):.2f} s")


def _report_city(took: float) -> None:
    print(f"indicators of {CITY}: {CITY - 1} of {SMALL} members, one of {MEMBERS}")
    print(f"  {took:.2f} s one after the other, on one core")


if __name__ == "__main__":
    main()
