"""Double-entry bookkeeping (pembukuan berpasangan)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.money import Rupiah
from tenants.models import TenantDetail, TenantModel, TenantRow, tenant_fk


class AccountRole(StrEnum):
    """What an account is for, so that code never mentions an account number."""

    CASH = "cash"
    PETTY_CASH = "petty_cash"
    BANK_BRI = "bank_bri"
    BANK_JATENG = "bank_jateng"
    FLOAT_BRILINK = "float_brilink"
    FLOAT_JATENG = "float_jateng"
    FLOAT_PPOB = "float_ppob"
    QRIS_IN_TRANSIT = "qris_in_transit"
    CASH_IN_TRANSIT = "cash_in_transit"
    MEMBER_RECEIVABLE = "member_receivable"
    PRINCIPAL_REFUNDS = "principal_refunds"
    MANDATORY_REFUNDS = "mandatory_refunds"
    PRINCIPAL_SAVINGS = "principal_savings"
    MANDATORY_SAVINGS = "mandatory_savings"
    VOLUNTARY_SAVINGS = "voluntary_savings"
    SURPLUS_PAYABLE = "surplus_payable"
    CONSIGNMENT_PAYABLE = "consignment_payable"
    INSTALMENTS_HELD = "instalments_held"
    AGENCY_HELD = "agency_held"
    OWED_TO_OFFICERS = "owed_to_officers"
    INTEREST_TAX_PAYABLE = "interest_tax_payable"
    FINAL_TAX_PAYABLE = "final_tax_payable"
    GRANTS = "grants"
    RESERVES = "reserves"
    SURPLUS_UNDIVIDED = "surplus_undivided"
    SURPLUS_OF_YEAR = "surplus_of_year"
    INCOME_SUMMARY = "income_summary"
    OPENING = "opening"
    DEPRECIATION = "depreciation"
    BUILDINGS = "buildings"
    BUILDINGS_LOST = "buildings_lost"  # what they have lost: accumulated depreciation
    EQUIPMENT = "equipment"
    EQUIPMENT_LOST = "equipment_lost"
    VEHICLES = "vehicles"
    VEHICLES_LOST = "vehicles_lost"
    SOFTWARE = "software"
    SOFTWARE_LOST = "software_lost"
    DISPOSAL_GAIN = "disposal_gain"
    DISPOSAL_LOSS = "disposal_loss"
    CASH_SHORT = "cash_short"
    CASH_OVER = "cash_over"
    BANK_INTEREST = "bank_interest"
    BANK_CHARGES = "bank_charges"
    SAVINGS_INTEREST = "savings_interest"
    FINAL_TAX = "final_tax"


class AccountType(StrEnum):
    """The five kinds of account, in the order of the chart."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    REVENUE = "revenue"
    EXPENSE = "expense"


class Side(StrEnum):
    DEBIT = "D"
    CREDIT = "K"


class VoucherKind(StrEnum):
    """What a journal is proof of (bukti): each kind is numbered by itself, year by year."""

    CASH_IN = "BKM"  # bukti kas masuk
    CASH_OUT = "BKK"  # bukti kas keluar
    GENERAL = "JU"  # jurnal umum


class Account(TenantModel):
    """An account (akun) in a cooperative's own chart of accounts."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("tenant_id", "code"), UniqueConstraint("tenant_id", "role"))

    code: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(80))
    type: Mapped[AccountType]
    side: Mapped[Side]  # on which it normally stands
    role: Mapped[AccountRole | None]


class Unit(TenantModel):
    """A line of business (gerai) whose result is told apart: the shop, catering, the agency.

    A table and not an enum: which lines there are, each cooperative decides (domain
    reference 1.2). What belongs to none of them belongs to the office, `GENERAL`.
    """

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("tenant_id", "code"),)

    GENERAL = "00"

    code: Mapped[str] = mapped_column(String(4))
    name: Mapped[str] = mapped_column(String(60))


class Party(TenantModel):
    """Whoever has a page in a subsidiary ledger (buku pembantu): a member, a consignor."""

    __tablename__ = "parties"
    # Partial, so that no check of a foreign key is planned on it while the table is still
    # thought to be small: such a check asks for the id, and would read a cooperative's names.
    __table_args__ = (
        CheckConstraint("name <> ''", "named"),
        Index(None, "tenant_id", "name", postgresql_where="name <> ''"),
    )

    name: Mapped[str] = mapped_column(String(120))


class Month(TenantRow):
    """A month of the books (bulan buku). Once closed, the database accepts nothing in it."""

    __tablename__ = "months"
    __table_args__ = (
        CheckConstraint("agreed_at IS NULL OR closed_at IS NOT NULL", "agreed_when_closed"),
    )

    period: Mapped[date] = mapped_column(primary_key=True)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    agreed_at: Mapped[datetime | None]  # when the second person agreed
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Counter(TenantRow):
    """The last number given out; the next one is taken in the transaction that uses it, so
    numbers have no gaps."""

    __tablename__ = "counters"

    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int]


class Journal(TenantModel):
    """One balanced movement of money, and the event it records.

    It says how many lines it has. At commit the database counts and adds them up; a line
    that the journal does not announce is refused, so nothing can be added to it later.
    """

    __tablename__ = "journals"
    __table_args__ = (
        UniqueConstraint("tenant_id", "source_kind", "source_key", name="uq_journals_source"),
        Index(None, "tenant_id", "posted_on", "id"),
        Index(None, "tenant_id", "created_at"),
    )

    posted_on: Mapped[date]
    memo: Mapped[str] = mapped_column(String(200))
    # The event behind the journal. Unique, so posting the same event again changes nothing.
    source_kind: Mapped[str] = mapped_column(String(24))
    source_key: Mapped[str] = mapped_column(String(64))
    line_count: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # none: the system

    postings: Mapped[list["Posting"]] = relationship(order_by="Posting.line")
    voucher: Mapped["Voucher"] = relationship(lazy="joined", innerjoin=True)


class Voucher(TenantRow):
    """The number under which a journal is known on paper: BKM-2026-0001. It has no gaps."""

    __tablename__ = "vouchers"
    __table_args__ = (
        tenant_fk("journal_id", "journals"),
        UniqueConstraint("tenant_id", "kind", "year", "number"),
    )

    journal_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[VoucherKind]
    year: Mapped[int]
    number: Mapped[int]

    def __str__(self) -> str:
        return f"{self.kind}-{self.year}-{self.number:04d}"


class Posting(TenantDetail):
    """One line of a journal: an amount on one side of one account."""

    __tablename__ = "postings"
    __table_args__ = (
        tenant_fk("journal_id", "journals"),
        tenant_fk("account_id", "accounts"),
        tenant_fk("party_id", "parties"),
        tenant_fk("unit_id", "units"),
        CheckConstraint("debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)", "one_side"),
        CheckConstraint("line > 0", "line_positive"),
        Index(
            "ix_postings_account",
            "tenant_id",
            "account_id",
            "posted_on",
            postgresql_include=["debit", "credit"],
        ),
        Index(
            "ix_postings_party",
            "tenant_id",
            "party_id",
            "account_id",
            postgresql_include=["debit", "credit"],
            postgresql_where="party_id IS NOT NULL",
        ),
    )

    journal_id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_id: Mapped[int]
    party_id: Mapped[int | None]
    unit_id: Mapped[int]
    posted_on: Mapped[date]  # the journal's; here too, so that an index can order by it
    debit: Mapped[Rupiah]
    credit: Mapped[Rupiah]
    memo: Mapped[str | None] = mapped_column(String(200))  # what this line is for

    account: Mapped[Account] = relationship(viewonly=True)
    party: Mapped[Party | None] = relationship(viewonly=True)


class AccountMonth(TenantRow):
    """What moved in an account in a month by unit: a summary, kept in the transaction that posts.

    Statements read this and so do not slow down with history; `flask ledger verify`
    recomputes it from the postings.
    """

    __tablename__ = "account_months"
    __table_args__ = (tenant_fk("account_id", "accounts"), tenant_fk("unit_id", "units"))

    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    period: Mapped[date] = mapped_column(primary_key=True)
    debit: Mapped[Rupiah]
    credit: Mapped[Rupiah]


class PartyBalance(TenantRow):
    """What a party holds in an account, kept in the transaction that posts; credit is positive."""

    __tablename__ = "party_balances"
    __table_args__ = (tenant_fk("account_id", "accounts"), tenant_fk("party_id", "parties"))

    party_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    balance: Mapped[Rupiah]
