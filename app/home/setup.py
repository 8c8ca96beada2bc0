"""How far a new cooperative has been set up, read from what has been recorded."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select

from app.auth import services as people
from app.auth.permissions import BOARD, Role
from app.dues.models import DuesCharge
from app.extensions import db
from app.ledger.models import Journal, Month
from app.members.models import Member
from tenants.definitions import Key
from tenants.models import Tenant
from tenants.settings import history

# Offices without which a cooperative is not led or not watched over.
NEEDED = (*(role for role in Role if role in BOARD), Role.SUPERVISOR_CHAIR)
# What brings along balances from before: the page for it, or a list of members with savings.
_BROUGHT = ("ledger.opening", "members.import")


@dataclass(frozen=True)
class Setup:
    """What stands already; when all of it does, nothing is left to set up."""

    particulars: bool
    offices: int
    rates: bool
    members: bool
    opening: bool
    billed: bool
    paid: bool
    closed: bool

    @property
    def finished(self) -> bool:
        return all(vars(self).values()) and self.staffed

    @property
    def staffed(self) -> bool:
        return self.offices == len(NEEDED)


def setup_of(tenant: Tenant, day: date) -> Setup:
    """How far the cooperative of this scope is on a day."""
    filled = people.counting_filled(tenant, NEEDED, day).scalar_subquery().label("filled")
    recorded = db.session.execute(_RECORDED.add_columns(filled)).one()
    return Setup(
        particulars=bool(tenant.address and tenant.founded_on),
        offices=recorded.filled,
        rates=all(any(row.own for row in history(key)) for key in (Key.PRINCIPAL, Key.DUES)),
        members=recorded.members,
        # A cooperative that has closed a month had nothing to bring along.
        opening=recorded.opening or recorded.closed,
        billed=recorded.billed,
        paid=recorded.paid,
        closed=recorded.closed,
    )


_RECORDED = select(
    exists(select(Member.id)).label("members"),
    exists(select(Journal.id).where(Journal.source_kind.in_(_BROUGHT))).label("opening"),
    exists(select(DuesCharge.period)).label("billed"),
    exists(select(Journal.id).where(Journal.source_kind == "payment")).label("paid"),
    exists(select(Month.period).where(Month.closed_at.is_not(None))).label("closed"),
)
