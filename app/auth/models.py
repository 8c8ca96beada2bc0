from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Identity, String
from sqlalchemy.orm import Mapped, mapped_column

from app.auth.permissions import Role
from app.core import clock
from app.extensions import Model


class User(UserMixin, Model):
    """A person who signs in, by e-mail or by telephone. One login may serve several
    cooperatives, so this is not a cooperative's data."""

    __tablename__ = "users"
    __allow_unmapped__ = True
    __table_args__ = (CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", "reachable"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(120), unique=True)  # lower case
    phone: Mapped[str | None] = mapped_column(String(20), unique=True)  # E.164
    password_hash: Mapped[str | None] = mapped_column(String(200))  # none until invited in
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    # The session by which the person of this request is signed in; not stored with them.
    session: "LoginSession | None" = None

    def get_id(self) -> str:
        """What the browser keeps: the token of its session, never the number of a person."""
        assert self.session is not None
        assert self.session.token is not None
        return self.session.token


class LoginSession(Model):
    """A browser in which somebody is signed in. Only a hash of its token is kept."""

    __tablename__ = "login_sessions"
    __allow_unmapped__ = True

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(45))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    token: str | None = None  # known only while the browser presents it


class Office(Model):
    """That a person holds an office, in a cooperative or (without one) in the city."""

    __tablename__ = "offices"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    tenant_id: Mapped[int | None] = mapped_column(ForeignKey("tenants.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[Role]
    from_date: Mapped[date]
    until_date: Mapped[date | None]  # the last day
    decree: Mapped[str] = mapped_column(String(80), default="")  # SK or minutes
    is_ward_head: Mapped[bool] = mapped_column(default=False)  # the Lurah
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    def is_held_on(self, day: date) -> bool:
        return self.from_date <= day and (self.until_date is None or day <= self.until_date)


class Invitation(Model):
    """A link by which a person sets a password: the first, or a new one. It works once."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
