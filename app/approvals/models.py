from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.money import Rupiah
from tenants.models import TenantModel


class ApprovalState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Approval(TenantModel):
    """Something that one person asked for and another one answers."""

    __tablename__ = "approvals"
    __table_args__ = (
        CheckConstraint("decided_by <> asked_by OR state = 'withdrawn'", "two_persons"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", "decided"),
        UniqueConstraint("tenant_id", "kind", "key", "attempt"),
        Index(
            "ix_approvals_waiting",
            "tenant_id",
            "asked_at",
            postgresql_where="state = 'waiting'",
        ),
    )

    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(64))  # asked for again, it is the same request
    attempt: Mapped[int] = mapped_column(default=1)  # but for one that was refused before
    title: Mapped[str] = mapped_column(String(200))  # what is asked for, in plain words
    amount: Mapped[Rupiah]
    reason: Mapped[str] = mapped_column(String(200))
    arguments: Mapped[dict[str, Any]]  # what the act needs to know
    state: Mapped[ApprovalState] = mapped_column(default=ApprovalState.WAITING)
    asked_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(200), default="")
