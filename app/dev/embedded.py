"""The embedded services as one: `borrow` them and they run; the last to leave stops them.

Several commands may use them at once (a `run` in one terminal, `flask` in another). Each holds a
shared lock while it does; who can take that lock alone on leaving is the last. `services` sets a
marker that keeps them running for a developer's own tools.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from app.dev.places import locked, make_state_dir
from app.dev.postgres import Postgres, programs
from app.dev.roles import DATABASE, Cluster, load_secrets, prepare
from app.dev.valkey import Valkey


@dataclass(frozen=True)
class Services:
    """Running services and how to reach them."""

    state: Path
    cluster: Cluster
    redis_url: str
    secret_key: str

    def environment(self) -> dict[str, str]:
        """What the product reads; KOPERASI_DEMO makes it a demonstration."""
        urls = self.cluster.urls(DATABASE)
        del urls["SUPERUSER_URL"]
        return urls | {
            "REDIS_URL": self.redis_url,
            "SECRET_KEY": self.secret_key,
            "KOPERASI_DEMO": "1",
        }

    def backup_environment(self) -> dict[str, str]:
        """What the commands of the backup read as well; web and worker are not given it."""
        return self.cluster.backup_urls(DATABASE) | {
            "BACKUP_DIR": str(self.state / "backups"),
            "POSTGRES_PROGRAMS": str(programs()),
        }

    @property
    def superuser_url(self) -> str:
        """For tests only; no part of the product is given it."""
        return self.cluster.urls(DATABASE)["SUPERUSER_URL"]

    def on(self, database: int) -> "Services":
        """The same services with another of Valkey's numbered databases."""
        return replace(self, redis_url=f"{self.redis_url.rpartition('/')[0]}/{database}")


def ensure(state: Path | None = None, *, durable: bool = True) -> Services:
    """Start what does not run yet; many processes may ask at once."""
    state = state or make_state_dir()
    with locked(state):
        passwords = load_secrets(state)
        port = Postgres(state, durable=durable).start(passwords["postgres"])
        cluster = Cluster(port, passwords)
        prepare(cluster, state)
        redis_port = Valkey(state, durable=durable).start(passwords["valkey"])
    redis_url = f"redis://:{passwords['valkey']}@127.0.0.1:{redis_port}/0"
    return Services(state, cluster, redis_url, passwords["secret_key"])


def are_running(state: Path) -> bool:
    return bool(Postgres(state).find_port() and Valkey(state).find_port())


def stop(state: Path, *, how: str = "fast") -> None:
    """Stop both, whoever uses them."""
    with locked(state):
        _kept(state).unlink(missing_ok=True)
        Valkey(state).stop()
        Postgres(state).stop(how=how)


@contextmanager
def borrow() -> Iterator[Services]:
    """Services for the time of one command."""
    state = make_state_dir()
    with open(_users(state), "w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield ensure(state)
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)
            if not _kept(state).exists() and _is_last(users.fileno()):
                stop(state)


def keep(state: Path) -> None:
    """Let the services run on when nobody borrows them."""
    _kept(state).touch()


def is_borrowed(state: Path) -> bool:
    with open(_users(state), "w") as users:
        return not _is_last(users.fileno())


def _is_last(users: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _users(state: Path) -> Path:
    return state / "users.lock"


def _kept(state: Path) -> Path:
    return state / "kept"
