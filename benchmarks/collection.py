"""How long one save of a collection sheet takes, against the bare inserts of the same rows.

    .venv/bin/python -m benchmarks.collection [payments]

Both write the same journals, numbers, lines, summaries and payments, as the application's
role, with the same keys, policies and triggers, on a throw-away server that is durable for
neither. Prints the medians of fifteen rounds, each on a month that nobody has paid yet.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from uuid import uuid4

from sqlalchemy import create_engine, select, text

from app.config import from_environment
from app.core.period import Period
from app.dev.throwaway import Throwaway
from app.dues import accrual, collection
from app.dues.collection import Given, Round
from app.extensions import db
from app.factory import create_app
from app.ledger import services as ledger
from app.ledger import verify
from app.ledger.models import AccountRole
from app.members.models import Member
from benchmarks.filling import open_filled
from tenants.provisioning import open_city
from tenants.scope import current_tenant, tenant_scope

ROUNDS = 15
DAY = date(2026, 6, 12)

# The rows of `count` payments, each table in one statement and nothing read or decided.
_BARE = (
    """
    INSERT INTO collections (tenant_id, key, paid_on, method, place, created_at)
    VALUES (:tenant, :key, :day, 'tunai', '', now())
    """,
    """
    INSERT INTO journals (tenant_id, posted_on, memo, source_kind, source_key, line_count,
                          created_at)
    SELECT :tenant, :day, 'Setoran simpanan ' || id, 'payment', :key || '/' || number, 2, now()
    FROM members WHERE tenant_id = :tenant
    """,
    """
    INSERT INTO vouchers (tenant_id, journal_id, kind, year, number)
    SELECT :tenant, id, 'BKM', 2026, row_number() OVER (ORDER BY id) + :start
    FROM journals WHERE tenant_id = :tenant AND source_kind = 'payment'
      AND source_key >= :key || '/' AND source_key < :key || '0'
    """,
    """
    INSERT INTO counters (tenant_id, kind, year, value) VALUES (:tenant, 'BKM', 2026, :count)
    ON CONFLICT (tenant_id, kind, year) DO UPDATE SET value = counters.value + excluded.value
    """,
    """
    INSERT INTO postings (tenant_id, journal_id, line, account_id, party_id, unit_id, posted_on,
                          debit, credit, memo)
    SELECT :tenant, j.id, line, CASE line WHEN 1 THEN :cash ELSE :savings END,
           CASE line WHEN 2 THEN m.id END, :unit, :day, CASE line WHEN 1 THEN 15000 ELSE 0 END,
           CASE line WHEN 2 THEN 15000 ELSE 0 END,
           CASE line WHEN 2 THEN 'Simpanan wajib Jan 2026' END
    FROM journals j
    JOIN members m ON m.tenant_id = :tenant AND j.source_key = :key || '/' || m.number,
         generate_series(1, 2) AS line
    WHERE j.tenant_id = :tenant AND j.source_kind = 'payment'
      AND j.source_key >= :key || '/' AND j.source_key < :key || '0'
    """,
    """
    INSERT INTO account_months AS summary (tenant_id, account_id, unit_id, period, debit, credit)
    SELECT :tenant, account, :unit, :month, debit, credit
    FROM (VALUES (CAST(:cash AS bigint), :count * 15000, 0),
                 (CAST(:savings AS bigint), 0, :count * 15000)) AS row (account, debit, credit)
    ON CONFLICT (tenant_id, account_id, unit_id, period) DO UPDATE
    SET debit = summary.debit + excluded.debit, credit = summary.credit + excluded.credit
    """,
    """
    INSERT INTO party_balances AS summary (tenant_id, party_id, account_id, balance)
    SELECT :tenant, id, :savings, 15000 FROM members WHERE tenant_id = :tenant
    ON CONFLICT (tenant_id, party_id, account_id) DO UPDATE
    SET balance = summary.balance + excluded.balance
    """,
    """
    INSERT INTO collection_payments (tenant_id, journal_id, collection_id, member_id, amount)
    SELECT :tenant, j.id, c.id, m.id, 15000
    FROM collections c, journals j
    JOIN members m ON m.tenant_id = :tenant AND j.source_key = :key || '/' || m.number
    WHERE c.tenant_id = :tenant AND c.key = CAST(:key AS uuid)
      AND j.tenant_id = :tenant AND j.source_kind = 'payment'
      AND j.source_key >= :key || '/' AND j.source_key < :key || '0'
    """,
)


def main(count: int) -> None:
    throwaway = Throwaway.start()
    try:
        _run(throwaway.create_database("benchmark"), count)
    finally:
        throwaway.stop()


def _run(env: dict[str, str], count: int) -> None:
    app = create_app(from_environment(env))
    with app.app_context():
        open_city(())
        coop = open_filled("lembar", count, date(2026, 1, 10))
        floors, saves = [], []
        for number in range(ROUNDS):
            _learn(env)
            with tenant_scope(coop):
                accrual.accrue(Period(2026, 1).plus(2 * number + 1))
                db.session.commit()
                floors.append(_time(_bare))
            with tenant_scope(coop):
                saves.append(_time(_save))
        with tenant_scope(coop):
            assert verify.differences() == []
    floor, save = statistics.median(floors), statistics.median(saves)
    print(f"{count} payments in one save, medians of {ROUNDS}")
    print(f"bare inserts {floor * 1000:.0f} ms, one save {save * 1000:.0f} ms:", end=" ")
    print(f"{save / floor:.2f} x the floor")


def _learn(env: dict[str, str]) -> None:
    """Let the planner know how large the tables are, as autovacuum does in a living database."""
    owner = create_engine(env["DATABASE_OWNER_URL"], isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text("ANALYZE"))
    owner.dispose()


def _time(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    db.session.commit()
    return time.perf_counter() - began


def _save() -> None:
    """What the page does with a sheet once it has been read."""
    members = db.session.scalars(select(Member).where(Member.left_on.is_(None))).all()
    collection.record([Given(member, 15_000) for member in members], Round(DAY, uuid4()))


def _bare() -> None:
    tenant = current_tenant()
    values = {
        "tenant": tenant.id,
        "key": str(uuid4()),
        "day": DAY,
        "month": DAY.replace(day=1),
        "cash": ledger.account(AccountRole.CASH).id,
        "savings": ledger.account(AccountRole.MANDATORY_SAVINGS).id,
        "unit": ledger.units()[0].id,
        "count": _count("members"),
        "start": _count("vouchers"),
    }
    for statement in _BARE:
        db.session.execute(text(statement), values)


def _count(table: str) -> int:
    return int(db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
