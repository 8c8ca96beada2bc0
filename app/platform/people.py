"""Bringing in the first people: a cooperative's chair, and whoever serves the city."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from app.auth import services as auth
from app.auth.models import User
from app.auth.permissions import CITY, Role
from app.core.errors import DomainError, Invalid
from app.core.identity import read_phone
from tenants.models import Tenant


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
