"""`dev.py run`: everything that a demonstration needs, until Ctrl-C."""

import argparse
import fcntl
import json
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from app.dev import children, embedded, prepare
from app.dev.children import Child
from app.dev.embedded import Services
from app.dev.places import is_free, make_state_dir, write_private
from app.dev.trouble import Trouble, failure, plainly, tail

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE_SECONDS = 60


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py run", description="Start the demonstration.")
    parser.add_argument("--port", type=int, default=8000, help="of the web server (8000)")
    port = parser.parse_args(arguments).port
    state = make_state_dir()
    _listen_to_signals()
    with suppress(KeyboardInterrupt), _only_run(state, port):
        _clear_the_way(state, port)
        say("Starting PostgreSQL and Valkey …")
        with embedded.borrow() as services:
            _serve(services, port)
    return 0


def _serve(services: Services, port: int) -> None:
    """Prepare, start, wait; whatever ends this, all is stopped in order."""
    state, logs = services.state, services.state / "logs"
    started = [children.web(state, port), children.worker(state), children.beat(state)]
    try:
        accounts = _prepare(services, _fresh(logs / "setup.log"))
        say("Starting web, worker and beat …")
        children.record(state, started)
        for child in started:
            child.start(_fresh(_log(logs, child)), prepare.full(services.environment()))
        _await_ready(started[0], port, logs)
        say(f"\n{accounts.strip()}\n")
        say(f"The cooperatives are open at {_address(port)} (Ctrl-C stops everything).")
        _back_up(services, logs / "setup.log")
        _watch(services, started)
    finally:
        _stop(state, started)


def say(line: str) -> None:
    print(line, flush=True)


def _listen_to_signals() -> None:
    for number in STOP_SIGNALS:
        signal.signal(number, signal.default_int_handler)


@contextmanager
def _only_run(state: Path, port: int) -> Iterator[None]:
    """Hold the lock that marks a run; it ends with us, however we end."""
    with open(state / "run.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _wait_for_the_end(state)
            fcntl.flock(lock, fcntl.LOCK_EX)
        write_private(state / "run.json", json.dumps(_address(port)))
        yield


def _wait_for_the_end(state: Path) -> None:
    """Of a run that is ending already; one that goes on is told."""
    address = _running_address(state)
    if address:
        raise Trouble(f"It already runs, at {address}.")
    say("The run before is still stopping; this one begins when it has …")


def _running_address(state: Path) -> str:
    """Empty when that run is stopping."""
    with suppress(OSError, ValueError):
        return str(json.loads((state / "run.json").read_text()))
    return "an address not known yet"


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}/"


def _clear_the_way(state: Path, port: int) -> None:
    if children.end_orphans(state):
        say("Ended what an interrupted run had left behind.")
    if not 0 < port < 65536:
        raise Trouble(f"There is no port {port}; choose one between 1024 and 65535.")
    if not is_free(port):
        raise Trouble(
            f"Port {port} is taken by another program; choose another:"
            f" python3 dev.py run --port {port + 1 if port < 65535 else 8000}"
        )


def _prepare(services: Services, log: Path) -> str:
    """Tables, translations and practice data; the answer lists the sign-ins."""
    env = services.environment()
    if not prepare.are_tables_current(env):
        say("Bringing the tables up to date …")
        prepare.migrate(env, log)
    (services.state / "migrated").touch()
    prepare.compile_translations(log)
    say("Opening the cooperatives and loading the demonstration …")
    return prepare.begin_demo(env, log)


def _back_up(services: Services, log: Path) -> None:
    """A copy a day and a proof a week, when the pages are open already; it goes on without too.

    As in production the worker is not given the roles of the backup, so no task of it does this.
    """
    env = services.environment() | services.backup_environment()
    try:
        prepare.make_backup(env, log)
        prepare.check_backup(env, log)
    except Trouble as trouble:
        say(str(trouble))


def _await_ready(web: Child, port: int, logs: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if web.has_died():
            raise failure("The web server did not start", tail(logs / "web.log"), logs)
        if _is_ready(port):
            return
        time.sleep(0.2)
    said = "\n".join(tail(log) for log in sorted(logs.glob("*.log")))
    raise failure(f"Nothing was ready within {PATIENCE_SECONDS} seconds", said, logs)


def _is_ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _watch(services: Services, started: list[Child]) -> None:
    """Wait for ever. A worker, beat or service that dies is started again; without web we end."""
    web, *others = started
    logs = services.state / "logs"
    while True:
        time.sleep(1)
        if web.has_died():
            raise failure("The web server ended by itself", tail(logs / "web.log"), logs)
        if not embedded.are_running(services.state):
            _revive(services)
        for child in others:
            if child.has_died():
                _restart(child, services)


def _revive(services: Services) -> None:
    if embedded.ensure(services.state).environment() != services.environment():
        raise Trouble("PostgreSQL or Valkey had ended and lost its port; please start again.")
    say("PostgreSQL or Valkey had ended; it was started again.")


def _restart(child: Child, services: Services) -> None:
    log = _log(services.state / "logs", child)
    child.stop()
    if not child.may_restart():
        say(f"The {child.name} ends again and again and is left so; see {log}")
        return
    say(f"The {child.name} had ended; it is started again (see {log}).")
    child.start(log, prepare.full(services.environment()))


def _stop(state: Path, started: list[Child]) -> None:
    """Everything ends within seconds; impatience must not leave half of it running."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    say("\nStopping …")
    write_private(state / "run.json", json.dumps(""))
    for child in started:
        child.stop()
    (state / "children.json").unlink(missing_ok=True)
    embedded.stop(state)


def _log(logs: Path, child: Child) -> Path:
    return logs / f"{child.name}.log"


def _fresh(log: Path) -> Path:
    """An empty log, so that its tail is about this run."""
    log.write_text("")
    return log


if __name__ == "__main__":
    plainly(main)
