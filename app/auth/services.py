"""People and their offices: inviting, appointing, dismissing, and what an office permits."""

import re
import secrets
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, exists, func, select

from app.auth.models import Invitation, Office, User
from app.auth.permissions import BOARD, CITY, PERMISSIONS, SUPERVISORS, Permission, Role
from app.auth.sessions import end_all_sessions, find_by_name, fingerprint, hash_password
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from tenants.definitions import Key
from tenants.models import Tenant
from tenants.scope import whole_platform
from tenants.settings import setting

# Of these there is one in a cooperative; of supervisors, managers and cashiers there may be more.
_SINGLE = BOARD | {Role.SUPERVISOR_CHAIR}
_ALIKE = 0.75  # of two spellings of a word: Wahyu, Wahju


def offices_of(user: User) -> Sequence[Office]:
    """The offices a person holds today; inside a scope, those in that cooperative."""
    today = clock.today()
    held = db.session.scalars(select(Office).where(Office.user_id == user.id).order_by(Office.id))
    return [office for office in held if office.is_held_on(today)]


def permissions_of(user: User, tenant: Tenant | None) -> frozenset[Permission]:
    """Everything `user` may do in `tenant`, or in the city; empty for a stranger."""
    return permitted_by(offices_of(user), tenant)


def permitted_by(offices: Sequence[Office], tenant: Tenant | None) -> frozenset[Permission]:
    """The same for whose offices are known already."""
    where = tenant.id if tenant else None
    roles = [office.role for office in offices if _counts(office, where)]
    return frozenset().union(*(PERMISSIONS[role] for role in roles))


def register_person(name: str, *, email: str | None, phone: str | None) -> User:
    """The person with this e-mail or telephone; made when there is none yet.

    A slip in a telephone number must not give a stranger an office: whoever is known by it is
    called like that.
    """
    known = {user for contact in (email, phone) if contact and (user := find_by_name(contact))}
    if len(known) > 1 or not all(_is_called(user, name) for user in known):
        raise DomainError(
            _("This phone number or email belongs to somebody of another name. Check both.")
        )
    if known:
        return known.pop()
    user = User(name=name, email=email.lower() if email else None, phone=phone or None)
    db.session.add(user)
    db.session.flush()
    return user


def _is_called(user: User, name: str) -> bool:
    """Whether a name is theirs: a word of it is the same, or nearly."""
    ours, theirs = (set(re.findall(r"\w+", text.casefold())) for text in (user.name, name))
    return any(SequenceMatcher(None, a, b).ratio() >= _ALIKE for a in ours for b in theirs)


def appoint(
    user: User,
    role: Role,
    tenant: Tenant | None,
    *,
    from_date: date,
    until_date: date | None = None,
    decree: str = "",
    is_ward_head: bool = False,
) -> Office:
    """Give a person an office. Whoever holds another one signs in again with both.

    The Lurah chairs the supervisors by office and is never on the board (domain
    reference 1.3).
    """
    if role in BOARD and is_ward_head:
        raise DomainError(_("The Lurah chairs the supervisors and cannot be on the board."))
    _require_office_of(tenant, role)
    if holds(user, role, tenant):
        raise DomainError(_("%(name)s holds this office already.", name=user.name))
    office = Office(
        tenant_id=tenant.id if tenant else None,
        user_id=user.id,
        role=role,
        from_date=from_date,
        until_date=until_date,
        decree=decree,
        is_ward_head=is_ward_head,
    )
    db.session.add(office)
    end_all_sessions(user.id)
    db.session.flush()
    return office


def _require_office_of(tenant: Tenant | None, role: Role) -> None:
    """A companion serves the city in one cooperative; all others serve one or the other."""
    if (tenant is None and role not in CITY) or (tenant and role in CITY - {Role.CITY_COMPANION}):
        raise ValueError(f"{role} is no office of {tenant or 'the city'}")


def holds(user: User, role: Role, tenant: Tenant | None) -> bool:
    """Whether a person holds an office today, or will from a day to come."""
    where = Office.tenant_id == tenant.id if tenant else Office.tenant_id.is_(None)
    same = select(Office).where(Office.user_id == user.id, Office.role == role, where)
    today = clock.today()
    held = db.session.scalars(same)
    return any(office.until_date is None or office.until_date >= today for office in held)


def dismiss(office: Office, *, last_day: date) -> None:
    """End an office; its holder is signed out everywhere at once."""
    if last_day < office.from_date:
        raise DomainError(_("An office cannot end before it began."))
    office.until_date = last_day
    end_all_sessions(office.user_id)


def seats(tenant: Tenant) -> Sequence[tuple[Office, User]]:
    """Who holds or has held which office in a cooperative, the present ones first."""
    query = (
        select(Office, User)
        .join(User, User.id == Office.user_id)
        .where(Office.tenant_id == tenant.id, Office.role.not_in(CITY))
        .order_by(Office.until_date.desc().nulls_first(), Office.id)
    )
    return [(office, user) for office, user in db.session.execute(query)]


def presides(user_id: int, tenant: Tenant) -> bool:
    """Whether somebody is the chair, or acts for one: while nobody holds the chair's seat the
    vice chair for business does (wakil ketua bidang usaha)."""
    return bool(db.session.scalar(select(presiding(user_id, tenant))))


def presiding(user_id: int, tenant: Tenant) -> ColumnElement[bool]:
    """The same as a condition, to be asked together with others."""
    own = exists().where(*_held(tenant, Role.CHAIR), Office.user_id == user_id)
    acting = exists().where(*_held(tenant, Role.VICE_BUSINESS), Office.user_id == user_id)
    return own | (acting & ~exists().where(*_held(tenant, Role.CHAIR)))


