"""Places where money lies: what each holds, opening one, renaming it, putting it away."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import BigInteger, Select, cast, func, select

from app.auth.models import User
from app.cash.models import Shift, Till, TillKind
from app.core.errors import DomainError, Invalid
from app.core.money import Rupiah, rupiah
from app.extensions import db
from app.ledger import accounts
from app.ledger import services as ledger
from app.ledger.models import Account, AccountMonth, AccountRole

# What every cooperative starts with. The petty cash waits until it is wanted.
_STANDARD = (
    (AccountRole.CASH, "Kas Tunai", TillKind.CASH, True),
    (AccountRole.PETTY_CASH, "Kas Kecil", TillKind.CASH, False),
    (AccountRole.BANK_BRI, "Bank BRI", TillKind.BANK, True),
    (AccountRole.BANK_JATENG, "Bank Jateng", TillKind.BANK, True),
    (AccountRole.FLOAT_BRILINK, "Saldo BRILink", TillKind.FLOAT, True),
    (AccountRole.FLOAT_JATENG, "Saldo Laku Pandai", TillKind.FLOAT, True),
    (AccountRole.FLOAT_PPOB, "Deposit PPOB", TillKind.FLOAT, True),
)
# Where the codes of further accounts begin, so that a kind stays together in the chart.
_FIRST_CODE = {TillKind.CASH: 11, TillKind.BANK: 40, TillKind.FLOAT: 23}


@dataclass(frozen=True)
class Standing:
    """A till with what it holds, and in whose hand it is (empty: nobody's)."""

    till: Till
    account: Account
    balance: Rupiah
    held_by: str
    shift_id: int | None


def seed_tills() -> None:
    """Enter the standard tills of a new cooperative; its chart must stand already."""
    db.session.flush()
    db.session.add_all(
        Till(name=name, kind=kind, account_id=ledger.account(role).id, active=active)
        for role, name, kind, active in _STANDARD
    )


def tills(*kinds: TillKind) -> Sequence[Till]:
    """The tills in use (of these kinds), in the order of the chart."""
    query = select(Till).join(Account, Account.id == Till.account_id).where(Till.active)
    if kinds:
        query = query.where(Till.kind.in_(kinds))
    return db.session.scalars(query.order_by(Account.code)).all()


def find(till_id: int) -> Till | None:
    return db.session.scalar(select(Till).where(Till.id == till_id))


def main_till() -> Till:
    """The drawer (Kas Tunai) that takes what nobody's shift does."""
    query = select(Till).where(Till.account_id == ledger.account(AccountRole.CASH).id)
    return db.session.scalars(query).one()


def standings() -> list[Standing]:
    """Every till, those put away included, with what it holds."""
    rows = db.session.execute(
        select(Till, Account, User.name, Shift.id)
        .join(Account, Account.id == Till.account_id)
        .outerjoin(Shift, (Shift.till_id == Till.id) & Shift.closed_at.is_(None))
        .outerjoin(User, User.id == Shift.cashier_id)
        .order_by(Account.code)
    ).all()
    held = accounts.holdings(till.account_id for till, *_rest in rows)
    return [
        Standing(till, account, held[till.account_id], name or "", shift_id)
        for till, account, name, shift_id in rows
    ]


def asking_held(kind: TillKind) -> Select[int]:
    """What all tills of a kind hold together, as a question."""
    moved = func.coalesce(func.sum(AccountMonth.debit - AccountMonth.credit), 0)
    query = select(cast(moved, BigInteger)).select_from(AccountMonth)
    return query.join(Till, Till.account_id == AccountMonth.account_id).where(Till.kind == kind)


def add(name: str, kind: TillKind) -> Till:
    """Open a till with an account of its own; `Invalid` for a name in use. The caller commits."""
    _lock_all()
    _check_name(name, but=None)
    account = accounts.open_money_account(name, first=_FIRST_CODE[kind])
    till = Till(name=name, kind=kind, account_id=account.id)
    db.session.add(till)
    db.session.flush()
    return till


def change(till: Till, *, name: str, active: bool) -> None:
    """Rename a till, put it away or take it up again; only an empty one is put away.

    `Invalid` for a name in use. The caller commits.
    """
    _lock_all()
    _check_name(name, but=till.id)
    if till.active and not active:
        _check_idle(till)
    till.name, till.active = name, active
    db.session.flush()


def lock(*which: Till) -> None:
    """Keep tills to ourselves while we look whether they hold enough."""
    ids = sorted(till.id for till in which)
    db.session.execute(select(Till.id).where(Till.id.in_(ids)).order_by(Till.id).with_for_update())


def check_gave(till: Till, amount: Rupiah) -> None:
    """After money was booked out: a till cannot give what it did not hold, a `DomainError`.

    Lock the till before booking.
    """
    left = accounts.holding(till.account_id)
    if left < 0:
        raise DomainError(
            _(
                "There is %(held)s in %(till)s: not enough for %(amount)s.",
                held=rupiah(left + amount),
                till=till.name,
                amount=rupiah(amount),
            )
        )


def _lock_all() -> None:
    db.session.execute(select(Till.id).order_by(Till.id).with_for_update())


def _check_name(name: str, *, but: int | None) -> None:
    same = select(Till.id).where(Till.name == name, Till.id != (but or 0))
    if db.session.scalar(same) is not None:
        raise Invalid(_("There is one of this name already."))


def _check_idle(till: Till) -> None:
    if till.account_id == ledger.account(AccountRole.CASH).id:
        raise DomainError(_("The main drawer cannot be put away."))
    if db.session.scalar(
        select(Shift.id).where(Shift.till_id == till.id, Shift.closed_at.is_(None))
    ):
        raise DomainError(_("A cashier has it in hand. Close the shift first."))
    if held := accounts.holding(till.account_id):
        raise DomainError(
            _("There is still %(held)s in it. Move the money first.", held=rupiah(held))
        )
