"""Configuration comes from the environment; what may differ between places is only there.

DATABASE_URL        the restricted role, `koperasi_app`: web and worker
CITY_DATABASE_URL   the city's role, `koperasi_city`: the pages of the dinas
REDIS_URL           Valkey or Redis: broker, rate limits, worker heartbeat
SECRET_KEY          32 characters or more, random
SECRET_KEY_FALLBACKS  optional: earlier secrets, newest first, between spaces; without them
                    receipts printed under an earlier secret can no longer be checked
KOPERASI_DEMO=1     practice data: cookies without TLS, demo commands allowed
"""

import os
from collections.abc import Mapping
from typing import Any

MINIMUM_SECRET = 32


class Misconfigured(RuntimeError):
    """The environment is not fit to start in; the message says what to mend."""


def from_environment(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The settings of `create_app`, or `Misconfigured` naming what is missing."""
    secret = _required(environment, "SECRET_KEY")
    if len(secret) < MINIMUM_SECRET or len(set(secret)) < 8:
        raise Misconfigured(f"SECRET_KEY is too weak: {MINIMUM_SECRET} random characters or more")
    return settings(
        secret=secret,
        earlier_secrets=environment.get("SECRET_KEY_FALLBACKS", "").split(),
        database=_required(environment, "DATABASE_URL"),
        city_database=_required(environment, "CITY_DATABASE_URL"),
        redis=_required(environment, "REDIS_URL"),
        demo=environment.get("KOPERASI_DEMO") == "1",
    )


def settings(
    *,
    secret: str,
    earlier_secrets: list[str],
    database: str,
    city_database: str,
    redis: str,
    demo: bool,
) -> dict[str, Any]:
    return {
        "SECRET_KEY": secret,
        "SECRET_KEY_FALLBACKS": earlier_secrets,
        "DEMO": demo,
        "SQLALCHEMY_DATABASE_URI": psycopg_url(database),
        "SQLALCHEMY_BINDS": {"city": psycopg_url(city_database)},
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_recycle": 1800},
        "BABEL_DEFAULT_LOCALE": "id",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Jakarta",
        "BABEL_TRANSLATION_DIRECTORIES": "../translations",
        # The __Host- prefix binds the cookie to this host, and browsers want TLS for it.
        "SESSION_COOKIE_NAME": "koperasi" if demo else "__Host-koperasi",
        "SESSION_COOKIE_SECURE": not demo,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session, which ends by itself
        "RATELIMIT_STORAGE_URI": redis,
        "RATELIMIT_KEY_PREFIX": "koperasi",
        # But for a form with files: see app.web.uploads.
        "MAX_CONTENT_LENGTH": 32 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "REDIS_URL": redis,
        "CELERY": celery(redis),
    }


def celery(redis: str) -> dict[str, Any]:
    """The queue is only a hint: a row in `jobs` is the truth (see app.jobs)."""
    return {
        "broker_url": redis,
        "broker_connection_retry_on_startup": True,
        "broker_transport_options": {"visibility_timeout": 300},
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "worker_max_tasks_per_child": 500,
        "worker_hijack_root_logger": False,
        "timezone": "Asia/Jakarta",
    }


def _required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise Misconfigured(f"{name} is not set: see the README, 'In production'")
    return value


def psycopg_url(url: str) -> str:
    """Accept what hosters hand out; the driver is always psycopg 3."""
    scheme, separator, rest = url.partition("://")
    return f"postgresql+psycopg{separator}{rest}" if scheme.startswith("postgres") else url
