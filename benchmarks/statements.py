"""How long statements take, and whether they slow down as the books grow.

    .venv/bin/python -m benchmarks.statements [postings] [postings]

Two cooperatives with two years of journals, by default of 100.000 and of 1.000.000 postings.
The pages are asked for in turns, as a signed-in treasurer does, on a throw-away server; also as
of the middle of a past month, whose days have to be added up. Prints medians and the slowest
twentieth of the server's time; the targets are 50 ms, and 1,3 times between the two.
"""

import statistics
import sys
import time
from collections import Counter
from datetime import date
from typing import Any

import psycopg
from flask import Flask
from flask.testing import FlaskClient

from app.auth import services as people
from app.auth import sessions
from app.auth.permissions import Role
from app.config import from_environment
from app.core.period import Period
from app.dev.throwaway import Throwaway
from app.extensions import db
from app.factory import create_app
from app.ledger import verify
from app.ledger.journal_entry import PERSONAL
from app.platform.services import SEEDS
from tenants.models import Tenant
from tenants.provisioning import Charter, open_city, open_tenant
from tenants.scope import tenant_scope

SIZES = (100_000, 1_000_000)
MONTHS, ROUNDS, WARM = 24, 60, 10
PAGES = {
    "posisi keuangan": "laporan/posisi-keuangan",
    "hasil usaha": "laporan/hasil-usaha",
    "neraca saldo": "buku/neraca-saldo",
    "posisi keuangan as of a past day": "laporan/posisi-keuangan?sampai={day:%d-%m-%Y}",
}

# Journals of two lines on accounts that go round, so that every account without pages for
# people moves.
_JOURNALS = """
    WITH account AS (
        SELECT array_agg(id ORDER BY code) AS ids FROM accounts
        WHERE tenant_id = %(tenant)s AND (role IS NULL OR role <> ALL(%(personal)s))
    ), unit AS (
        SELECT array_agg(id ORDER BY code) AS ids FROM units WHERE tenant_id = %(tenant)s
    ), made AS (
        INSERT INTO journals (tenant_id, posted_on, memo, source_kind, source_key, line_count,
                              created_at)
        SELECT %(tenant)s, %(month)s + n %% 28, 'Penjualan ' || n, 'payment',
               %(month)s || '/' || n, 2, clock_timestamp()
        FROM generate_series(0, %(journals)s - 1) AS n RETURNING id, posted_on
    ), numbered AS (
        SELECT id, posted_on, row_number() OVER (ORDER BY id) AS n FROM made
    ), vouchers AS (
        INSERT INTO vouchers (tenant_id, journal_id, kind, year, number)
        SELECT %(tenant)s, id, 'BKM', extract(year FROM posted_on), %(before)s + n FROM numbered
    )
    INSERT INTO postings (tenant_id, journal_id, line, account_id, unit_id, posted_on, debit,
                          credit)
    SELECT %(tenant)s, made.id, line, account.ids[1 + (n * 2 + line) %% cardinality(account.ids)],
           unit.ids[1 + n %% cardinality(unit.ids)], posted_on, 15000 * (2 - line),
           15000 * (line - 1)
    FROM numbered AS made, account, unit, (VALUES (1), (2)) AS l (line)
"""
_SUMMARIES = """
    INSERT INTO account_months (tenant_id, account_id, unit_id, period, debit, credit)
    SELECT tenant_id, account_id, unit_id, date_trunc('month', posted_on), sum(debit), sum(credit)
    FROM postings WHERE tenant_id = %(tenant)s GROUP BY 1, 2, 3, 4
"""


def main(sizes: tuple[int, ...]) -> None:
    throwaway = Throwaway.start()
    try:
        env = throwaway.create_database("benchmark")
        app = create_app(from_environment(env))
        with psycopg.connect(env["SUPERUSER_URL"].replace("+psycopg", ""), autocommit=True) as su:
            su.execute("SET session_replication_role = replica")
            with app.app_context():
                open_city(())
                token = _sign_in([_filled(su, size) for size in sizes])
            su.execute("VACUUM ANALYZE")
        _report(sizes, _asked_for(app, token, sizes))
    finally:
        throwaway.stop()


def _filled(superuser: "psycopg.Connection[Any]", postings: int) -> Tenant:
    """A cooperative with so many postings, put there without triggers, and their summaries."""
    coop = open_tenant(Charter(f"uji-{postings}", "Uji", f"99.{postings}", "Uji"), SEEDS)
    each = postings // 2 // MONTHS
    first = Period.current().plus(-MONTHS)
    personal = [str(role) for role in PERSONAL]
    numbered = Counter[int]()  # vouchers of each year
    for month in first.through(Period.current().previous()):
        values = {"tenant": coop.id, "month": month.first_day, "journals": each}
        superuser.execute(
            _JOURNALS, values | {"before": numbered[month.year], "personal": personal}
        )
        numbered[month.year] += each
    superuser.execute(_SUMMARIES, {"tenant": coop.id})
    with tenant_scope(coop):
        assert not verify.differences()
    return coop


def _sign_in(coops: list[Tenant]) -> str:
    """One treasurer of all of them."""
    person = people.register_person("Bendahara", email="bendahara@uji.test", phone=None)
    for coop in coops:
        people.appoint(person, Role.TREASURER, coop, from_date=date(2025, 1, 1))
    session = sessions.open_session(person, device="uji", address="127.0.0.1")
    db.session.commit()
    return str(session.token)


def _asked_for(app: Flask, token: str, sizes: tuple[int, ...]) -> dict[str, list[list[float]]]:
    """Milliseconds of each answer, by page and cooperative."""
    browser = app.test_client()
    with browser.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = token, True
    day = Period.current().plus(-6).first_day.replace(day=15)
    took: dict[str, list[list[float]]] = {name: [[] for _ in sizes] for name in PAGES}
    for _ in range(WARM + ROUNDS):
        for name, address in PAGES.items():
            for which, size in enumerate(sizes):
                took[name][which].append(_ask(browser, f"/k/uji-{size}/{address.format(day=day)}"))
    return {name: [one[WARM:] for one in each] for name, each in took.items()}


def _ask(browser: FlaskClient, address: str) -> float:
    began = time.perf_counter()
    response = browser.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    response.get_data()
    return (time.perf_counter() - began) * 1000


def _report(sizes: tuple[int, ...], took: dict[str, list[list[float]]]) -> None:
    for name, each in took.items():
        medians = [statistics.median(one) for one in each]
        print(f"{name}: {medians[-1] / medians[0]:.2f} x from the least to the most")
        for size, one, median in zip(sizes, each, medians, strict=True):
            p95 = statistics.quantiles(one, n=20)[-1]
            print(f"  {size} postings: median {median:.1f} ms, p95 {p95:.1f} ms")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