def counting_filled(tenant: Tenant, roles: Collection[Role], day: date) -> Select[int]:
    """How many of some offices somebody holds on a day, as a question."""
    return select(func.count(Office.role.distinct())).where(*_held(tenant, *roles, day=day))


def _held(tenant: Tenant, *roles: Role, day: date | None = None) -> list[ColumnElement[bool]]:
    on = day or clock.today()
    ending = Office.until_date.is_(None) | (Office.until_date >= on)
    return [Office.tenant_id == tenant.id, Office.role.in_(roles), Office.from_date <= on, ending]


def city_seats() -> Sequence[tuple[Office, User, Tenant | None]]:
    """Who serves the city, with the cooperative a companion is assigned to."""
    query = (
        select(Office, User, Tenant)
        .join(User, User.id == Office.user_id)
        .outerjoin(Tenant, Tenant.id == Office.tenant_id)
        .where(Office.role.in_(CITY))
        .order_by(Office.until_date.desc().nulls_first(), Office.role, User.name, Office.id)
    )
    return [(office, user, tenant) for office, user, tenant in db.session.execute(query)]


def find_seat(office_id: int) -> tuple[Office, User] | None:
    """An office and its holder; inside a scope, one of that cooperative."""
    query = select(Office, User).join(User, User.id == Office.user_id).where(Office.id == office_id)
    row = db.session.execute(query).one_or_none()
    return (row.Office, row.User) if row else None


def warnings(offices: Sequence[Office], day: date) -> list[str]:
    """What the guidelines for KKMP would object to (domain reference 1.3). Never a refusal."""
    held = [office for office in offices if office.is_held_on(day)]
    board = [office for office in held if office.role in BOARD]
    supervisors = [office for office in held if office.role in SUPERVISORS]
    objections = [*_of_numbers(board, supervisors), *_of_people(board, supervisors, held)]
    return [message for objected, message in objections if objected]


def _of_numbers(board: Sequence[Office], supervisors: Sequence[Office]) -> list[tuple[bool, str]]:
    """Five on the board and three supervisors at least, and an odd number of both."""
    few_board, few_supervisors = len(board) < 5, len(supervisors) < 3
    even_board, even_supervisors = len(board) % 2 == 0, len(supervisors) % 2 == 0
    return [
        (few_board, _("The board has fewer than five people.")),
        (even_board and not few_board, _("The board should be an odd number.")),
        (few_supervisors, _("There are fewer than three supervisors.")),
        (
            even_supervisors and not few_supervisors,
            _("The supervisors should be an odd number."),
        ),
    ]


def _of_people(
    board: Sequence[Office], supervisors: Sequence[Office], held: Sequence[Office]
) -> list[tuple[bool, str]]:
    """The Lurah chairs the supervisors, and nobody watches over themselves."""
    chairs = [office for office in supervisors if office.role is Role.SUPERVISOR_CHAIR]
    return [
        (
            not any(office.is_ward_head for office in chairs),
            _("The chair of the supervisors should be the Lurah, by office."),
        ),
        (_overlap(board, supervisors), _("Somebody is on the board and a supervisor at once.")),
        (
            any(office.is_ward_head for office in board),
            _("The Lurah chairs the supervisors and cannot be on the board."),
        ),
        (_doubled(held), _("An office that is for one person is held by two.")),
    ]


def may_invite(user: User, tenant: Tenant) -> bool:
    """Whether a cooperative may hand out a link for somebody's password.

    The link opens every office of the person: for whoever serves elsewhere too, or will from a
    day to come, only the operator makes it.
    """
    not_over = Office.until_date.is_(None) | (Office.until_date >= clock.today())
    with whole_platform():
        held = db.session.scalars(select(Office).where(Office.user_id == user.id, not_over)).all()
    return all(office.tenant_id == tenant.id and office.role not in CITY for office in held)


def invite(user: User) -> str:
    """A token by which a person sets a password, once; earlier ones stop working."""
    for earlier in db.session.scalars(_unused(user)):
        earlier.used_at = clock.now()
    token = secrets.token_urlsafe(24)
    hours = setting(Key.INVITATION_HOURS, clock.today())
    db.session.add(
        Invitation(
            user_id=user.id,
            token_hash=fingerprint(token),
            expires_at=clock.now() + timedelta(hours=hours),
        )
    )
    return token


def find_invited(token: str) -> User | None:
    """Who may set a password by this token; nobody once it is used or too old."""
    invitation = find_invitation(token)
    return db.session.get(User, invitation.user_id) if invitation else None


def find_invitation(token: str) -> Invitation | None:
    """The invitation behind a token, as long as it can be used."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.token_hash == fingerprint(token),
            Invitation.used_at.is_(None),
            Invitation.expires_at > clock.now(),
        )
    )


def set_password(user: User, password: str, *, keep: int | None = None) -> None:
    """Set a password. Invitations are used up and every other session ends."""
    for invitation in db.session.scalars(_unused(user)):
        invitation.used_at = clock.now()
    user.password_hash = hash_password(password)
    end_all_sessions(user.id, but=keep)


def _unused(user: User) -> Select[Invitation]:
    return select(Invitation).where(Invitation.user_id == user.id, Invitation.used_at.is_(None))


def _counts(office: Office, tenant_id: int | None) -> bool:
    if office.role in CITY:
        return tenant_id is None
    return office.tenant_id == tenant_id


def _overlap(some: Sequence[Office], others: Sequence[Office]) -> bool:
    return bool({office.user_id for office in some} & {office.user_id for office in others})


def _doubled(held: Sequence[Office]) -> bool:
    """Whether two people hold an office of which there is one."""
    single = [office.role for office in held if office.role in _SINGLE]
    return len(single) > len(set(single))
