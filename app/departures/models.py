from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.money import Rupiah
from tenants.models import TenantRow, tenant_fk


class DepartureKind(StrEnum):
    """Why a membership ends. The value is the field's own word."""

    RESIGNATION = "mengundurkan_diri"
    DEATH = "meninggal"
    MOVE = "pindah"
    DISMISSAL = "diberhentikan"


class Departure(TenantRow):
    """That a member has left, on whose papers, and what was paid out to whom."""

    __tablename__ = "departures"
    __table_args__ = (tenant_fk("member_id", "members"),)

    member_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[DepartureKind]
    on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200))
    letter: Mapped[str] = mapped_column(String(80))  # number and day of the letter or minutes
    recipient: Mapped[str] = mapped_column(String(120), default="")  # heir, where it is not they
    recipient_papers: Mapped[str] = mapped_column(String(120), default="")
    refunded: Mapped[Rupiah | None]
    refunded_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
