from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.extensions import Model


class AuditEvent(Model):
    """One act: on a record of a cooperative, or (without one) of the platform."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index(None, "tenant_id", "at"),
        Index(None, "tenant_id", "record", "record_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    tenant_id: Mapped[int | None] = mapped_column(ForeignKey("tenants.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # none: the system
    action: Mapped[str] = mapped_column(String(24))  # insert, update, delete, or a word of ours
    record: Mapped[str] = mapped_column(String(40))  # the table
    record_id: Mapped[str] = mapped_column(String(80))
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
