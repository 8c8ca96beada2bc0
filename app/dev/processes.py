"""Looking at processes and ending them, but only those that prove to be ours.

A number in a pid file proves nothing: the process may be long gone and the number given to
somebody else. The command line decides. (A zombie has none, and so counts as gone.)
"""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.dev.places import server_account
from app.dev.trouble import failure

PROC = Path("/proc")


def command_line(pid: int) -> str:
    """The command of a living process, its words joined by spaces; empty for any other."""
    if PROC.is_dir():
        return _read_command(PROC / str(pid))
    return _ps("-p", str(pid), "-o", "command=").strip()


def is_running(pid: int, *, naming: str) -> bool:
    """Whether this process lives and names this file in its command."""
    return f" {naming} " in f" {command_line(pid)} "


def read_pid(file: Path) -> int | None:
    try:
        return int(file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def find(commands: Iterable[str]) -> list[int]:
    """All processes that run exactly one of these commands; children of a fork do too."""
    wanted = {command for command in commands if command}
    return [pid for pid, command in _all_commands() if command in wanted]


def end(pids: Iterable[int], *, patience: float) -> None:
    """Ask processes to end; after some seconds, make them."""
    pids = list(pids)
    if pids and not _send(signal.SIGTERM, pids, patience):
        _send(signal.SIGKILL, pids, 5)


def server_environment() -> dict[str, str]:
    """No PGPORT or LANG of the developer may change what the servers do or how they complain."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def as_server() -> dict[str, Any]:
    """The arguments for `subprocess` that make a process the servers' own."""
    ours: dict[str, Any] = {"cwd": "/", "env": server_environment(), "stdin": subprocess.DEVNULL}
    if account := server_account():
        ours |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return ours


def call_as_server(*command: str | Path) -> str:
    """Run a command to its end and answer what it said, whether it succeeded or not.

    Not through a pipe: a server started by it would keep the pipe open, and us waiting.
    """
    with tempfile.TemporaryFile("w+") as said:
        words = [str(word) for word in command]
        done = subprocess.run(
            words, check=False, stdout=said, stderr=subprocess.STDOUT, **as_server()
        )
        said.seek(0)
        text = said.read()
    if done.returncode:
        raise CommandFailed(text)
    return text


class CommandFailed(Exception):
    """A server's command failed; the text is what it said."""


def call_logged(command: list[str], *, log: Path, env: Mapping[str, str], what: str) -> str:
    """Run a step of the product out of the terminal's reach; answer what it printed."""
    with tempfile.TemporaryFile("w+", errors="replace") as printed, open(log, "a") as errors:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=errors,
            env=dict(env),
            start_new_session=True,
        )
        printed.seek(0)
        text = printed.read()
    if done.returncode:
        raise failure(what, text + log.read_text(errors="replace"), log.parent)
    return text


def _send(number: signal.Signals, pids: list[int], patience: float) -> bool:
    """Send a signal to what is left of these processes; answer whether all ended in time."""
    commands = {pid: command_line(pid) for pid in pids}
    for pid, command in commands.items():
        if command:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
    deadline = time.monotonic() + patience
    while any(command and command_line(pid) == command for pid, command in commands.items()):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _all_commands() -> list[tuple[int, str]]:
    if PROC.is_dir():
        entries = [entry for entry in PROC.iterdir() if entry.name.isdigit()]
        return [(int(entry.name), _read_command(entry)) for entry in entries]
    lines = (line.strip().partition(" ") for line in _ps("-ax", "-o", "pid=,command=").splitlines())
    return [(int(pid), command.strip()) for pid, _, command in lines]


def _read_command(entry: Path) -> str:
    try:
        words = (entry / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
    return words.rstrip("\0").replace("\0", " ")


def _ps(*arguments: str) -> str:
    command = ["ps", "-ww", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout
