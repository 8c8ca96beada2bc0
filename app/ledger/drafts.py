"""What is written down but not yet in the books: entries that come back, and opening balances."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.money import Rupiah
from tenants.models import TenantModel, tenant_fk


class JournalTemplate(TenantModel):
    """An entry that comes back every month (jurnal berulang)."""

    __tablename__ = "journal_templates"
    __table_args__ = (CheckConstraint("due_day BETWEEN 1 AND 31", "day_of_month"),)

    name: Mapped[str] = mapped_column(String(80))
    memo: Mapped[str] = mapped_column(String(180))  # the month is added to it
    due_day: Mapped[int]
    since: Mapped[date]  # the first day of the first month in which it is asked for
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)  # see journal_entry.as_data
    stopped_on: Mapped[date | None]


class OpeningLine(TenantModel):
    """What an account, or a member in it, is to begin with; on the account's normal side."""

    __tablename__ = "opening_lines"
    __table_args__ = (
        tenant_fk("account_id", "accounts"),
        tenant_fk("party_id", "parties"),
        UniqueConstraint("tenant_id", "account_id", "party_id", postgresql_nulls_not_distinct=True),
    )

    account_id: Mapped[int]
    party_id: Mapped[int | None]
    amount: Mapped[Rupiah]
