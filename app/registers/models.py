from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from tenants.models import TenantModel


class Register(StrEnum):
    """The books that people write in by hand (domain reference 3.1). The value is the address."""

    GUESTS = "tamu"
    SUGGESTIONS = "saran"
    ADVICE = "anjuran"  # of the office for cooperatives
    OTHER_ADVICE = "anjuran-lain"
    SUPERVISOR_MEETINGS = "rapat-pengawas"
    BOARD_MEETINGS = "rapat-pengurus"
    MEMBER_MEETINGS = "rapat-anggota"
    EVENTS = "kejadian"
    LETTERS = "agenda"


class RegisterEntry(TenantModel):
    """A line in such a book: when, who, from where, what, and what was answered or done."""

    __tablename__ = "register_entries"
    __table_args__ = (
        UniqueConstraint("tenant_id", "register", "number"),
        UniqueConstraint("tenant_id", "key"),
    )

    register: Mapped[Register]
    number: Mapped[int]  # of the book, without gaps
    on: Mapped[date]
    who: Mapped[str] = mapped_column(String(120))
    office: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    key: Mapped[UUID]  # of the form: the same line is written once
    written_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
