"""A cooperative reports: its figures are computed in its scope and kept by the platform."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Insert, delete, select
from sqlalchemy.dialects import postgresql

from app.core import clock
from app.core.period import Period
from app.extensions import db
from app.supervision import figures
from app.supervision.models import IndicatorDay, IndicatorMonth
from app.supervision.withholding import withhold
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import setting


def report(on: date) -> dict[str, Any]:
    """Compute the figures as of a day and keep them, for the day and for its month.

    What would tell of too few people is left out.
    Reported again, the later figures count. Of a month the figures of its latest day are
    kept: a report for an earlier day does not overwrite them. The caller commits.
    """
    found = withhold(compute(on))
    _keep(IndicatorDay, {"on": on}, found)
    if on == Period.of(on).last_day or on == clock.today():
        _keep(IndicatorMonth, {"period": Period.of(on).first_day}, found)
    return found


def compute(on: date) -> dict[str, Any]:
    """Every figure as of a day, for the cooperative itself; None where nothing is known."""
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
    row = {**key, **found, "tenant_id": current_tenant().id, "reported_at": clock.now()}
    db.session.execute(_keeping(table), row)


@cache
def _keeping(table: Any) -> Insert:
    """The statement that keeps a row, made once: making it takes longer than running it."""
    statement = postgresql.insert(table.__table__)
    primary = [column.name for column in table.__table__.primary_key]
    kept = {column.name: statement.excluded[column.name] for column in table.__table__.columns}
    return statement.on_conflict_do_update(index_elements=primary, set_=kept)
