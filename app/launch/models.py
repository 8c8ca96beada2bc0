from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.extensions import Model
from app.supervision.checklist import State
from tenants.models import TenantModel, TenantRow, tenant_fk


class Document(TenantModel):
    """A paper of the cooperative: what it is, who issued it, and until when it counts."""

    __tablename__ = "documents"
    __table_args__ = (
        Index(None, "tenant_id", "kind"),
        CheckConstraint("valid_until >= dated_on", "ends_after_it_begins"),
    )

    kind: Mapped[str] = mapped_column(String(24))  # of the checklist, or a further one
    number: Mapped[str] = mapped_column(String(80))
    dated_on: Mapped[date | None]
    issuer: Mapped[str] = mapped_column(String(120))
    valid_until: Mapped[date | None]
    state: Mapped[State]  # expired is not kept: it comes by itself
    note: Mapped[str] = mapped_column(String(400))
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)

    def state_on(self, day: date) -> State:
        ended = self.valid_until is not None and self.valid_until < day
        return State.EXPIRED if ended and self.state is State.HELD else self.state


class DocumentFile(TenantRow):
    """The document itself, as PDF or photo; at most one."""

    __tablename__ = "document_files"
    __table_args__ = (tenant_fk("document_id", "documents"),)

    document_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    media_type: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)


class Evidence(TenantRow):
    """That a person found an item done, and what shows it."""

    __tablename__ = "launch_evidence"
    __table_args__ = (
        tenant_fk("document_id", "documents"),
        CheckConstraint("note <> '' OR document_id IS NOT NULL", "shows_something"),
    )

    item: Mapped[str] = mapped_column(String(24), primary_key=True)
    note: Mapped[str] = mapped_column(String(400))
    document_id: Mapped[int | None]
    ticked_at: Mapped[datetime] = mapped_column(default=clock.now)
    ticked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class LaunchPlan(Model):
    """When a cooperative means to be launched and to hold its members' meeting (RAT)."""

    __tablename__ = "launch_plans"

    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    soft_on: Mapped[date | None]
    grand_on: Mapped[date | None]
    meeting_on: Mapped[date | None]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Readiness(Model):
    """How an item stands at a cooperative, as it reports to the city: never the paper itself."""

    __tablename__ = "readiness"

    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(24), primary_key=True)
    state: Mapped[State]
    valid_until: Mapped[date | None]
    held_since: Mapped[date | None]  # of what was held at the first report it is not known
    reported_at: Mapped[datetime] = mapped_column(default=clock.now)


class MemberMeeting(Model):
    """That the members met (RAT) over a book year: when, how many came, and the minutes.

    The city reads the day alone.
    """

    __tablename__ = "member_meetings"
    __table_args__ = (
        tenant_fk("document_id", "documents"),
        CheckConstraint("attended > 0", "somebody_came"),
        CheckConstraint("extract(year FROM held_on) > year", "after_the_year"),
    )

    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    held_on: Mapped[date]
    attended: Mapped[int]
    document_id: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
