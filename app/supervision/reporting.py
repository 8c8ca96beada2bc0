"""A cooperative reports: its figures are computed in its scope and kept by the platform."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql

from app.core import clock
from app.core.period import Period
from app.extensions import db
from app.supervision import figures
from app.supervision.models import IndicatorDay, IndicatorMonth
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import setting


def report(on: date) -> dict[str, Any]:
    """Compute the figures as of a day and keep them, for the day and for its month.

    Reported again, the later figures count. Of a month the figures of its latest day are
    kept: a report for an earlier day does not overwrite them. The caller commits.
    """
    found = compute(on)
    _keep(IndicatorDay, {"on": on}, found)
    if on == Period.of(on).last_day or on == clock.today():
        _keep(IndicatorMonth, {"period": Period.of(on).first_day}, found)
    return found


def compute(on: date) -> dict[str, Any]:
    """Every figure as of a day; None where nothing is known."""
    parameters = _parameters(on)
    found: dict[str, Any] = {}
    for statement in figures.ALL:
        found |= dict(db.session.execute(statement, parameters).one()._mapping)
    return found


def has_reported() -> bool:
    """Whether this cooperative has ever reported a month."""
    mine = IndicatorMonth.tenant_id == current_tenant().id
    return db.session.scalar(select(IndicatorMonth.period).where(mine).limit(1)) is not None


def forget_old_days() -> int:
    """Drop the daily figures that are older than the setting says; months stay for ever."""
    days = int(setting(Key.INDICATOR_DAYS, clock.today()))
    oldest = clock.today() - timedelta(days=days)
    result = db.session.execute(
        delete(IndicatorDay).where(
            IndicatorDay.tenant_id == current_tenant().id, IndicatorDay.on < oldest
        )
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def _parameters(on: date) -> dict[str, Any]:
    month = Period.of(on).first_day
    return {
        "tenant": current_tenant().id,
        "on": on,
        "month": month,
        "year": date(on.year, 1, 1),
        "due_day": int(setting(Key.DUES_DUE_DAY, on)),
        "smallest": figures.SMALLEST_GROUP,
    }


def _keep(table: Any, key: dict[str, date], found: dict[str, Any]) -> None:
    row = found | {"reported_at": clock.now()}
    primary = [column.name for column in table.__table__.primary_key]
    db.session.execute(
        postgresql.insert(table)
        .values(tenant_id=current_tenant().id, **key, **row)
        .on_conflict_do_update(index_elements=primary, set_=row)
    )
