"""Whether a worker is alive: it keeps a key in Valkey from expiring."""

from datetime import datetime, timedelta

from flask import current_app
from redis import Redis

from app.core import clock

_KEY = "koperasi:worker"
_SECONDS = 90
# Two signs missed: somebody who watches knows within a minute.
SILENT_AFTER = timedelta(seconds=45)


def say_alive() -> None:
    """Called in the worker every twenty seconds."""
    broker().set(_KEY, clock.now().isoformat(), ex=_SECONDS)


def last_sign_of_life() -> datetime | None:
    """When a worker last said it was alive; None when that is too long ago."""
    said = broker().get(_KEY)
    return datetime.fromisoformat(str(said)) if said else None


def broker() -> Redis:
    """The broker, as configured; it fails within seconds rather than wait."""
    client: Redis = Redis.from_url(
        current_app.config["REDIS_URL"], decode_responses=True, socket_timeout=2
    )
    return client
