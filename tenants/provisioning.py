"""Opening a cooperative: the row, then what each domain needs to exist from day one."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.extensions import db
from tenants.definitions import Key
from tenants.models import Tenant, TenantStatus, TenantStatusChange
from tenants.queries import find_tenant
from tenants.scope import tenant_scope
from tenants.settings import decide_for_city, history

_CITY = Path(__file__).with_name("pekalongan.toml")

Seed = Callable[[], None]


@dataclass(frozen=True)
class Charter:
    """What is known of a cooperative when it is opened."""

    slug: str
    ward: str
    ward_code: str
    district: str
    particulars: dict[str, Any] = field(default_factory=dict)
    statuses: dict[str, date] = field(default_factory=dict)

    @property
    def legal_name(self) -> str:
        """Koperasi, then Kelurahan Merah Putih, then the ward (domain reference 1.1)."""
        return f"Koperasi Kelurahan Merah Putih {self.ward}"


def open_tenant(charter: Charter, seeds: Iterable[Seed]) -> Tenant:
    """Create a cooperative and run `seeds` inside its scope, all or nothing.

    The seeds are passed in — the chart of accounts, say — so that tenancy needs to know no
    domain package.
    """
    tenant = Tenant(
        slug=charter.slug,
        name=charter.ward,
        legal_name=charter.legal_name,
        ward=charter.ward,
        ward_code=charter.ward_code,
        district=charter.district,
        **charter.particulars,
    )
    db.session.add(tenant)
    db.session.flush()
    db.session.add_all(_statuses(charter, tenant.id))
    db.session.flush()
    with tenant_scope(tenant):
        for seed in seeds:
            seed()
        db.session.commit()
    db.session.add(tenant)
    db.session.refresh(tenant)
    return tenant


def open_city(seeds: Iterable[Seed]) -> list[Tenant]:
    """Open every cooperative of Pekalongan that is not open yet; return the new ones."""
    city = tomllib.loads(_CITY.read_text())
    _decide_defaults(city["settings"])
    db.session.commit()
    charters = [_charter(entry) for entry in city["cooperatives"]]
    seeds = list(seeds)
    return [open_tenant(charter, seeds) for charter in charters if not _is_open(charter)]


def _is_open(charter: Charter) -> bool:
    """Whether the ward has its cooperative, though it may be called otherwise by now."""
    same_ward = select(Tenant.id).where(Tenant.ward_code == charter.ward_code)
    return find_tenant(charter.slug) is not None or db.session.scalar(same_ward) is not None


def change_status(
    tenant: Tenant,
    status: TenantStatus,
    *,
    on: date,
    note: str = "",
    merged_into: int | None = None,
) -> None:
    """Record the next step in a cooperative's life, its suspension or its end in another.

    Of the steps of one day the one recorded last counts.
    """
    db.session.merge(
        TenantStatusChange(
            tenant_id=tenant.id,
            from_date=on,
            status=status,
            note=note,
            merged_into=merged_into,
            created_at=clock.now(),
        )
    )
    db.session.flush()
    db.session.refresh(tenant)


def _decide_defaults(settings: list[dict[str, Any]]) -> None:
    """The city's first defaults; those it has changed since are left alone."""
    for entry in settings:
        key = Key(entry["key"])
        if not history(key):
            decide_for_city(
                key, entry["value"], from_date=entry["from"], legal_basis=entry["basis"]
            )


def _charter(entry: dict[str, Any]) -> Charter:
    return Charter(
        slug=entry["slug"],
        ward=entry["ward"],
        ward_code=entry["code"],
        district=entry["district"],
        particulars=entry.get("particulars", {}),
        statuses=entry.get("statuses", {}),
    )


def _statuses(charter: Charter, tenant_id: int) -> list[TenantStatusChange]:
    steps = charter.statuses or {TenantStatus.FORMED: clock.today()}
    return [
        TenantStatusChange(tenant_id=tenant_id, from_date=on, status=TenantStatus(status))
        for status, on in steps.items()
    ]
