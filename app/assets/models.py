from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.money import Rupiah
from app.core.period import Period
from app.ledger.models import AccountRole, Journal, Unit
from tenants.models import TenantModel, TenantRow, tenant_fk


class AssetGroup(StrEnum):
    """Kinds of asset, each with an account for its cost and one for what it has lost."""

    BUILDINGS = "gedung"
    EQUIPMENT = "peralatan"
    VEHICLES = "kendaraan"
    SOFTWARE = "software"

    @property
    def cost_account(self) -> AccountRole:
        return _ACCOUNTS[self][0]

    @property
    def loss_account(self) -> AccountRole:
        return _ACCOUNTS[self][1]


_ACCOUNTS = {
    AssetGroup.BUILDINGS: (AccountRole.BUILDINGS, AccountRole.BUILDINGS_LOST),
    AssetGroup.EQUIPMENT: (AccountRole.EQUIPMENT, AccountRole.EQUIPMENT_LOST),
    AssetGroup.VEHICLES: (AccountRole.VEHICLES, AccountRole.VEHICLES_LOST),
    AssetGroup.SOFTWARE: (AccountRole.SOFTWARE, AccountRole.SOFTWARE_LOST),
}


class Condition(StrEnum):
    GOOD = "baik"
    WORN = "rusak_ringan"
    BROKEN = "rusak_berat"


class Asset(TenantModel):
    """One thing, or several bought alike, that serves for years (aset tetap)."""

    __tablename__ = "assets"
    __table_args__ = (
        tenant_fk("unit_id", "units"),
        UniqueConstraint("tenant_id", "number"),
        CheckConstraint("cost > 0 AND residual >= 0 AND lost_before >= 0", "amounts"),
        CheckConstraint("residual + lost_before <= cost", "not_more_than_cost"),
        CheckConstraint("months_here >= 0", "months"),
    )

    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    brand: Mapped[str] = mapped_column(String(60), default="")
    quantity: Mapped[int]
    group: Mapped[AssetGroup]
    unit_id: Mapped[int]
    acquired_on: Mapped[date]
    cost: Mapped[Rupiah]
    residual: Mapped[Rupiah]  # what is left at the end of its life
    life_months: Mapped[int]
    lost_before: Mapped[Rupiah]  # depreciation that is in the books already
    first_period: Mapped[date]  # the first month that is depreciated here
    months_here: Mapped[int]  # and how many
    location: Mapped[str] = mapped_column(String(80), default="")
    condition: Mapped[Condition]
    # How it went, while it is gone: a trigger blanks both when that is taken back.
    disposed_on: Mapped[date | None]
    disposal: Mapped[str] = mapped_column(String(200), default="")

    unit: Mapped[Unit] = relationship(viewonly=True)

    @property
    def code(self) -> str:
        """As it is written on the thing: INV-0001."""
        return f"INV-{self.number:04d}"

    @property
    def spread(self) -> Rupiah:
        """What is still to be lost from the first month on."""
        return self.cost - self.residual - self.lost_before

    @property
    def begins(self) -> Period:
        return Period.of(self.first_period)


class Depreciation(TenantRow):
    """What an asset lost in a month (penyusutan). The index says it: no month twice.

    When its journal is taken back, a trigger of the database notes by which, and the month
    is free again.
    """

    __tablename__ = "asset_depreciations"
    __table_args__ = (
        tenant_fk("asset_id", "assets"),
        tenant_fk("journal_id", "journals"),
        tenant_fk("taken_back_by", "journals"),
        Index(
            "ix_asset_depreciations_once",
            "tenant_id",
            "asset_id",
            "period",
            unique=True,
            postgresql_where="taken_back_by IS NULL",
        ),
    )

    asset_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    period: Mapped[date] = mapped_column(primary_key=True)
    amount: Mapped[Rupiah]
    journal_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    taken_back_by: Mapped[int | None]


class AssetDisposal(TenantRow):
    """That an asset went. The index says it: while it is gone it does not go again.

    When its journal is taken back, a trigger of the database notes by which, and the asset is
    in use again.
    """

    __tablename__ = "asset_disposals"
    __table_args__ = (
        tenant_fk("asset_id", "assets"),
        tenant_fk("journal_id", "journals"),
        tenant_fk("taken_back_by", "journals"),
        UniqueConstraint("tenant_id", "journal_id"),
        Index(
            "ix_asset_disposals_once",
            "tenant_id",
            "asset_id",
            unique=True,
            postgresql_where="taken_back_by IS NULL",
        ),
    )

    asset_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    journal_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    disposed_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200))
    taken_back_by: Mapped[int | None]

    journal: Mapped[Journal] = relationship(
        viewonly=True, foreign_keys=lambda: [AssetDisposal.tenant_id, AssetDisposal.journal_id]
    )
    back: Mapped[Journal | None] = relationship(
        viewonly=True, foreign_keys=lambda: [AssetDisposal.tenant_id, AssetDisposal.taken_back_by]
    )


class BorrowedAsset(TenantModel):
    """What belongs to somebody else and is used here (barang pinjaman, pinjam pakai)."""

    __tablename__ = "borrowed_assets"
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)

    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    brand: Mapped[str] = mapped_column(String(60), default="")
    quantity: Mapped[int]
    owner: Mapped[str] = mapped_column(String(120))
    agreement: Mapped[str] = mapped_column(String(80), default="")
    received_on: Mapped[date]
    value: Mapped[Rupiah]  # for insurance and care; never in the books
    location: Mapped[str] = mapped_column(String(80), default="")
    condition: Mapped[Condition]
    note: Mapped[str] = mapped_column(String(200), default="")
    returned_on: Mapped[date | None]

    @property
    def code(self) -> str:
        return f"PJM-{self.number:04d}"
