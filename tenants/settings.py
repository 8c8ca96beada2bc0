"""Rates, deadlines and choices: dated, with a city default and a cooperative's own.

What may be set is declared in `tenants.catalogue`; what is in force stands in the database.
The defaults of the city come from `pekalongan.toml`, each with its basis, when it is opened.
"""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from flask import g
from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from app.extensions import db
from tenants.definitions import Key
from tenants.models import CitySetting, TenantSetting


class Dated(NamedTuple):
    """A value in force from a date on."""

    key: str
    from_date: date
    value: Any
    own: bool
    legal_basis: str = ""


def setting(key: Key, on: date) -> Any:
    """What is in force on a day: the cooperative's own, else the city's default.

    A cooperative's own value counts from its date on, however new the city's is.
    """
    return in_force(key, on).value


def in_force(key: Key, on: date) -> Dated:
    """As `setting`, with the day from which it counts and its basis."""
    in_time = [row for row in history(key) if row.from_date <= on]
    if not in_time:
        raise LookupError(f"no setting {key} in force on {on}: run `flask tenants open-city`")
    return max(in_time, key=lambda row: (row.own, row.from_date))


def history(key: Key) -> Sequence[Dated]:
    """Every value the setting has had or will have, in order of date.

    Read once in a scope: all settings come in one query.
    """
    return _known().get(key, ())


def decide(key: Key, value: Any, *, from_date: date, legal_basis: str = "") -> None:
    """Let a cooperative's own value count from a date on; again on a date, it replaces it."""
    _store(TenantSetting, key, value, from_date, legal_basis, tenant_id=g.tenant.id)


def decide_for_city(key: Key, value: Any, *, from_date: date, legal_basis: str = "") -> None:
    """Set the default that holds wherever a cooperative has not decided otherwise."""
    _store(CitySetting, key, value, from_date, legal_basis)


# Part of every request and job, hence SQL and not the ORM, and one text for all settings: most
# cooperatives have decided nothing of their own, so that theirs is the same and is read but once.
_CITY = "SELECT key, from_date, value, false AS own, legal_basis FROM city_settings"
_OWN = """
    UNION ALL SELECT key, from_date, value, true, legal_basis FROM tenant_settings
    WHERE tenant_id = :tenant
"""
_AS_TEXT = """
    SELECT json_agg(json_build_array(key, from_date, value, own, legal_basis))::text
    FROM ({}) AS dated
"""
_READ = {
    False: text(_AS_TEXT.format(_CITY)),
    True: text(_AS_TEXT.format(_CITY + _OWN)),
}


def _known() -> dict[str, Sequence[Dated]]:
    """All settings of this scope by key, asked for once."""
    if "settings" not in g:
        own = {"tenant": g.tenant.id} if "tenant" in g else {}
        g.settings = _read(db.session.connection().scalar(_READ[bool(own)], own) or "[]")
    return g.settings  # type: ignore[no-any-return]


@lru_cache(maxsize=1024)
def _read(dated: str) -> dict[str, Sequence[Dated]]:
    known: dict[str, list[Dated]] = {}
    for key, from_date, *rest in json.loads(dated):
        known.setdefault(key, []).append(Dated(key, date.fromisoformat(from_date), *rest))
    return {key: tuple(sorted(each, key=_from_date)) for key, each in known.items()}


def _from_date(dated: Dated) -> date:
    return dated.from_date


def _store(
    table: Any, key: str, value: Any, from_date: date, legal_basis: str, **tenant: int
) -> None:
    row = {"value": value, "legal_basis": legal_basis}
    primary = [column.name for column in table.__table__.primary_key]
    db.session.execute(
        postgresql.insert(table)
        .values(key=str(key), from_date=from_date, **row, **tenant)
        .on_conflict_do_update(index_elements=primary, set_=row)
    )
    g.pop("settings", None)
