"""How long paper takes: one receipt as PDF, and all members' statements of a year.

    .venv/bin/python -m benchmarks.receipts [members]

Both as the application does them: a receipt with its queries and its code, the statements
as the job does them, from the books to the file kept in the database. Beside the time that
passed stands the time of this process on the processor, which a busy machine blurs less.
"""

import statistics
import sys
import time
from datetime import date, timedelta
from uuid import uuid4

import psycopg
from sqlalchemy import text

from app.config import from_environment
from app.core import clock
from app.core.identity import read_nik
from app.dev.throwaway import Throwaway
from app.dues import payments
from app.dues.payments import Payment
from app.extensions import db
from app.factory import create_app
from app.members import services as members
from app.members.services import Particulars
from app.platform.services import SEEDS
from app.receipts import paper, services
from app.savings.statement_paper import bundle
from tenants.provisioning import Charter, open_city, open_tenant
from tenants.scope import tenant_scope

ROUNDS = 100
LINK = "https://koperasi.example/cek/1-123.abcdefghijklmnopqrstuvwxyzA"
PAYMENTS = 6  # of each member in the year


def main(count: int) -> None:
    throwaway = Throwaway.start()
    try:
        _run(throwaway.create_database("benchmark"), count)
    finally:
        throwaway.stop()


def _run(env: dict[str, str], count: int) -> None:
    app = create_app(from_environment(env))
    with app.app_context():
        db.session.execute(text("SET statement_timeout = 0"))
        open_city(())
        coop = open_tenant(Charter("uji", "Uji", "99.1", "Uji"), SEEDS)
        with tenant_scope(coop):
            _fill(count)
            _analyze(env["DATABASE_OWNER_URL"])
            _receipts()
            _statements()


def _fill(count: int) -> None:
    year = clock.today().year - 1
    for number in range(1, count + 1):
        nik = read_nik(f"337501{1 + number % 28:02d}0580{number:04d}")
        who = Particulars(nik=nik, name=f"Anggota Nomor {number}")
        member = members.register(who, on=date(year, 1, 2), consent=True)
        for month in range(PAYMENTS):
            payment = Payment(dues=30_000, voluntary=5_000 * month)
            day = date(year, 1, 3) + timedelta(days=60 * month)
            payments.receive(member, payment, on=day, key=uuid4())
        if number % 500 == 0:
            db.session.commit()
    db.session.commit()


def _analyze(owner_url: str) -> None:
    """What the database does by itself within a minute."""
    with psycopg.connect(owner_url.replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute("ANALYZE")


def _receipts() -> None:
    year, passed, worked = clock.today().year - 1, [], []
    for number in range(1, ROUNDS + 1):
        db.session.expunge_all()
        began, at_work = time.perf_counter(), time.process_time()
        receipt = services.find("BKM", year, number)
        assert receipt is not None
        paper.sheets(receipt, LINK)
        passed.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - at_work))
    print(
        f"a receipt as PDF: median {statistics.median(passed):.0f} ms"
        f" ({statistics.median(worked):.0f} ms at work), least {min(passed):.0f} ms"
    )


def _statements() -> None:
    began, at_work = time.perf_counter(), time.process_time()
    kept, printed = bundle(clock.today().year - 1, lambda _done, _total: None)
    db.session.commit()
    passed, worked = time.perf_counter() - began, time.process_time() - at_work
    print(
        f"{printed} statements in one process: {passed:.1f} s ({worked:.1f} s at work),"
        f" {kept.size / 1e6:.1f} MB"
    )


if __name__ == "__main__":
    main((*map(int, sys.argv[1:2]), 5000)[0])
