"""Who has a drawer in hand: opening a shift, and what moved while it was open."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import aliased

from app.auth.models import User
from app.cash import tills
from app.cash.models import Shift, Till, TillKind
from app.core import clock
from app.core.errors import DomainError
from app.core.money import Rupiah, rupiah
from app.extensions import db
from app.ledger import accounts
from app.ledger.accounts import Movement
from app.ledger.models import AccountRole
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import setting

LATEST = 50


class Unexplained(DomainError):
    """The count differs from the books and nobody has said why."""

    def __init__(self, message: str, difference: Rupiah):
        super().__init__(message)
        self.difference = difference


@dataclass(frozen=True)
class Held:
    """A shift with the drawer and the people it is about (no closer: still open)."""

    shift: Shift
    till: Till
    cashier: str
    closed_by: str


@dataclass(frozen=True)
class Report:
    """A shift with everything that moved in its drawer, whoever recorded it."""

    held: Held
    movements: Sequence[Movement]

    @property
    def taken_in(self) -> Rupiah:
        return sum(movement.debit for movement in self.movements)

    @property
    def paid_out(self) -> Rupiah:
        return sum(movement.credit for movement in self.movements)

    @property
    def expected(self) -> Rupiah:
        """What should lie in the drawer: by the last count, or by now."""
        shift = self.held.shift
        if shift.expected is not None:
            return shift.expected
        return accounts.holding(self.held.till.account_id)


def open_shift(till: Till, count: Rupiah, *, note: str = "") -> Shift:
    """Take a drawer in hand, with what was counted in it. The caller commits.

    `Unexplained` when the books say otherwise and no note says why; nothing is booked then,
    it only stays on record that the difference was there before.
    """
    if till.kind is not TillKind.CASH or not till.active:
        raise DomainError(_("A shift is opened on a drawer."))
    balance = accounts.holding(till.account_id)
    if count != balance and not note:
        raise Unexplained(differs(count, balance), count - balance)
    shift = _insert(till, count, balance, note)
    if shift is None:
        raise DomainError(_why_not(till))
    return shift


def mine() -> Held | None:
    """The shift that the person of this request has open."""
    return next(iter(_held(_query().where(*_mine()))), None)


def counting_mine() -> Select[int]:
    """How many shifts that person has open, as a question."""
    return select(func.count()).select_from(Shift).where(*_mine())


def counting_forgotten() -> Select[int]:
    """How many shifts of that person were opened before today, as a question."""
    today = clock.start_of(clock.today())
    return select(func.count()).select_from(Shift).where(*_mine(), Shift.opened_at < today)


def _mine() -> list[ColumnElement[bool]]:
    return [Shift.cashier_id == g.get("actor_id"), Shift.closed_at.is_(None)]


def find(shift_id: int) -> Held | None:
    return next(iter(_held(_query().where(Shift.id == shift_id))), None)


def latest(till_id: int | None = None) -> Sequence[Held]:
    """The last shifts (of a drawer), the newest first."""
    query = _query().order_by(Shift.opened_at.desc(), Shift.id.desc()).limit(LATEST)
    return _held(query if till_id is None else query.where(Shift.till_id == till_id))


def last_count(till: Till) -> Rupiah | None:
    """What lay in a drawer when it was closed last; None when it never was."""
    query = select(Shift.counted).where(Shift.till_id == till.id, Shift.closed_at.is_not(None))
    return db.session.scalar(query.order_by(Shift.closed_at.desc()).limit(1))


def has_held() -> bool:
    """Whether the person of this request ever had a shift."""
    ever = select(Shift.id).where(Shift.cashier_id == g.get("actor_id")).limit(1)
    return db.session.scalar(ever) is not None


def report(held: Held) -> Report:
    shift = held.shift
    until = shift.counted_at or clock.now()
    return Report(held, accounts.moved(held.till.account_id, shift.opened_at, until))


def differs(counted: Rupiah, expected: Rupiah) -> str:
    """The difference in words, with both figures."""
    figures = {
        "counted": rupiah(counted),
        "expected": rupiah(expected),
        "difference": rupiah(abs(counted - expected)),
    }
    if counted < expected:
        said = _(
            "Counted %(counted)s, the books say %(expected)s: %(difference)s is missing."
            " Count again, or write why.",
            **figures,
        )
    else:
        said = _(
            "Counted %(counted)s, the books say %(expected)s: %(difference)s too much."
            " Count again, or write why.",
            **figures,
        )
    return str(said)


# Part of every payment, hence SQL and not the ORM.
_DRAWER = text("""
    SELECT till.account_id FROM cash_shifts shift
    JOIN tills till ON till.tenant_id = shift.tenant_id AND till.id = shift.till_id
    WHERE shift.tenant_id = :tenant AND shift.cashier_id = :cashier AND shift.closed_at IS NULL
""")


def drawer() -> AccountRole | int:
    """The account that cash goes into and comes out of for the person of this request.

    The drawer of their shift; without one the main drawer, unless a setting wants a shift.
    """
    if "actor_id" not in g:
        return AccountRole.CASH
    values = {"tenant": current_tenant().id, "cashier": g.actor_id}
    account_id: int | None = db.session.connection().execute(_DRAWER, values).scalar()
    if account_id is not None:
        return account_id
    _check_not_required()
    return AccountRole.CASH


def usual_till() -> Till:
    """Where cash usually lies for the person of this request: the drawer of their shift."""
    held = mine()
    return held.till if held else tills.main_till()


def check_may_handle(till: Till) -> None:
    """A drawer is opened by who has a shift, where the cooperative wants it: a `DomainError`."""
    if till.kind is TillKind.CASH and mine() is None:
        _check_not_required()


def _check_not_required() -> None:
    if "actor_id" in g and setting(Key.SHIFT_REQUIRED, clock.today()) == "yes":
        raise DomainError(_("Open your shift first: on “Cash and bank”, “Open a shift”."))


def _insert(till: Till, count: Rupiah, balance: Rupiah, note: str) -> Shift | None:
    """None when one of the two indexes says that the drawer or the person is taken."""
    return db.session.scalar(
        postgresql.insert(Shift)
        .values(
            tenant_id=current_tenant().id,
            till_id=till.id,
            cashier_id=g.actor_id,
            opened_at=clock.now(),
            opening_count=count,
            opening_balance=balance,
            opening_note=note,
            note="",
        )
        .on_conflict_do_nothing()
        .returning(Shift)
    )


def _why_not(till: Till) -> str:
    if (own := mine()) is not None:
        return str(
            _("You have %(till)s in hand already. Close that shift first.", till=own.till.name)
        )
    query = _query().where(Shift.till_id == till.id, Shift.closed_at.is_(None))
    holder = next(iter(_held(query)), None)
    if holder is None:
        return str(_("Somebody has just closed it. Try again."))
    names = {"name": holder.cashier, "till": till.name}
    return str(_("%(name)s has %(till)s in hand. It must be closed first.", **names))


def _query() -> Select[Shift, Till, str, str]:
    cashier, closer = aliased(User), aliased(User)
    return (
        select(Shift, Till, cashier.name, closer.name)
        .join(Till, Till.id == Shift.till_id)
        .join(cashier, cashier.id == Shift.cashier_id)
        .outerjoin(closer, closer.id == Shift.closed_by)
    )


def _held(query: Select[Shift, Till, str, str]) -> list[Held]:
    return [Held(row[0], row[1], row[2], row[3] or "") for row in db.session.execute(query)]
