from datetime import date, datetime

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Identity, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.money import Rupiah
from app.extensions import Model


class Figures:
    """What a cooperative reports. Stocks are as of the day, flows of the month up to it."""

    # Members (stocks but for joined and left; by sex only where both are large enough)
    members_active: Mapped[int | None]
    members_candidates: Mapped[int | None]
    members_left: Mapped[int | None]
    members_women: Mapped[int | None]
    members_men: Mapped[int | None]
    members_joined: Mapped[int | None]
    members_leaving: Mapped[int | None]
    # Dues of the month, and arrears by days since they fell due
    dues_billed: Mapped[Rupiah | None]
    dues_settled: Mapped[Rupiah | None]
    dues_members_billed: Mapped[int | None]
    dues_members_settled: Mapped[int | None]
    arrears_30: Mapped[Rupiah | None]
    arrears_60: Mapped[Rupiah | None]
    arrears_90: Mapped[Rupiah | None]
    arrears_over: Mapped[Rupiah | None]
    # Savings (stocks)
    savings_principal: Mapped[Rupiah | None]
    savings_mandatory: Mapped[Rupiah | None]
    savings_voluntary: Mapped[Rupiah | None]
    # Members who have anything paid in (stocks)
    principal_payers: Mapped[int | None]
    mandatory_payers: Mapped[int | None]
    # Business of the month
    sales_members: Mapped[Rupiah | None]
    sales_others: Mapped[Rupiah | None]
    fees: Mapped[Rupiah | None]
    commission: Mapped[Rupiah | None]
    revenue_shop: Mapped[Rupiah | None]
    revenue_consignment: Mapped[Rupiah | None]
    revenue_catering: Mapped[Rupiah | None]
    revenue_agency: Mapped[Rupiah | None]
    revenue_bills: Mapped[Rupiah | None]
    revenue_referral: Mapped[Rupiah | None]
    # What is held for others (stocks)
    consignors: Mapped[int | None]
    consignment_owed: Mapped[Rupiah | None]
    consignment_overdue: Mapped[Rupiah | None]
    referrals: Mapped[int | None]
    instalments_held: Mapped[Rupiah | None]
    instalments_days: Mapped[int | None]  # since when something is held without a break
    # Money (stocks, but for the differences found in the month)
    cash: Mapped[Rupiah | None]
    bank: Mapped[Rupiah | None]
    floats: Mapped[Rupiah | None]
    cash_differences: Mapped[Rupiah | None]
    # Result of the year so far, and the balance sheet
    revenue: Mapped[Rupiah | None]
    expenses: Mapped[Rupiah | None]
    assets: Mapped[Rupiah | None]
    equity: Mapped[Rupiah | None]
    # How the books and the organs stand
    closed_through: Mapped[date | None]  # the last day of the last closed month
    last_activity_on: Mapped[date | None]
    opening_entered: Mapped[int | None]  # 1 once something stands in the books
    findings_open: Mapped[int | None]
    findings_overdue: Mapped[int | None]
    documents: Mapped[int | None]  # of the five legal ones
    board_seats: Mapped[int | None]
    supervisor_seats: Mapped[int | None]


class Reported(Figures):
    """The figures with when they were reported, and which were left out."""

    # Names of figures that would tell of too few people; those are None.
    withheld: Mapped[list[str]] = mapped_column(ARRAY(String(24)), server_default="{}")
    reported_at: Mapped[datetime] = mapped_column(default=clock.now)


class IndicatorDay(Reported, Model):
    """The figures of a cooperative on a day; kept for some months."""

    __tablename__ = "indicator_days"
    __table_args__ = (Index(None, "on"),)

    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)


class IndicatorMonth(Reported, Model):
    """The figures of a cooperative at the end of a month (or so far); kept for ever."""

    __tablename__ = "indicator_months"
    __table_args__ = (Index(None, "period"),)

    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    period: Mapped[date] = mapped_column(primary_key=True)


class AlertSnooze(Model):
    """That something in the week's list is left alone until a day, and why."""

    __tablename__ = "alert_snoozes"
    __table_args__ = (
        CheckConstraint("NOT holds_personal_number(reason)", "impersonal"),
        Index(None, "until_on"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"))
    rule: Mapped[str] = mapped_column(String(24))
    until_on: Mapped[date]  # the last day on which it is left alone
    reason: Mapped[str] = mapped_column(String(200))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)
