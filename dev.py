#!/usr/bin/env python3
"""The commands of a developer; a fresh clone and Python 3.11 with pip are enough:

    python3 dev.py run [--port 8000]    start everything and open the demonstration
    python3 dev.py test [pytest args]   check everything, as the build server does
    python3 dev.py flask COMMAND …      a command of the product, e.g. `flask routes`
    python3 dev.py services [--stop]    only PostgreSQL and Valkey; prints the environment

It makes `.venv` from the hash-locked `requirements.lock` and hands over to `app.dev` there. Only
the standard library is used here, in a syntax that older Pythons can read, so that they get the
sentence below instead of a syntax error.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (it is for those who have an older one)
    sys.exit(
        "Python 3.11 or newer is needed; this is {}.{}. Try: python3.11 dev.py run".format(
            *sys.version_info[:2]
        )
    )
if sys.platform == "win32":
    sys.exit("The development services need Linux or macOS; on Windows use WSL.")

import fcntl
import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
LOCAL = PROJECT / ".local"
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".made-from"
UV = "uv==0.13.9"
MODULES = {
    "run": "app.dev.run",
    "test": "app.dev.check",
    "flask": "app.dev.command",
    "services": "app.dev.services",
}


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in MODULES:
        sys.exit((__doc__ or "").rpartition("\n\n")[0])
    try:
        make_environment()
    except OSError as error:
        sys.exit(f"The environment could not be made: {error.strerror} ({error.filename}).")
    except KeyboardInterrupt:
        sys.exit(130)
    os.chdir(PROJECT)
    arguments = [str(PYTHON), "-m", MODULES[sys.argv[1]], *sys.argv[2:]]
    os.execv(arguments[0], arguments)


def make_environment() -> None:
    """Bring `.venv` up to date with the lock; when it is, this takes no time."""
    if _is_current():
        return
    with _alone():
        if _is_current():
            return
        began = time.monotonic()
        say("Making the environment (once, about 10 s) …")
        _make()
        STAMP.write_text(_recipe())
        say(f"The environment is ready ({time.monotonic() - began:.0f} s).")


def _is_current() -> bool:
    return os.access(PYTHON, os.X_OK) and STAMP.exists() and STAMP.read_text() == _recipe()


def _recipe() -> str:
    """What the environment was made from; the path too, as a moved clone must be made anew."""
    digest = hashlib.sha256(str(PROJECT).encode())
    for name in ("requirements.lock", "pyproject.toml"):
        digest.update((PROJECT / name).read_bytes())
    return digest.hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """Two first starts at once must not write into the same environment."""
    LOCAL.mkdir(exist_ok=True)
    with open(LOCAL / "environment.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make() -> None:
    uv = _find_uv()
    if not _runs(PYTHON, "-c", ""):
        _call([uv, "venv", "-q", "--clear", "--python", sys.executable, str(VENV)])
    _call([uv, "pip", "sync", "-q", "--require-hashes", str(PROJECT / "requirements.lock")])
    _call([uv, "pip", "install", "-q", "--no-deps", "-e", str(PROJECT)])


def _find_uv() -> str:
    """uv from the PATH, or our own copy; `--target` is allowed where PEP 668 forbids the rest."""
    found = shutil.which("uv")
    if found:
        return found
    copy = LOCAL / "uv" / "bin" / "uv"
    if not _runs(copy, "--version"):  # a full disk may have left half of it
        if find_spec("pip") is None:
            sys.exit(
                f"pip is missing for {sys.executable}: install it (Debian: apt-get install"
                " python3-pip) or put uv on the PATH."
            )
        target = ["--upgrade", "--target", str(LOCAL / "uv")]
        _call([sys.executable, "-m", "pip", "install", "-q", "--no-deps", *target, UV])
    return str(copy)


def _runs(program: Path, *arguments: str) -> bool:
    if not os.access(program, os.X_OK):
        return False
    command, nowhere = [str(program), *arguments], subprocess.DEVNULL
    try:
        return subprocess.call(command, stdout=nowhere, stderr=nowhere) == 0
    except OSError:
        return False


def _call(command: list[str]) -> None:
    """Run a command silently; what it said is shown only when it failed."""
    said = subprocess.run(
        command,
        check=False,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if said.returncode:
        told = "No space left on device" in said.stdout or "os error 28" in said.stdout
        if told or shutil.disk_usage(PROJECT).free < 5_000_000:  # too full to say so
            sys.exit(f"The disk is full: the environment in {VENV} needs about 900 MB.")
        last = "\n".join(said.stdout.strip().splitlines()[-15:])
        sys.exit(f"{last}\n\nThe environment could not be made; the lines above say why.")


def _environment() -> dict[str, str]:
    """uv must not fetch a Python, and must trust the certificates that the machine trusts."""
    ours = {
        "VIRTUAL_ENV": str(VENV),
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_SYSTEM_CERTS": "true",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
    if not os.access(Path("~").expanduser(), os.W_OK):
        ours["UV_CACHE_DIR"] = str(LOCAL / "cache")
    return {**os.environ, **ours}


def say(line: str) -> None:
    """Progress goes to the standard error: the standard output belongs to the command."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
