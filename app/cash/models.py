"""Tills, shifts, plain words, photos of receipts, and officers to whom something is owed."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.money import Rupiah
from tenants.models import TenantModel, TenantRow, tenant_fk


class TillKind(StrEnum):
    CASH = "cash"  # a drawer: it can be counted, and a cashier may hold it
    BANK = "bank"
    FLOAT = "float"  # what an agency works with (BRILink, Laku Pandai, PPOB)


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class Till(TenantModel):
    """A place where money lies; each has an account of its own in the books."""

    __tablename__ = "tills"
    __table_args__ = (
        tenant_fk("account_id", "accounts"),
        UniqueConstraint("tenant_id", "account_id"),
        UniqueConstraint("tenant_id", "name"),
    )

    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[TillKind]
    account_id: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)


class Shift(TenantModel):
    """That a cashier has a drawer in hand (giliran kasir), from a first count to a last one.

    Two indexes keep the promise: a drawer is in one person's hand, and a person has one.
    """

    __tablename__ = "cash_shifts"
    __table_args__ = (
        tenant_fk("till_id", "tills"),
        CheckConstraint("(closed_at IS NULL) = (counted IS NULL)", "closed_is_counted"),
        CheckConstraint("opening_count >= 0 AND coalesce(counted, 0) >= 0", "not_negative"),
        Index(
            "ix_cash_shifts_open_till",
            "tenant_id",
            "till_id",
            unique=True,
            postgresql_where="closed_at IS NULL",
        ),
        Index(
            "ix_cash_shifts_open_cashier",
            "tenant_id",
            "cashier_id",
            unique=True,
            postgresql_where="closed_at IS NULL",
        ),
        Index(None, "tenant_id", "opened_at"),
    )

    till_id: Mapped[int]
    cashier_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    opening_count: Mapped[Rupiah]
    opening_balance: Mapped[Rupiah]  # what the books said then
    opening_note: Mapped[str] = mapped_column(String(200), default="")
    counted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    counts: Mapped[dict[str, Any] | None]  # notes and coins of each denomination
    counted: Mapped[Rupiah | None]
    expected: Mapped[Rupiah | None]  # what the books said at the last count
    note: Mapped[str] = mapped_column(String(200), default="")

    @property
    def difference(self) -> Rupiah:
        """What was too much (or, below zero, missing) at the last count."""
        return (self.counted or 0) - (self.expected or 0)

    @property
    def opening_difference(self) -> Rupiah:
        return self.opening_count - self.opening_balance


class Category(TenantModel):
    """What money comes in or goes out for, in plain words; it stands for an account."""

    __tablename__ = "cash_categories"
    __table_args__ = (
        tenant_fk("account_id", "accounts"),
        tenant_fk("unit_id", "units"),
        UniqueConstraint("tenant_id", "direction", "name"),
    )

    direction: Mapped[Direction]
    name: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int]
    unit_id: Mapped[int | None]  # the line of business it usually belongs to
    active: Mapped[bool] = mapped_column(default=True)


class Photo(TenantRow):
    """The photo of a receipt, under the key of the form (and so of the journal) it proves."""

    __tablename__ = "cash_photos"

    key: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)  # JPEG, made anew by us
    width: Mapped[int]
    height: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class OfficerParty(TenantRow):
    """The page in the subsidiary ledger of an officer who paid from their own pocket."""

    __tablename__ = "officer_parties"
    __table_args__ = (
        tenant_fk("party_id", "parties"),
        UniqueConstraint("tenant_id", "party_id"),
    )

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id"), primary_key=True, autoincrement=False
    )
    party_id: Mapped[int]
