from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.auth.permissions import Role
from app.core import clock
from tenants.models import TenantModel, tenant_fk


class FindingState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Finding(TenantModel):
    """Something that is amiss, the seat that must answer it, and the day by which."""

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        Index("ix_findings_open", "tenant_id", "due_on", postgresql_where="state <> 'closed'"),
    )

    number: Mapped[int]  # the cooperative's own, without gaps
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    seat: Mapped[Role]
    due_on: Mapped[date]
    state: Mapped[FindingState] = mapped_column(default=FindingState.OPEN)
    written_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    written_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def is_overdue(self) -> bool:
        return self.state is FindingState.OPEN and self.due_on < clock.today()


class FindingReply(TenantModel):
    """One word on a finding: an answer of the board, or the supervisors' verdict on it."""

    __tablename__ = "finding_replies"
    __table_args__ = (tenant_fk("finding_id", "findings"),)

    finding_id: Mapped[int] = mapped_column(index=True)
    state: Mapped[FindingState]  # of the finding since
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
