"""How long billing takes, against the bare statement over the same rows in the same run.

    .venv/bin/python -m benchmarks.accrual [tenants] [members]

Both run as the application's role, with the same keys and policies, on a throw-away server
that is durable for neither. Prints the medians of five rounds and their ratio.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

from sqlalchemy import text

from app.config import from_environment
from app.core.period import Period
from app.dev.throwaway import Throwaway
from app.dues import accrual
from app.extensions import db
from app.factory import create_app
from app.platform.services import SEEDS
from tenants.models import Tenant
from tenants.provisioning import Charter, open_city, open_tenant
from tenants.scope import tenant_scope

ROUNDS = 5
JOINED = date(2026, 1, 10)

_PARTIES = text("""
    INSERT INTO parties (tenant_id, name)
    SELECT :tenant, 'Anggota ' || n FROM generate_series(1, :count) AS n
""")
_MEMBERS = text("""
    INSERT INTO members (tenant_id, id, number, nik, sex, born_on, birth_place, birth_note,
        address, rt, rw, phone, occupation, "group", business, heir_name, heir_relation,
        heir_phone, registered_on, joined_on, left_reason, consent_version, created_at)
    SELECT :tenant, id, row_number() OVER (ORDER BY id), lpad(id::text, 16, '0'), 'L',
        '1990-01-01', '', '', '', '001', '001', '', '', '', '', '', '', '', :joined, :joined,
        '', '', now()
    FROM parties WHERE tenant_id = :tenant
""")
_FLOOR = text("""
    INSERT INTO dues_charges (tenant_id, member_id, period, amount)
    SELECT :tenant, id, CAST(:period AS date), 15000 FROM members WHERE tenant_id = :tenant
    ORDER BY id
""")


def main(tenants: int, members: int) -> None:
    throwaway = Throwaway.start()
    try:
        env = throwaway.create_database("benchmark")
        _run(env, tenants, members)
    finally:
        throwaway.stop()


def _run(env: dict[str, str], tenants: int, members: int) -> None:
    app = create_app(from_environment(env))
    with app.app_context():
        db.session.execute(text("SET statement_timeout = 0"))
        open_city(())
        coops = [fill(n, members) for n in range(tenants)]
        month = Period.of(JOINED)
        floors, firsts, agains = [], [], []
        for _ in range(ROUNDS):
            # Each takes a month that nobody has been billed for: the same number of rows.
            floors.append(_time(coops, _bare, month))
            firsts.append(_time(coops, _product, month.next()))
            agains.append(_time(coops, _product, month.next()))
            month = month.plus(2)
    _report(tenants * members, floors, firsts, agains)


def _bare(month: Period) -> None:
    db.session.execute(_FLOOR, {"tenant": _tenant_id(), "period": month.first_day})


def _product(month: Period) -> None:
    accrual.accrue(month)


def _time(coops: list[Tenant], work: Callable[[Period], None], month: Period) -> float:
    began = time.perf_counter()
    for coop in coops:
        with tenant_scope(coop):
            work(month)
            db.session.commit()
    return time.perf_counter() - began


def fill(number: int, members: int) -> Tenant:
    charter = Charter(f"uji-{number}", f"Uji {number}", f"99.{number}", "Uji")
    coop = open_tenant(charter, SEEDS)
    with tenant_scope(coop):
        values = {"tenant": coop.id, "count": members, "joined": JOINED}
        db.session.execute(_PARTIES, values)
        db.session.execute(_MEMBERS, values)
        db.session.commit()
    return coop


def _tenant_id() -> int:
    return int(db.session.execute(text("SELECT current_setting('app.tenant_id')")).scalar_one())


def _report(rows: int, floors: list[float], firsts: list[float], agains: list[float]) -> None:
    floor, first, again = map(statistics.median, (floors, firsts, agains))
    print(f"{rows} charges, medians of {ROUNDS}")
    print(f"bare statement {floor:.2f} s, accrual {first:.2f} s: {first / floor:.2f} x the floor")
    print(f"again {again:.2f} s: {again / first:.2f} x the first")


if __name__ == "__main__":
    tenants_wanted, members_wanted = (*map(int, sys.argv[1:3]), 27, 5000)[:2]
    main(tenants_wanted, members_wanted)
