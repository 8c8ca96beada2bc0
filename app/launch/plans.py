"""When a launch and the members' meeting (RAT) are meant to be; kept by cooperative and city."""

from datetime import date

from flask import g
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from app.core import clock
from app.extensions import db
from app.launch.models import LaunchPlan


def plan_of(tenant_id: int) -> LaunchPlan | None:
    return db.session.scalar(select(LaunchPlan).where(LaunchPlan.tenant_id == tenant_id))


def plan(tenant_id: int, **days: date | None) -> None:
    """Keep the days given (soft_on, grand_on, meeting_on); the others stay. The caller commits."""
    row = {**days, "changed_at": clock.now(), "changed_by": g.get("actor_id")}
    db.session.execute(
        postgresql.insert(LaunchPlan)
        .values(tenant_id=tenant_id, **row)
        .on_conflict_do_update(index_elements=["tenant_id"], set_=row)
    )
