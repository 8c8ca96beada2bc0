from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from tenants.models import TenantModel, tenant_fk


class CorrectionState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class CorrectionRequest(TenantModel):
    """That a member finds something wrong in their data, and what came of it."""

    __tablename__ = "correction_requests"
    __table_args__ = (
        tenant_fk("member_id", "members"),
        Index(
            "ix_correction_requests_waiting",
            "tenant_id",
            "asked_at",
            postgresql_where="state = 'waiting'",
        ),
    )

    member_id: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[CorrectionState] = mapped_column(default=CorrectionState.WAITING)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    answer: Mapped[str] = mapped_column(String(400), default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
