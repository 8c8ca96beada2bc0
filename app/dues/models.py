from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.money import Rupiah
from app.ledger.models import Party
from app.members.models import Member
from tenants.models import TenantDetail, TenantModel, TenantRow, tenant_fk


class DuesCharge(TenantDetail):
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


class Payer(TenantModel):
    """Whoever pays dues for others (pembayar): a programme, a company, the ward.

    Shares its key with a party, as a member does.
    """

    __tablename__ = "payers"
    __table_args__ = (tenant_fk("id", "parties"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    contact: Mapped[str] = mapped_column(String(120), default="")  # whom to talk to
    phone: Mapped[str] = mapped_column(String(20), default="")  # E.164
    note: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    party: Mapped[Party] = relationship(lazy="joined", innerjoin=True)

    @property
    def name(self) -> str:
        return self.party.name


class Collection(TenantModel):
    """A collection sheet (lembar penagihan) that was saved: many payments in one act."""

    __tablename__ = "collections"
    __table_args__ = (
        tenant_fk("payer_id", "payers"),
        UniqueConstraint("tenant_id", "key"),
        Index(
            "ix_collections_payer",
            "tenant_id",
            "payer_id",
            postgresql_where="payer_id IS NOT NULL",
        ),
    )

    key: Mapped[UUID]  # of the form: the same sheet is saved once
    paid_on: Mapped[date]
    method: Mapped[str] = mapped_column(String(24))
    place: Mapped[str] = mapped_column(String(80))  # "rt:003/002", "kelompok:PKK", "" everyone
    payer_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    payer: Mapped[Payer | None] = relationship(lazy="joined", viewonly=True)


class CollectionPayment(TenantRow):
    """One payment of a sheet; it is a journal of its own with a receipt of its own."""

    __tablename__ = "collection_payments"
    __table_args__ = (
        tenant_fk("journal_id", "journals"),
        tenant_fk("collection_id", "collections"),
        tenant_fk("member_id", "members"),
        CheckConstraint("amount > 0", "amount_positive"),
        Index(None, "tenant_id", "collection_id"),
        Index(None, "tenant_id", "member_id"),
    )

    journal_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    collection_id: Mapped[int]
    member_id: Mapped[int]
    amount: Mapped[Rupiah]

    collection: Mapped[Collection] = relationship(viewonly=True)
    member: Mapped[Member] = relationship(viewonly=True)


class Reminder(TenantModel):
    """That a member was reminded of what they owed (pengingat), when and by whom."""

    __tablename__ = "dues_reminders"
    __table_args__ = (
        tenant_fk("member_id", "members"),
        Index(None, "tenant_id", "member_id", "sent_at"),
    )

    member_id: Mapped[int]
    months: Mapped[int]
    amount: Mapped[Rupiah]
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class DuesProgress(TenantRow):
    """Through which month all members on a page of the register have been billed.

    `digest` is taken from all that decides who owes what; while it is the same, nothing is
    missing (see `accrual`). It only saves work: without the row the page is gone through anew.
    """

    __tablename__ = "dues_progress"

    page: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[int]
    through: Mapped[date]
