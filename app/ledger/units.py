"""Lines of business (gerai): entering a new one, and calling one otherwise."""

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.core.errors import DomainError
from app.extensions import db
from app.ledger.models import Unit

_MOST = 99


def open_unit(name: str) -> Unit:
    """Enter a line of business under the next code. The caller commits."""
    _refuse_if_taken(name)
    last = int(db.session.scalar(select(func.max(Unit.code))) or "0")
    if last >= _MOST:
        raise DomainError(_("There are as many lines of business as there are numbers for them."))
    unit = Unit(code=f"{last + 1:02d}", name=name)
    db.session.add(unit)
    db.session.flush()
    return unit


def rename(unit: Unit, name: str) -> None:
    """Call a line of business otherwise; its figures stay its own. The caller commits."""
    _refuse_if_taken(name, apart_from=unit)
    unit.name = name
    db.session.flush()


def find(code: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.code == code))


def _refuse_if_taken(name: str, *, apart_from: Unit | None = None) -> None:
    query = select(Unit).where(func.lower(Unit.name) == name.lower())
    known = db.session.scalar(query)
    if known is not None and known is not apart_from:
        raise DomainError(_("There is a line of business with this name already."))
