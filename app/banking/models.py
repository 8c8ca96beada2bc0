from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.money import Rupiah
from tenants.models import TenantModel, TenantRow, tenant_fk


class BankLayout(TenantRow):
    """Which column of a bank's file is what; mapped once for each account."""

    __tablename__ = "bank_layouts"
    __table_args__ = (tenant_fk("till_id", "tills"),)

    till_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    columns: Mapped[dict[str, Any]]  # field to the words of its header


class BankStatement(TenantModel):
    """A statement (rekening koran) as it was brought in."""

    __tablename__ = "bank_statements"
    __table_args__ = (
        tenant_fk("till_id", "tills"),
        UniqueConstraint("tenant_id", "till_id", "digest"),
    )

    till_id: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    first_day: Mapped[date]
    last_day: Mapped[date]
    opening: Mapped[Rupiah | None]  # what the bank says before the first line, where it does
    closing: Mapped[Rupiah | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class BankLine(TenantModel):
    """A line of a statement: what came in is positive, what went out negative."""

    __tablename__ = "bank_lines"
    __table_args__ = (
        tenant_fk("statement_id", "bank_statements"),
        tenant_fk("till_id", "tills"),
        # Statements overlap; the same line of the same day is the same line.
        UniqueConstraint("tenant_id", "till_id", "fingerprint"),
        CheckConstraint("amount <> 0", "amount_not_zero"),
        Index(None, "tenant_id", "till_id", "on"),
    )

    statement_id: Mapped[int]
    till_id: Mapped[int]
    on: Mapped[date]
    text: Mapped[str] = mapped_column(String(300))
    amount: Mapped[Rupiah]
    fingerprint: Mapped[str] = mapped_column(String(64))


class BankMatch(TenantRow):
    """That a journal is what the bank's line says. Each journal of an account counts once."""

    __tablename__ = "bank_matches"
    __table_args__ = (
        tenant_fk("line_id", "bank_lines"),
        tenant_fk("journal_id", "journals"),
        UniqueConstraint("tenant_id", "till_id", "journal_id"),
    )

    line_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    journal_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    till_id: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Reconciliation(TenantModel):
    """That bank and books agreed on a day, but for what is listed. Signed, never changed."""

    __tablename__ = "reconciliations"
    __table_args__ = (
        tenant_fk("till_id", "tills"),
        UniqueConstraint("tenant_id", "till_id", "until"),
    )

    till_id: Mapped[int]
    until: Mapped[date]
    bank_balance: Mapped[Rupiah]
    book_balance: Mapped[Rupiah]
    open_items: Mapped[dict[str, Any]]  # lines of the bank and journals without the other side
    note: Mapped[str] = mapped_column(String(200), default="")
    signed_at: Mapped[datetime] = mapped_column(default=clock.now)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
