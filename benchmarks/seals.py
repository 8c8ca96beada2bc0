"""How long sealing a day's journals takes, and verifying them.

    .venv/bin/python -m benchmarks.seals [journals] [rounds]

The journals are put there without triggers; sealing then runs as the application's role, with
the same keys and policies, on a throw-away server. Prints the median and the worst day; the
target is a day of 10.000 journals in one second.
"""

import statistics
import sys
import time
from datetime import date

import psycopg
from sqlalchemy import text

from app.config import from_environment
from app.dev.throwaway import Throwaway
from app.extensions import db
from app.factory import create_app
from app.ledger import seals
from app.platform.services import SEEDS
from tenants.models import Tenant
from tenants.provisioning import Charter, open_city, open_tenant
from tenants.scope import tenant_scope

DAY = date(2026, 3, 2)

# Journals of three lines, as most payments are.
_JOURNALS = """
    WITH made AS (
        INSERT INTO journals (tenant_id, posted_on, memo, source_kind, source_key, line_count,
                              created_at)
        SELECT %(tenant)s, %(day)s, 'Setoran simpanan anggota ' || n, 'payment',
               %(round)s || '/' || n, 3, clock_timestamp()
        FROM generate_series(1, %(count)s) AS n RETURNING id
    ), vouchers AS (
        INSERT INTO vouchers (tenant_id, journal_id, kind, year, number)
        SELECT %(tenant)s, id, 'BKM', 2026,
               CAST(%(round)s AS bigint) * %(count)s + row_number() OVER (ORDER BY id)
        FROM made
    )
    INSERT INTO postings (tenant_id, journal_id, line, account_id, unit_id, posted_on, debit,
                          credit, memo)
    SELECT %(tenant)s, made.id, line, a.id, u.id, %(day)s, debit, credit,
           'Simpanan wajib Mar 2026'
    FROM made,
         (VALUES (1, 40000, 0), (2, 0, 15000), (3, 0, 25000)) AS l (line, debit, credit),
         (SELECT min(id) AS id FROM accounts WHERE tenant_id = %(tenant)s) AS a,
         (SELECT min(id) AS id FROM units WHERE tenant_id = %(tenant)s) AS u
"""


def main(journals: int, rounds: int) -> None:
    throwaway = Throwaway.start()
    try:
        env = throwaway.create_database("benchmark")
        app = create_app(from_environment(env))
        superuser = psycopg.connect(env["SUPERUSER_URL"].replace("+psycopg", ""), autocommit=True)
        superuser.execute("SET session_replication_role = replica")
        with app.app_context():
            open_city(())
            coop = open_tenant(Charter("uji", "Uji", "99.1", "Uji"), SEEDS)
            days = [_day(superuser, coop, n, journals) for n in range(rounds)]
            _report(journals, days, _verify(coop))
    finally:
        throwaway.stop()


def _day(superuser: psycopg.Connection, coop: Tenant, number: int, journals: int) -> float:
    values = {"tenant": coop.id, "day": DAY, "count": journals, "round": number}
    superuser.execute(_JOURNALS, values)
    superuser.execute("ANALYZE")
    with tenant_scope(coop):
        began = time.perf_counter()
        seals.seal()
        db.session.commit()
        return time.perf_counter() - began


def _verify(coop: Tenant) -> float:
    with tenant_scope(coop):
        db.session.execute(text("SET LOCAL statement_timeout = 0"))
        began = time.perf_counter()
        assert not seals.breaches()
        return time.perf_counter() - began


def _report(journals: int, rounds: list[float], verified: float) -> None:
    print(f"{journals} journals a day, {len(rounds)} days")
    print(f"sealing a day: median {statistics.median(rounds):.2f} s, worst {max(rounds):.2f} s")
    print(f"verifying all {journals * len(rounds)}: {verified:.2f} s")


if __name__ == "__main__":
    journals_wanted, rounds_wanted = (*map(int, sys.argv[1:3]), 10_000, 5)[:2]
    main(journals_wanted, rounds_wanted)
