"""What the agency says of the answers that a cooperative handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g
from sqlalchemy import func, select, text
from sqlalchemy.dialects import postgresql

from app.assessment.models import AssessmentConfirmation, AssessmentReport
from app.core import clock
from app.extensions import db
from app.supervision import city
from tenants.queries import standing_by_itself

_LATEST = text(f"""
    SELECT t.slug, t.ward, t.district, r.id, r.year, r.score, r.health, r.handed_in_at,
           (SELECT count(*) FROM assessment_confirmations c WHERE c.report_id = r.id) AS looked_at
    FROM tenants t LEFT JOIN LATERAL (
        SELECT * FROM assessment_reports WHERE tenant_id = t.id ORDER BY id DESC LIMIT 1
    ) AS r ON true
    WHERE {standing_by_itself("t.id", ":today")}
    ORDER BY t.ward
""")  # noqa: S608 (constants)


@dataclass(frozen=True)
class Counts:
    """How many answers the agency agreed to, and how many it found not shown."""

    agreed: int
    refused: int


def latest() -> Sequence[Any]:
    """What each cooperative handed in last (nothing: no id), by ward."""
    return city.ask(_LATEST, today=clock.today())


def find(report_id: int) -> AssessmentReport | None:
    """Outside a cooperative: any report; inside: one of its own."""
    return db.session.get(AssessmentReport, report_id)


def verdicts(report: AssessmentReport) -> dict[str, AssessmentConfirmation]:
    """What was said of each answer, by item."""
    query = select(AssessmentConfirmation).where(AssessmentConfirmation.report_id == report.id)
    return {one.item: one for one in db.session.scalars(query)}


def counts(report: AssessmentReport) -> Counts:
    agreed = func.count().filter(AssessmentConfirmation.agreed)
    refused = func.count().filter(~AssessmentConfirmation.agreed)
    query = select(agreed, refused).where(AssessmentConfirmation.report_id == report.id)
    return Counts(*db.session.execute(query).one())


def items_of(report: AssessmentReport) -> dict[str, dict[str, Any]]:
    """The answers that were handed in, by item."""
    return {
        item["key"]: item
        for aspect in report.content["aspects"]
        for indicator in aspect["indicators"]
        for item in indicator["items"]
    }


def decide(report: AssessmentReport, item: str, *, agreed: bool, note: str) -> None:
    """Say of one answer whether it is shown; said again, the later counts. The caller commits."""
    row = {
        "agreed": agreed,
        "note": note,
        "decided_by": g.get("actor_id"),
        "decided_at": clock.now(),
    }
    key = {"report_id": report.id, "item": item}
    db.session.execute(
        postgresql.insert(AssessmentConfirmation)
        .values(tenant_id=report.tenant_id, **key, **row)
        .on_conflict_do_update(index_elements=list(key), set_=row)
    )
