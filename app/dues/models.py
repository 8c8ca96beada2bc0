from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, func
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.money import Rupiah
from tenants.models import TenantRow, tenant_fk


class DuesCharge(TenantRow):
    """That a member owes the dues of a month. The key says it: nobody owes a month twice."""

    __tablename__ = "dues_charges"
    __table_args__ = (
        tenant_fk("member_id", "members"),
        CheckConstraint("extract(day from period) = 1", "first_of_month"),
        CheckConstraint("amount > 0", "amount_positive"),
    )

    member_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    period: Mapped[date] = mapped_column(primary_key=True)
    amount: Mapped[Rupiah]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class DuesWaiver(TenantRow):
    """That a member need not pay the dues of a month, billed already or not, and why."""

    __tablename__ = "dues_waivers"
    __table_args__ = (
        tenant_fk("member_id", "members"),
        CheckConstraint("extract(day from period) = 1", "first_of_month"),
    )

    member_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    period: Mapped[date] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
