"""How long the pages take that people look at all day, and how many they can be.

    .venv/bin/python -m benchmarks.pages

A cooperative with 5.000 members and some 100.000 postings, served by gunicorn with two workers,
as in production. Each page is asked for one at a time: the server's own time, and its queries. Then
the member's card is asked for by many at once, in turns with a fixed string behind the same
sign-in; the fixed page exists only here.
"""

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Blueprint, Flask, Response, g
from sqlalchemy import create_engine, event, select

from app.auth import services as people
from app.auth import sessions
from app.auth.permissions import Permission, Role
from app.config import from_environment
from app.core import clock
from app.core.period import Period
from app.dev.places import choose_port
from app.dev.throwaway import Throwaway
from app.dues import accrual, collection
from app.dues.collection import Given, Round
from app.extensions import db
from app.factory import create_app
from app.members.models import Member
from app.web.access import require
from benchmarks.filling import open_filled
from tenants.models import Tenant
from tenants.provisioning import open_city
from tenants.scope import tenant_scope

MEMBERS, MONTHS = 5000, 11  # nearly all pay: 100.000 postings
ASKED, ROUNDS, SECONDS, AT_ONCE = 200, 5, 4, 4
CARD, FIXED = "/k/uji-halaman/anggota/{number}/", "/k/uji-halaman/tetap"
PAGES = {
    "member card": CARD,
    "member list": "/k/uji-halaman/anggota/",
    "member search": "/k/uji-halaman/anggota/?q=Anggota+{number}",
    "arrears": "/k/uji-halaman/tagihan/tunggakan",
    "trial balance": "/k/uji-halaman/buku/neraca-saldo",
}

bp = Blueprint("fixed", __name__)


@bp.get("/tetap")
@require(Permission.MEMBERS_VIEW)
def fixed() -> str:
    """What the server can do at most, with the same sign-in and nothing to show."""
    return "tetap"


def serve() -> Flask:
    """The product with the fixed page, telling of each answer what it took."""
    app = create_app()
    app.register_blueprint(bp, url_prefix="/k/<slug>")
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", _count)
    inner = app.wsgi_app

    def timed(environ: Any, start_response: Any) -> Any:
        began = time.perf_counter()

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            took = f"{(time.perf_counter() - began) * 1000:.3f}"
            return start_response(status, [*headers, ("X-Took", took)], *more)

        return inner(environ, start)

    app.wsgi_app = timed  # type: ignore[method-assign]
    app.after_request(_tell)
    return app


def _count(*_arguments: Any) -> None:
    g.queries = g.get("queries", 0) + 1


def _tell(response: Response) -> Response:
    response.headers["X-Queries"] = str(g.get("queries", 0))
    return response


def main() -> None:
    throwaway = Throwaway.start()
    try:
        env = throwaway.create_database("benchmark")
        with create_app(from_environment(env)).app_context():
            cookie = _prepare(env["DATABASE_OWNER_URL"])
        with _server(env, throwaway.folder) as port:
            _ask_for_each(port, cookie)
            _ask_at_once(port, cookie)
    finally:
        throwaway.stop()


def _prepare(owner: str) -> str:
    """Fill the cooperative and sign in; the cookie of that browser."""
    open_city(())
    first = Period.current().plus(1 - MONTHS)
    coop = open_filled("halaman", MEMBERS, first.first_day)
    for month in first.through(Period.current()):
        _learn(owner)
        with tenant_scope(coop):
            accrual.accrue(month)
            _collect(db.session.scalars(select(Member)).all(), min(month.last_day, clock.today()))
    _learn(owner)
    return _sign_in(coop)


def _learn(owner: str) -> None:
    """As autovacuum does on a server that lives: let the planner know the tables."""
    with create_engine(owner, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _collect(everybody: Sequence[Member], on: date) -> None:
    """Four in five always pay; the fifth pays every other month and so falls behind."""
    chance = random.Random(on.toordinal())
    paying = [one for one in everybody if one.number % 5 or chance.random() < 0.5]
    collection.record([Given(member, 15_000) for member in paying], Round(on, uuid4()))
    db.session.commit()


def _sign_in(coop: Tenant) -> str:
    from flask import current_app

    treasurer = people.register_person("Bendahara", email="bendahara@uji.test", phone=None)
    people.appoint(treasurer, Role.TREASURER, coop, from_date=date(2025, 1, 1))
    session = sessions.open_session(treasurer, device="uji", address="127.0.0.1")
    db.session.commit()
    with current_app.test_client() as browser:
        with browser.session_transaction() as kept:
            kept["_user_id"], kept["_fresh"] = session.token, True
        found = browser.get_cookie("koperasi")
        return f"koperasi={found.value if found else ''}"


@contextmanager
def _server(env: dict[str, str], folder: Path) -> Iterator[int]:
    port = choose_port(folder / "web-port")
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "2"]
    command += ["--threads", "4", "-b", f"127.0.0.1:{port}", "benchmarks.pages:serve()"]
    with open(folder / "web.log", "w") as log:
        server = subprocess.Popen(command, env={**os.environ, **env}, stdout=log, stderr=log)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/healthz")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def _ask_for_each(port: int, cookie: str) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    postings = MEMBERS * MONTHS * 2 * 9 // 10
    print(f"{MEMBERS} members, about {postings} postings; {ASKED} answers each")
    for name, address in PAGES.items():
        took, queries = [], set()
        for number in range(1, ASKED + 1):
            response = _get(connection, address.format(number=number * 7), cookie)
            took.append(float(response.headers["X-Took"]))
            queries.add(int(response.headers["X-Queries"]))
        median, p95 = statistics.median(took[20:]), statistics.quantiles(took[20:], n=20)[-1]
        print(f"  {name}: median {median:.1f} ms, p95 {p95:.1f} ms, at most {max(queries)} queries")


def _ask_at_once(port: int, cookie: str) -> None:
    rates = []
    for _ in range(ROUNDS):
        rates.append([_rate(port, cookie, address.format(number=7)) for address in (FIXED, CARD)])
    fixed, card = (statistics.median(one) for one in zip(*rates, strict=True))
    print(f"requests a second, {AT_ONCE} at once, medians of {ROUNDS} rounds of {SECONDS} s")
    print(f"  fixed string {fixed:.0f}, member card {card:.0f}: {100 * card / fixed:.0f} %")


def _rate(port: int, cookie: str, address: str) -> float:
    """With wrk where there is one: it takes next to nothing from the server's processors."""
    if wrk := shutil.which("wrk"):
        options = ["-t", "1", "-c", str(AT_ONCE), "-d", str(SECONDS), "-H", f"Cookie: {cookie}"]
        command = [wrk, *options, f"http://127.0.0.1:{port}{address}"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "Non-2xx" not in said, said
        return float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answered = pool.map(lambda _: _ask_for(port, cookie, address), range(AT_ONCE))
    return sum(answered) / SECONDS


def _ask_for(port: int, cookie: str, address: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    until, answered = time.perf_counter() + SECONDS, 0
    while time.perf_counter() < until:
        _get(connection, address, cookie)
        answered += 1
    return answered


def _get(connection: HTTPConnection, address: str, cookie: str) -> Any:
    connection.request("GET", address, headers={"Cookie": cookie})
    response = connection.getresponse()
    response.read()
    assert response.status == 200, f"{address}: {response.status}"
    return response


if __name__ == "__main__":
    main()
