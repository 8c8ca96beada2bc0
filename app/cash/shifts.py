"""Who has a drawer in hand: opening a shift, counting, closing it, what moved meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import g
from flask_babel import gettext as _
from sqlalchemy import Select, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import aliased

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.auth.models import User
from app.cash.models import Shift, Till, TillKind
from app.core import clock
from app.core.errors import DomainError
from app.core.money import Rupiah, rupiah
from app.extensions import db
from app.ledger import accounts
from app.ledger import services as ledger
from app.ledger.accounts import Movement
from app.ledger.models import AccountRole
from app.ledger.services import Line, Source
from tenants.scope import current_tenant
from tenants.settings import Key, setting

DENOMINATIONS = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100)
CLOSE_FOR_OTHER = "cash.close_for_other"
LARGE_DIFFERENCE = "cash.difference"
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
        raise Unexplained(_differs(count, balance), count - balance)
    shift = _insert(till, count, balance, note)
    if shift is None:
        raise DomainError(_why_not(till))
    return shift


def mine() -> Held | None:
    """The shift that the person of this request has open."""
    query = _query().where(Shift.cashier_id == g.get("actor_id"), Shift.closed_at.is_(None))
    return next(iter(_held(query)), None)


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


def total(counts: Mapping[int, int]) -> Rupiah:
    """What so many notes and coins of each denomination come to."""
    return sum(value * pieces for value, pieces in counts.items())


def close(shift_id: int, counts: Mapping[int, int], *, note: str, key: UUID) -> Approval | None:
    """Close a shift by a count, and book what is missing or too much.

    Somebody else's shift, or a difference above the limit, is asked for instead: the request
    is returned. `Unexplained` when there is a difference without a note. The caller commits.
    """
    shift = _locked(shift_id)
    held = _found(shift_id)
    if shift.closed_at is not None:
        raise DomainError(_("This shift has been closed already."))
    counted, expected = total(counts), accounts.holding(held.till.account_id)
    if counted != expected and not note:
        raise Unexplained(_differs(counted, expected), counted - expected)
    kind = _second_person_for(shift, counted - expected)
    if kind is not None:
        return _ask(kind, held, counts, expected, note, key)
    _settle(shift, held.till, counts, expected, clock.now(), note)
    return None


def carry_out(approval: Approval) -> None:
    """Close the shift that a second person has approved of, as it was counted then."""
    arguments = approval.arguments
    shift = _locked(arguments["shift_id"])
    if shift.closed_at is not None:
        raise DomainError(_("This shift has been closed already."))
    _settle(
        shift,
        _found(shift.id).till,
        {int(value): pieces for value, pieces in arguments["counts"].items()},
        arguments["expected"],
        datetime.fromisoformat(arguments["counted_at"]),
        approval.reason,
    )


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


def _differs(counted: Rupiah, expected: Rupiah) -> str:
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


def _second_person_for(shift: Shift, difference: Rupiah) -> str | None:
    if shift.cashier_id != g.actor_id:
        return CLOSE_FOR_OTHER
    return LARGE_DIFFERENCE if approvals.needs_second(abs(difference)) else None


def _ask(
    kind: str, held: Held, counts: Mapping[int, int], expected: Rupiah, note: str, key: UUID
) -> Approval:
    counted = total(counts)
    title = f"Tutup sif {held.cashier} di {held.till.name}: dihitung {rupiah(counted)}"
    return approvals.ask(
        kind,
        str(key),
        title=f"{title}, buku {rupiah(expected)}",
        amount=abs(counted - expected),
        reason=note or "Hitungan cocok dengan buku",
        shift_id=held.shift.id,
        counts={str(value): pieces for value, pieces in counts.items()},
        expected=expected,
        counted_at=clock.now().isoformat(),
    )


def _settle(
    shift: Shift,
    till: Till,
    counts: Mapping[int, int],
    expected: Rupiah,
    counted_at: datetime,
    note: str,
) -> None:
    shift.counts = {str(value): pieces for value, pieces in counts.items()}
    shift.counted, shift.expected = total(counts), expected
    shift.counted_at, shift.closed_at = counted_at, clock.now()
    shift.closed_by, shift.note = g.actor_id, note
    db.session.flush()
    if shift.difference:
        _book(shift, till)


def _book(shift: Shift, till: Till) -> None:
    amount = abs(shift.difference)
    if shift.difference < 0:
        lines = [Line(AccountRole.CASH_SHORT, debit=amount), Line(till.account_id, credit=amount)]
    else:
        lines = [Line(till.account_id, debit=amount), Line(AccountRole.CASH_OVER, credit=amount)]
    ledger.post(
        on=clock.day_of(shift.counted_at or clock.now()),
        memo=f"Selisih hitung {till.name}: {shift.note}",
        source=Source("cash.difference", str(shift.id)),
        lines=lines,
    )


def _found(shift_id: int) -> Held:
    held = find(shift_id)
    assert held is not None
    return held


def _locked(shift_id: int) -> Shift:
    """To ourselves: two who close at once must not both be heard."""
    query = select(Shift).where(Shift.id == shift_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


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
