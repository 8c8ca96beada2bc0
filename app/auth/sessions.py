"""Signing in and out. A session is a row: what is not in the table opens nothing."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import func, select, update

from app.auth.models import LoginSession, User
from app.core import clock
from app.core.errors import Invalid
from app.core.identity import read_phone
from app.extensions import db, login
from tenants.definitions import Key
from tenants.settings import setting

_hasher = PasswordHasher()
# Verified against when a name is unknown, so that refusing takes as long as for a known one.
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))
_SEEN_EVERY = timedelta(minutes=1)


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def fingerprint(token: str) -> str:
    """What is kept of a random token; the token itself stays with its holder."""
    return hashlib.sha256(token.encode()).hexdigest()


def authenticate(name: str, password: str) -> User | None:
    """The person with this e-mail or telephone, if the password is theirs.

    An unknown name and a wrong password give the same answer in the same time.
    """
    user = find_by_name(name)
    known = (user and user.password_hash) or _NOBODY
    try:
        _hasher.verify(known, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return user if user and user.password_hash else None


def find_by_name(name: str) -> User | None:
    """The person who signs in by this e-mail or telephone, however it is spelled."""
    name = name.strip()
    if "@" in name:
        return db.session.scalar(select(User).where(User.email == name.lower()))
    try:
        phone = read_phone(name)
    except Invalid:
        return None
    return db.session.scalar(select(User).where(User.phone == phone))


def name_key(name: str) -> str:
    """One key for every spelling of a name, by which tries are counted; it tells no name."""
    name = name.strip().lower()
    try:
        return fingerprint(name if "@" in name else read_phone(name))
    except Invalid:
        return fingerprint(name)


def open_session(user: User, *, device: str, address: str) -> LoginSession:
    """Sign a person in on one browser. The caller commits and hands the token over."""
    token = secrets.token_urlsafe(32)
    session = LoginSession(
        user_id=user.id, token_hash=fingerprint(token), device=device[:120], address=address[:45]
    )
    db.session.add(session)
    db.session.flush()
    session.token = token
    user.session = session
    return session


@login.user_loader  # type: ignore[untyped-decorator]
def load_user(token: str) -> User | None:
    """The person whose session this is; none once it has ended, been idle or grown old."""
    row = db.session.execute(
        select(User, LoginSession)
        .join(LoginSession, LoginSession.user_id == User.id)
        .where(LoginSession.token_hash == fingerprint(token), LoginSession.ended_at.is_(None))
    ).one_or_none()
    if row is None or _has_run_out(row.LoginSession):
        return None
    user, session = row
    session.token = token
    user.session = session
    return user


def was_seen(session: LoginSession) -> bool:
    """Note that a session is in use, at most once a minute; True when there was a change."""
    if clock.now() - session.seen_at < _SEEN_EVERY:
        return False
    session.seen_at = clock.now()
    return True


def open_sessions(user: User) -> Sequence[LoginSession]:
    """Where a person is signed in now, the latest first."""
    query = (
        select(LoginSession)
        .where(LoginSession.user_id == user.id, LoginSession.ended_at.is_(None))
        .order_by(LoginSession.seen_at.desc())
    )
    return [session for session in db.session.scalars(query) if not _has_run_out(session)]


def end_session(user: User, session_id: int) -> None:
    """End one of a person's own sessions; that of somebody else is left alone."""
    _end(LoginSession.user_id == user.id, LoginSession.id == session_id)


def end_all_sessions(user_id: int, *, but: int | None = None) -> None:
    """End every session of a person: the password or an office has changed."""
    _end(LoginSession.user_id == user_id, LoginSession.id != (but or 0))


def _end(*which: object) -> None:
    db.session.execute(
        update(LoginSession)
        .where(LoginSession.ended_at.is_(None), *which)  # type: ignore[arg-type]
        .values(ended_at=func.now())
        .execution_options(synchronize_session=False)
    )


def _has_run_out(session: LoginSession) -> bool:
    today = clock.today()
    idle = timedelta(minutes=setting(Key.IDLE_MINUTES, today))
    oldest = timedelta(hours=setting(Key.SESSION_HOURS, today))
    now = clock.now()
    return now - session.seen_at > idle or now - session.created_at > oldest
