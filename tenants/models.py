"""The cooperative as a tenant, and the bases of the tables that belong to one."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flask import g
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    String,
    Text,
    bindparam,
    cast,
    event,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    column_property,
    mapped_column,
    with_loader_criteria,
)

from app.core import clock
from app.extensions import Model, db
from tenants.scope import current_tenant


class TenantRow(Model):
    """A row that belongs to one cooperative and names its own key.

    The tenant leads the primary key, so it leads every foreign key to the table as well: a
    row cannot refer to another cooperative's row, whatever the code does.
    """

    __abstract__ = True

    tenant_id: Mapped[int] = mapped_column(
        ForeignKey("tenants.id"), primary_key=True, default=lambda: current_tenant().id
    )


class TenantDetail(TenantRow):
    """A row that hangs on another one of the cooperative, in a table with very many of them.

    Its foreign key to that row leads to the cooperative already. A second one would be checked
    for each row again: a third of the time that billing takes.
    """

    __abstract__ = True

    tenant_id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, default=lambda: current_tenant().id
    )


class TenantModel(TenantRow):
    """A row that belongs to one cooperative and is known by a number."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)


def tenant_fk(column: str, table: str) -> ForeignKeyConstraint:
    """A foreign key that stays inside the tenant."""
    return ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"])


class TenantStatus(StrEnum):
    """How far a cooperative has come; each step is dated (domain reference 1.5, 7.2)."""

    FORMED = "formed"
    LEGAL = "legal"
    SOFT_LAUNCHED = "soft_launched"
    GRAND_LAUNCHED = "grand_launched"
    SUSPENDED = "suspended"
    MERGED = "merged"


# Their officers may only read, and nothing runs for them by night.
AT_REST = frozenset({TenantStatus.SUSPENDED, TenantStatus.MERGED})


class TenantStatusChange(Model):
    """One dated step in the life of a cooperative. The last one that has come is its status."""

    __tablename__ = "tenant_statuses"
    __table_args__ = (CheckConstraint("NOT holds_personal_number(note)", "impersonal"),)

    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    from_date: Mapped[date] = mapped_column(primary_key=True)
    status: Mapped[TenantStatus] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200), default="")
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("tenants.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Tenant(Model):
    """A cooperative (koperasi) of one ward (kelurahan), registered with the city."""

    __tablename__ = "tenants"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))  # as people say it: "Bendan Kergon"
    legal_name: Mapped[str] = mapped_column(String(160))
    ward: Mapped[str] = mapped_column(String(80))
    ward_code: Mapped[str] = mapped_column(String(16), unique=True)  # Kemendagri
    district: Mapped[str] = mapped_column(String(80))  # kecamatan
    address: Mapped[str] = mapped_column(Text, default="")
    founded_on: Mapped[date | None]
    deed: Mapped[str] = mapped_column(String(80), default="")  # akta pendirian
    legal_decree: Mapped[str] = mapped_column(String(80), default="")  # SK AHU
    business_number: Mapped[str] = mapped_column(String(40), default="")  # NIB
    tax_number: Mapped[str] = mapped_column(String(40), default="")  # NPWP
    cooperative_number: Mapped[str] = mapped_column(String(40), default="")  # NIK koperasi
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    if TYPE_CHECKING:
        status: Mapped[TenantStatus | None]  # computed, see below

    @property
    def is_active(self) -> bool:
        return self.status not in AT_REST


Tenant.status = column_property(
    select(TenantStatusChange.status)
    .where(
        TenantStatusChange.tenant_id == Tenant.id,
        # The city's calendar, whatever zone the database keeps.
        TenantStatusChange.from_date <= cast(func.timezone("Asia/Jakarta", func.now()), Date),
    )
    .order_by(TenantStatusChange.from_date.desc(), TenantStatusChange.created_at.desc())
    .limit(1)
    .scalar_subquery()
)


class FormerSlug(Model):
    """An address that a cooperative had: printed papers still lead there."""

    __tablename__ = "former_slugs"

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"), index=True)
    until: Mapped[datetime]


class CitySetting(Model):
    """A rate, deadline or choice that holds for every cooperative from a date on."""

    __tablename__ = "city_settings"
    __table_args__ = (CheckConstraint("jsonb_typeof(value) <> 'null'", "decided"),)

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    from_date: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
    legal_basis: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class TenantSetting(TenantRow):
    """What one cooperative decided otherwise, from a date on."""

    __tablename__ = "tenant_settings"
    __table_args__ = (CheckConstraint("jsonb_typeof(value) <> 'null'", "decided"),)

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    from_date: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
    legal_basis: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


@event.listens_for(db.session, "do_orm_execute")
def _name_the_tenant(state: ORMExecuteState) -> None:
    """A second wall: selects also carry the tenant as a bound parameter.

    One PostgreSQL merges it with the policy; a distributed one routes by it to one shard.
    """
    if state.is_select and "tenant" in g:
        state.statement = state.statement.options(_OWN)


# Asked at each run: what is loaded on demand may come after the scope has ended, and gets nothing.
_own_id = bindparam(
    "own_tenant", type_=BigInteger(), callable_=lambda: g.tenant.id if "tenant" in g else None
)

# Made once: to make it anew for each statement takes longer than to run a short one.
_OWN = with_loader_criteria(TenantRow, lambda row: row.tenant_id == _own_id, include_aliases=True)
