from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.auth.permissions import Role
from app.core import clock
from app.extensions import Model
from app.findings.models import FindingState


class VisitorKind(StrEnum):
    """In which capacity somebody visits (domain reference 1.10)."""

    ASSISTANT = "ba"  # business assistant
    PROJECT_OFFICE = "pmo"
    FIELD_OFFICER = "ppkl"  # petugas penyuluh koperasi lapangan
    AGENCY = "dinas"


class Topic(StrEnum):
    """What a visit was about."""

    ADMINISTRATION = "administrasi"
    SAVINGS = "simpanan"
    BOOKKEEPING = "pembukuan"
    SHOP = "gerai"
    SIMKOPDES = "simkopdes"
    PARTNERSHIP = "kemitraan"
    MEETING = "rat"
    LICENCES = "perizinan"


class Side(StrEnum):
    """Whose signature it is."""

    VISITOR = "pendamping"
    COOPERATIVE = "koperasi"


class Visit(Model):
    """A visit (kunjungan) to a cooperative: what was seen and advised, and who was there."""

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint("ended_at > began_at", "ends_after_it_begins"),
        CheckConstraint(
            "NOT holds_personal_number(purpose || E'\\n' || attended || E'\\n' || observations"
            " || E'\\n' || recommendations || E'\\n' || signed_by)",
            "impersonal",
        ),
        UniqueConstraint("tenant_id", "id"),
        Index(None, "tenant_id", "visited_on"),
        Index(None, "companion_id", "visited_on"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"))
    key: Mapped[UUID] = mapped_column(unique=True)  # of the form that reported it
    visited_on: Mapped[date]
    began_at: Mapped[time]
    ended_at: Mapped[time]
    kind: Mapped[VisitorKind]
    purpose: Mapped[str] = mapped_column(String(200))
    attended: Mapped[str] = mapped_column(Text)  # one person a line: name, office
    topics: Mapped[list[str]] = mapped_column(ARRAY(String(24)))
    observations: Mapped[str] = mapped_column(Text)
    recommendations: Mapped[str] = mapped_column(Text)
    signed_by: Mapped[str] = mapped_column(String(120))  # for the cooperative
    on_paper: Mapped[bool]  # both have signed a printed report
    companion_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    approved_on: Mapped[date | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    forgotten_on: Mapped[date | None]  # who came and who signed; photos and signatures as well

    @property
    def is_approved(self) -> bool:
        return self.approved_on is not None

    @property
    def waits_for_approval(self) -> bool:
        """Whether the agency can still approve it: once signatures are deleted, on paper only."""
        return not self.is_approved and (self.on_paper or self.forgotten_on is None)


class _PartOfVisit(Model):
    """A row that belongs to a visit, and to the cooperative of the visit."""

    __abstract__ = True

    tenant_id: Mapped[int]
    visit_id: Mapped[int]


def _of_visit() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant_id", "visit_id"], ["visits.tenant_id", "visits.id"])


class VisitPhoto(_PartOfVisit):
    """A photo taken on a visit, under the key of the form that sent it."""

    __tablename__ = "visit_photos"
    __table_args__ = (_of_visit(), Index(None, "visit_id"))

    key: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)  # JPEG, made anew by us
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class VisitSignature(_PartOfVisit):
    """A signature drawn on a telephone, under the report as it was then."""

    __tablename__ = "visit_signatures"
    __table_args__ = (_of_visit(),)

    visit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    side: Mapped[Side] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)  # PNG, made anew by us
    signed_at: Mapped[datetime] = mapped_column(default=clock.now)


class VisitFinding(_PartOfVisit):
    """Something amiss that a visit found, the seat that must answer it, and the day by which."""

    __tablename__ = "visit_findings"
    __table_args__ = (
        _of_visit(),
        CheckConstraint("NOT holds_personal_number(title || E'\\n' || text)", "impersonal"),
        UniqueConstraint("tenant_id", "id"),
        Index(None, "visit_id"),
        Index(
            "ix_visit_findings_open", "tenant_id", "due_on", postgresql_where="state <> 'closed'"
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    key: Mapped[UUID] = mapped_column(unique=True)  # of the form that wrote it
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    seat: Mapped[Role]
    due_on: Mapped[date]
    state: Mapped[FindingState] = mapped_column(default=FindingState.OPEN)
    written_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def is_overdue(self) -> bool:
        return self.state is FindingState.OPEN and self.due_on < clock.today()


class VisitFindingReply(Model):
    """One word on a finding: an answer of the board, or the agency's verdict on it."""

    __tablename__ = "visit_finding_replies"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "finding_id"], ["visit_findings.tenant_id", "visit_findings.id"]
        ),
        CheckConstraint("NOT holds_personal_number(text)", "impersonal"),
        Index(None, "finding_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    tenant_id: Mapped[int]
    finding_id: Mapped[int]
    state: Mapped[FindingState]  # of the finding since
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class VisitPlan(Model):
    """That somebody means to visit a cooperative on a day."""

    __tablename__ = "visit_plans"
    __table_args__ = (
        _of_visit(),
        CheckConstraint("NOT holds_personal_number(purpose)", "impersonal"),
        Index(None, "planned_on"),
        Index(None, "tenant_id", "planned_on"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"))
    key: Mapped[UUID] = mapped_column(unique=True)  # of the form that planned it
    planned_on: Mapped[date]
    purpose: Mapped[str] = mapped_column(String(200))
    companion_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    cancelled_at: Mapped[datetime | None]
    visit_id: Mapped[int | None] = mapped_column(unique=True)  # once it has been made

    @property
    def is_open(self) -> bool:
        return self.cancelled_at is None and self.visit_id is None


class Training(Model):
    """A training (pelatihan) that the city held for cooperatives."""

    __tablename__ = "trainings"
    __table_args__ = (
        CheckConstraint("NOT holds_personal_number(title || E'\\n' || place)", "impersonal"),
        Index(None, "held_on"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    key: Mapped[UUID] = mapped_column(unique=True)  # of the form that recorded it
    held_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(160))
    place: Mapped[str] = mapped_column(String(120))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)


class TrainingAttendance(Model):
    """How many people of a cooperative came to a training; not who."""

    __tablename__ = "training_attendance"
    __table_args__ = (CheckConstraint("people > 0", "somebody_came"), Index(None, "tenant_id"))

    training_id: Mapped[int] = mapped_column(
        ForeignKey("trainings.id"), primary_key=True, autoincrement=False
    )
    tenant_id: Mapped[int] = mapped_column(
        ForeignKey("tenants.id"), primary_key=True, autoincrement=False
    )
    people: Mapped[int]
