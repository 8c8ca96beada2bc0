"""How long billing takes, against the bare statement over the same rows in the same run.

    .venv/bin/python -m benchmarks.accrual [tenants] [members]

Two cities of the same size lie in the same tables: one is billed by the bare statement, the
other by the product, in turns and month by month. Both run as the application's role, with the
same keys and policies, on a throw-away server that is durable for neither. Prints the medians
of the rounds and their ratios; without arguments also how small cooperatives compare.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection, create_engine, text

from app.config import from_environment
from app.core.period import Period
from app.dev.throwaway import Throwaway
from app.dues import accrual
from app.extensions import db
from app.factory import create_app
from benchmarks.filling import open_filled
from tenants.models import Tenant
from tenants.provisioning import open_city
from tenants.scope import current_tenant, tenant_scope

ROUNDS = 5
JOINED = date(2026, 1, 10)
BIG, SMALL = (27, 5000), (2000, 500)

_FLOOR = text("""
    INSERT INTO dues_charges (tenant_id, member_id, period, amount)
    SELECT :tenant, id, CAST(:period AS date), 15000 FROM members WHERE tenant_id = :tenant
    ORDER BY id
""")


def main(sizes: list[tuple[int, int]]) -> None:
    each = [_measure(tenants, members) for tenants, members in sizes]
    if len(each) > 1:
        bare, ours = (small / big for big, small in zip(*each, strict=True))
        print(f"a member of a small cooperative: {ours:.2f} x one of a big one")
        print(f"  of that the bare statement, by the size of the tables: {bare:.2f} x")


def _measure(tenants: int, members: int) -> tuple[float, float]:
    """Seconds for each member, bare and ours, on a server of its own."""
    throwaway = Throwaway.start()
    try:
        env = throwaway.create_database("benchmark")
        owner = create_engine(env["DATABASE_OWNER_URL"], isolation_level="AUTOCOMMIT")
        with create_app(from_environment(env)).app_context(), owner.connect() as connection:
            return _run(tenants, members, connection)
    finally:
        throwaway.stop()


def _run(tenants: int, members: int, owner: Connection) -> tuple[float, float]:
    open_city(())
    # Nobody reads the trail of these members, and writing it would take most of the time.
    owner.exec_driver_sql("ALTER TABLE members DISABLE TRIGGER audited")
    bare, ours = (
        [open_filled(f"{city}-{n}", members, JOINED) for n in range(tenants)] for city in "ab"
    )
    # As on a server that has been up for a while: the planner knows the tables.
    owner.exec_driver_sql("VACUUM ANALYZE")
    month = Period.of(JOINED)
    rounds = []
    for _ in range(ROUNDS):
        # In turns, so that whatever else the machine does slows both down alike.
        seconds = [0.0, 0.0, 0.0]
        for one, other in zip(bare, ours, strict=True):
            seconds[0] += _time(one, _bare, month)
            seconds[1] += _time(other, accrual.accrue, month)
            seconds[2] += _time(other, accrual.accrue, month)
        rounds.append(seconds)
        month = month.next()
    return _report(tenants, members, rounds)


def _bare(month: Period) -> None:
    values = {"tenant": current_tenant().id, "period": month.first_day}
    db.session.connection().execute(_FLOOR, values)


def _time(coop: Tenant, work: Callable[[Period], object], month: Period) -> float:
    began = time.perf_counter()
    with tenant_scope(coop):
        work(month)
        db.session.commit()
    return time.perf_counter() - began


def _report(tenants: int, members: int, rounds: list[list[float]]) -> tuple[float, float]:
    floor, first, again = (statistics.median(one) for one in zip(*rounds, strict=True))
    print(f"{tenants} x {members} members, medians of {ROUNDS} months")
    print(f"  bare statement {floor:.2f} s, accrual {first:.2f} s: {first / floor:.2f} x the floor")
    print(f"  again {again:.2f} s: {again / first:.2f} x the first", flush=True)
    return floor / tenants / members, first / tenants / members


if __name__ == "__main__":
    wanted = tuple(map(int, sys.argv[1:3]))
    main([wanted] if len(wanted) == 2 else [BIG, SMALL])
