from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.assessment.scoring import HealthClass
from app.core import clock
from app.extensions import Model
from tenants.models import TenantRow


class Said(StrEnum):
    """What the board says of an item."""

    YES = "yes"
    NO = "no"
    DOES_NOT_APPLY = "not_applicable"


class AssessmentAnswer(TenantRow):
    """What the board says of one item in a book year, and what shows it."""

    __tablename__ = "assessment_answers"

    year: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(String(60), primary_key=True)
    said: Mapped[Said]
    evidence: Mapped[str] = mapped_column(String(300), default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)


class AssessmentReport(Model):
    """A pre-assessment as it was handed in to the city; it is never changed."""

    __tablename__ = "assessment_reports"
    # What the board wrote holds no personal number either: the check reads each `evidence`.
    __table_args__ = (UniqueConstraint("tenant_id", "key"), Index(None, "tenant_id", "year"))

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"))
    key: Mapped[str] = mapped_column(String(40))  # of the form, so that it counts once
    year: Mapped[int]
    as_of: Mapped[date]
    score: Mapped[int | None]  # in hundredths, rounded; the class is of the exact score
    health: Mapped[HealthClass | None]
    content: Mapped[dict[str, Any]]  # aspects, indicators, answers with their evidence
    handed_in_at: Mapped[datetime] = mapped_column(default=clock.now)


class AssessmentConfirmation(Model):
    """What the agency says of one answer that was handed in."""

    __tablename__ = "assessment_confirmations"
    __table_args__ = (CheckConstraint("NOT holds_personal_number(note)", "impersonal"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("assessment_reports.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(60), primary_key=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"))
    agreed: Mapped[bool]
    note: Mapped[str] = mapped_column(String(200), default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)
