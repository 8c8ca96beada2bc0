"""Where cooperatives decided otherwise than the city, as the operator reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tenants.definitions import Key
from tenants.queries import all_tenants
from tenants.scope import tenant_scope
from tenants.settings import Dated, history


@dataclass(frozen=True)
class Override:
    """What one cooperative decided for itself, the latest first."""

    ward: str
    rows: Sequence[Dated]


def of(key: Key) -> list[Override]:
    """Asked of each cooperative in its own scope: its settings are its own."""
    found = []
    for tenant in all_tenants():
        with tenant_scope(tenant):
            own = [row for row in reversed(history(key)) if row.own]
        if own:
            found.append(Override(tenant.ward, own))
    return found
