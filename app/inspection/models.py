from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.extensions import Model


class InspectionState(StrEnum):
    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"  # before its time
    LAPSED = "lapsed"  # nobody has answered in time
    EXPIRED = "expired"  # never kept: granted, and its time is over


class Inspection(Model):
    """A request of somebody of the agency to look into one cooperative, and what became of it."""

    __tablename__ = "inspections"
    __table_args__ = (
        CheckConstraint("decided_by <> asked_by OR state <> 'granted'", "not_granted_by_asker"),
        CheckConstraint("NOT holds_personal_number(reason || E'\\n' || answer)", "impersonal"),
        CheckConstraint("expires_at IS NOT NULL OR state <> 'granted'", "granted_for_a_time"),
        Index(
            "uq_inspections_waiting",
            "tenant_id",
            "asked_by",
            unique=True,
            postgresql_where="state = 'waiting'",
        ),
        Index(None, "tenant_id", "asked_by"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    reason: Mapped[str] = mapped_column(String(600))
    days: Mapped[int]
    state: Mapped[InspectionState] = mapped_column(default=InspectionState.WAITING)
    emergency: Mapped[bool] = mapped_column(default=False)  # the agency gave leave, not the chair
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(600), default="")
    expires_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]

    @property
    def is_in_force(self) -> bool:
        granted = self.state is InspectionState.GRANTED and self.expires_at is not None
        return granted and self.expires_at > clock.now()  # type: ignore[operator]

    @property
    def standing(self) -> InspectionState:
        """What it is now, whether or not anybody has looked since its time was over."""
        over = self.state is InspectionState.GRANTED and not self.is_in_force
        return InspectionState.EXPIRED if over else self.state


class InspectionLook(Model):
    """One page that was opened with leave."""

    __tablename__ = "inspection_looks"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"))
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    path: Mapped[str] = mapped_column(String(400))

    @property
    def page(self) -> str:
        """Which page, by the sections it lies in; empty for the first page of the cooperative."""
        inside = urlsplit(self.path).path.split("/")[3:]
        words = " › ".join(part.replace("-", " ") for part in inside if part)
        return words[:1].upper() + words[1:]

    @property
    def asked_for(self) -> str:
        """What was looked for on it, such as a name or a span of days."""
        return " · ".join(f"{name} {value}" for name, value in parse_qsl(urlsplit(self.path).query))
