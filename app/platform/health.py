"""Whether the parts of the platform are alive, as the operator reads it."""

from dataclasses import dataclass
from datetime import datetime

from redis.exceptions import RedisError

from app.core import clock
from app.jobs import everywhere, pulse


@dataclass(frozen=True)
class Worker:
    """The worker's last sign of life, by its pulse or by a run it is at work on."""

    seen_at: datetime | None

    @property
    def alive(self) -> bool:
        return self.seen_at is not None and clock.now() - self.seen_at < pulse.SILENT_AFTER

    @property
    def silent_seconds(self) -> int | None:
        return int((clock.now() - self.seen_at).total_seconds()) if self.seen_at else None


def worker() -> Worker:
    """A worker whose every hand is busy sends no pulse; its runs then speak for it."""
    signs = [sign for sign in (_pulse(), everywhere.last_beat()) if sign]
    return Worker(max(signs, default=None))


def _pulse() -> datetime | None:
    try:
        return pulse.last_sign_of_life()
    except RedisError:
        return None  # the broker's own line says so
