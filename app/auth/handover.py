"""The link of an invitation, in the hands of whoever made it until they have sent it.

The database keeps only a hash of it, so the browser that asked for it keeps the link itself.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from babel.dates import format_datetime
from flask import session, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from app.auth import services
from app.auth.models import User
from app.core import clock
from app.extensions import db

_KEPT = "invitation"


@dataclass(frozen=True)
class Handover:
    """What is handed over, to whom, and where the work goes on afterwards."""

    name: str
    phone: str | None
    link: str
    expires_at: datetime
    back: str

    @property
    def text(self) -> str:
        """The message, ready to be sent."""
        message = _(
            "Good day, %(name)s. Open this link to choose your secret word for the books of the"
            " cooperative: %(link)s It works once, until %(until)s. Please do not pass it on.",
            name=self.name,
            link=self.link,
            until=self.until,
        )
        return str(message)

    @property
    def until(self) -> str:
        local = self.expires_at.astimezone(clock.CITY_TIMEZONE).replace(tzinfo=None)
        return str(format_datetime(local, "d MMMM y HH.mm", locale=get_locale()))

    @property
    def whatsapp(self) -> str:
        """WhatsApp with the message written; without a number it asks for a contact."""
        number = (self.phone or "").removeprefix("+")
        return f"https://wa.me/{number}?{urlencode({'text': self.text}, quote_via=quote)}"


def hand_over(user: User, *, back: str) -> str:
    """Make a link by which a person sets a password; the address of the page that shows it."""
    session[_KEPT] = {"user": user.id, "token": services.invite(user), "back": back}
    return url_for("auth.handover")


def kept() -> Handover | None:
    """The link this browser made last; none once it has been used or is too old."""
    row: dict[str, Any] = session.get(_KEPT, {})
    found = services.find_invitation(row["token"]) if row else None
    if found is None:
        session.pop(_KEPT, None)
        return None
    user = db.session.get_one(User, found.user_id)
    link = url_for("auth.invitation", token=row["token"], _external=True)
    return Handover(user.name, user.phone, link, found.expires_at, row["back"])
