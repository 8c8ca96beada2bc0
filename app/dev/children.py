"""The product's own processes: web, worker and beat, each with its log, and their end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from app.dev import processes
from app.dev.places import write_private

RESTARTS_IN_A_ROW = 5
PYTHON = [sys.executable, "-m"]


class Child:
    """A process that we started and will end."""

    def __init__(self, name: str, command: list[str], *, patience: float) -> None:
        self.name = name
        self.command = command
        self.patience = patience
        self.restarts = 0
        self.began = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, log: Path, env: Mapping[str, str]) -> None:
        """In a session of its own: Ctrl-C is for us alone, who then end all in order."""
        self.began = time.monotonic()
        with open(log, "a") as file:
            self._process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                env=dict(env),
                start_new_session=True,
            )

    def has_died(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def may_restart(self) -> bool:
        """Not for ever: one that dies five times, each within a minute, has a fault."""
        self.restarts = self.restarts + 1 if time.monotonic() - self.began < 60 else 1
        return self.restarts <= RESTARTS_IN_A_ROW

    def stop(self) -> None:
        """Ask it to finish what it does; after its time, end it and its own children."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.terminate()
            self._process.wait(self.patience)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None


def web(state: Path, port: int) -> Child:
    command = [*PYTHON, "gunicorn", "wsgi:app", f"--bind=127.0.0.1:{port}"]
    command += ["--worker-class=gthread", "--workers=2", "--threads=4", "--graceful-timeout=5"]
    command += ["--no-control-socket", "--log-level=warning", f"--name={state}"]
    return Child("web", command, patience=7)


def worker(state: Path) -> Child:
    command = [*PYTHON, "celery", "-A", "tasks.worker", "worker", "-c", "2"]
    # The name sets this clone's worker apart from another's, also in the list of processes.
    name = f"koperasi-{sha256(str(state).encode()).hexdigest()[:8]}@%h"
    command += ["--loglevel", "warning", f"--hostname={name}"]
    return Child("worker", command, patience=6)


def beat(state: Path) -> Child:
    command = [*PYTHON, "celery", "-A", "tasks.worker", "beat", "--loglevel", "warning"]
    command += [f"--schedule={state / 'schedule'}"]
    return Child("beat", command, patience=3)


def record(state: Path, children: list[Child]) -> None:
    """Write down what is about to run, so that a later start can clean up after a killed one."""
    commands = [" ".join(child.command) for child in children]
    write_private(state / "children.json", json.dumps(commands))


def end_orphans(state: Path) -> bool:
    """End what a killed run left behind; every command names this state folder or its port."""
    with suppress(OSError, ValueError):
        orphans = processes.find(json.loads((state / "children.json").read_text()))
        processes.end(orphans, patience=8)
        return bool(orphans)
    return False
