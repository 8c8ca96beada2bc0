"""Servers that are thrown away with their data, for tests.

The process that starts them holds the end of a pipe; a watchdog on the other end stops everything
and removes the folder when the pipe closes, whether by `stop()`, Ctrl-C or a killed process.
Other processes (workers of xdist) need only the folder: `Throwaway(folder).create_database(…)`.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from app.dev import embedded, prepare
from app.dev.embedded import Services
from app.dev.places import AS_ROOT, PROJECT, locked, others_can_reach, write_private
from app.dev.roles import create_database
from app.dev.trouble import Trouble

TEMPLATE = "template_koperasi"
VALKEY_DATABASES = 64


class Throwaway:
    """A throw-away PostgreSQL and Valkey in one folder."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.folder = folder
        self.durable = durable  # whether what is committed survives a crash
        self._watchdog: subprocess.Popen[bytes] | None = None

    @classmethod
    def start(cls, *, migrate: bool = True, durable: bool = False) -> "Throwaway":
        """Start the servers and migrate the template of all test databases."""
        throwaway = cls(_make_folder(), durable=durable)
        throwaway._watch()
        try:
            throwaway._prepare(migrate)
        except BaseException:
            throwaway.stop()
            raise
        return throwaway

    def create_database(self, name: str, *, template: str = TEMPLATE) -> dict[str, str]:
        """A fresh copy of the template, and the environment of a product that uses it."""
        services = self._services()
        with locked(self.folder, "template.lock"):
            with services.cluster.connect() as connection:
                create_database(connection, name, template=template)
            own = services.on(self._count(name))
        urls = services.cluster.urls(name) | services.cluster.backup_urls(name)
        return own.environment() | urls

    def stop(self) -> None:
        """Stop the servers and remove everything; waits until that is done."""
        if self._watchdog is not None and self._watchdog.stdin is not None:
            self._watchdog.stdin.close()
            self._watchdog.wait(60)
            self._watchdog = None

    def _prepare(self, migrate: bool) -> None:
        services = self._services()
        with services.cluster.connect() as connection:
            create_database(connection, TEMPLATE)
        if migrate:
            env = services.environment() | services.cluster.urls(TEMPLATE)
            prepare.migrate(env, self.folder / "setup.log")

    def _services(self) -> Services:
        return embedded.ensure(self.folder, durable=self.durable)

    def _watch(self) -> None:
        """In a session of its own, so that Ctrl-C does not end it before its work."""
        self._watchdog = subprocess.Popen(
            [sys.executable, "-m", "app.dev.throwaway", str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=PROJECT,
            start_new_session=True,
        )

    def _count(self, name: str) -> int:
        """The number of this name's own Valkey database; number 0 stays unused."""
        file = self.folder / "names.json"
        names: list[str] = json.loads(file.read_text()) if file.exists() else []
        if name not in names:
            names.append(name)
            write_private(file, json.dumps(names))
        return names.index(name) % (VALKEY_DATABASES - 1) + 1


def _make_folder() -> Path:
    """In the temporary folder, or /var/tmp where the servers could not reach that."""
    base = Path(tempfile.gettempdir())
    if AS_ROOT and not others_can_reach(base):
        base = Path("/var/tmp")
    folder = Path(tempfile.mkdtemp(prefix="koperasi-test-", dir=base))
    folder.chmod(0o711 if AS_ROOT else 0o700)
    return folder


def _guard(folder: Path) -> None:
    """Wait until the owner is gone, then clean up after it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    os.read(sys.stdin.fileno(), 1)
    with suppress(Trouble, OSError):
        embedded.stop(folder, how="immediate")
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    _guard(Path(sys.argv[1]))
