"""What a cooperative is: its particulars, its seats without who sits there, its way so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import text

from app.auth.permissions import Role
from app.core import clock
from app.supervision import city
from app.supervision.measures import Row
from tenants.definitions import Key
from tenants.settings import setting

# In the order in which they are read.
_SEATS = (
    Role.CHAIR,
    Role.VICE_BUSINESS,
    Role.VICE_MEMBERS,
    Role.SECRETARY,
    Role.TREASURER,
    Role.SUPERVISOR_CHAIR,
    Role.SUPERVISOR,
    Role.MANAGER,
)


@dataclass(frozen=True)
class Seat:
    """An office: how many hold it today, and the first day on which one of those terms ends."""

    role: Role
    held: int
    wanted: int
    until: date | None
    ends_soon: bool

    @property
    def missing(self) -> int:
        return max(self.wanted - self.held, 0)


_PARTICULARS = text("""
    SELECT legal_name, ward, district, address, founded_on, deed, legal_decree, business_number,
           tax_number, cooperative_number
    FROM tenants WHERE id = :tenant
""")
_HELD = text("""
    SELECT role, count(*) AS held, min(until_date) AS until FROM offices
    WHERE tenant_id = :tenant
      AND from_date <= :today AND (until_date IS NULL OR until_date >= :today)
    GROUP BY role
""")
_STEPS = text("""
    SELECT status, from_date FROM tenant_statuses
    WHERE tenant_id = :tenant ORDER BY from_date DESC, created_at DESC
""")


def particulars(tenant_id: int) -> Row:
    """Its numbers and papers as registered."""
    return city.ask(_PARTICULARS, tenant=tenant_id)[0]


def seats(tenant_id: int) -> list[Seat]:
    """Every seat of board, supervisors and manager, filled or vacant."""
    today = clock.today()
    soon = today + timedelta(days=int(setting(Key.ALERT_EXPIRY_DAYS, today)))
    held = {row.role: row for row in city.ask(_HELD, tenant=tenant_id, today=today)}
    return [_seat(role, held.get(role.value), soon) for role in _SEATS]


def steps(tenant_id: int) -> Sequence[Row]:
    """How far it has come and when, the latest first; what is still to come as well."""
    return city.ask(_STEPS, tenant=tenant_id)


def _seat(role: Role, held: Row | None, soon: date) -> Seat:
    wanted = _supervisors() if role is Role.SUPERVISOR else 1
    if held is None:
        return Seat(role, 0, wanted, None, ends_soon=False)
    ends_soon = held.until is not None and held.until <= soon
    return Seat(role, held.held, wanted, held.until, ends_soon)


def _supervisors() -> int:
    """How many sit beside their chair (domain reference 1.3)."""
    return max(int(setting(Key.LAUNCH_SUPERVISORS, clock.today())) - 1, 1)
