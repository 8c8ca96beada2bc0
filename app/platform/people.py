"""Bringing in the first people: a cooperative's chair, and whoever serves the city."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.auth import services as auth
from app.auth.models import Office, User
from app.auth.permissions import CITY, Role
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.core.identity import read_phone
from tenants.models import Tenant


@dataclass(frozen=True)
class Served:
    """Somebody who serves the city or has, with every office: the present ones first."""

    person: User
    seats: list[tuple[Office, Tenant | None]]

    @property
    def roles(self) -> list[Role]:
        """The offices that last, each once; of somebody who serves no more, those they had."""
        return list(dict.fromkeys(office.role for office, _tenant in self._lasting or self.seats))

    @property
    def wards(self) -> list[str]:
        """The cooperatives that they look after, by name."""
        return sorted(tenant.ward for _office, tenant in self._lasting if tenant)

    @property
    def _lasting(self) -> list[tuple[Office, Tenant | None]]:
        today = clock.today()
        return [seat for seat in self.seats if (seat[0].until_date or today) >= today]


def serving() -> list[Served]:
    """The people of the city, one line each, those first who serve today."""
    found: dict[int, Served] = {}
    for office, person, tenant in auth.city_seats():
        found.setdefault(person.id, Served(person, [])).seats.append((office, tenant))
    return list(found.values())


def register(name: str, *, phone: str | None, email: str | None) -> User:
    """Somebody who is to hold an office, reached by telephone or by e-mail."""
    if not phone and not email:
        raise Invalid(_("Write a phone number or an email address."))
    return auth.register_person(name, email=email, phone=read_phone(phone) if phone else None)


def appoint(
    user: User,
    role: Role,
    where: Sequence[Tenant],
    *,
    from_date: date,
    decree: str = "",
    is_ward_head: bool = False,
) -> None:
    """Give a person an office: in one cooperative, in the city, or, to a companion
    (pendamping), one for each cooperative they look after."""
    if role is Role.CITY_COMPANION and not where:
        raise DomainError(_("Tick the cooperatives this companion looks after."))
    if role not in CITY and len(where) != 1:
        raise DomainError(_("Name one cooperative for this office."))
    if role in CITY - {Role.CITY_COMPANION} and where:
        raise DomainError(_("This office is the city's, not a cooperative's."))
    wheres: Sequence[Tenant | None] = where or [None]
    for tenant in wheres:
        auth.appoint(
            user,
            role,
            tenant,
            from_date=from_date,
            decree=decree,
            is_ward_head=is_ward_head,
        )
