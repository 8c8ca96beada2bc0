from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.money import Rupiah
from app.extensions import Model
from tenants.models import TenantModel


class MinistryFile(Model):
    """A file of the ministry's statistics as it was sent, and what was objected to in it."""

    __tablename__ = "ministry_files"
    __table_args__ = (UniqueConstraint("on", "digest"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    on: Mapped[date]  # the day that the statistics speak of
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    rows: Mapped[list[list[str]]] = mapped_column(JSONB)
    objections: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    cooperatives: Mapped[int]  # of how many it has figures
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class MinistryFigures(Model):
    """What the ministry shows of a cooperative on a day; None where it says nothing."""

    __tablename__ = "ministry_figures"
    __table_args__ = (Index(None, "on"),)

    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("ministry_files.id"), index=True)
    principal_members: Mapped[int | None]
    principal_amount: Mapped[Rupiah | None]
    mandatory_members: Mapped[int | None]
    mandatory_amount: Mapped[Rupiah | None]
    savings_total: Mapped[Rupiah | None]
    tax_number: Mapped[int | None]  # whether there is one: 1 or 0
    business_number: Mapped[int | None]
    others: Mapped[dict[str, str]] = mapped_column(JSONB)  # all further columns, as sent


class SimkopdesTick(TenantModel):
    """That a field was entered in SIMKOPDES: with which value, when and by whom. Only added to."""

    __tablename__ = "simkopdes_ticks"
    __table_args__ = (Index(None, "tenant_id", "field", "id"),)

    field: Mapped[str] = mapped_column(String(60))
    value: Mapped[str] = mapped_column(String(400))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
