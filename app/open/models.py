from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.extensions import Model


class Subject(StrEnum):
    """A group of figures that a cooperative publishes or keeps to itself."""

    MEMBERS = "members"
    SAVINGS = "savings"
    BUSINESS = "business"
    LAUNCH = "launch"


class Publication(Model):
    """That a cooperative publishes a group of its figures from now on, or no longer."""

    __tablename__ = "publications"
    __table_args__ = (Index(None, "tenant_id", "subject", "id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"))
    subject: Mapped[Subject]
    published: Mapped[bool]
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
