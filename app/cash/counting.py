"""Closing a shift: what was counted, by denomination, against what the books say."""

from collections.abc import Mapping
from datetime import datetime

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select

from app.approvals import services as approvals
from app.approvals.models import Approval, ApprovalState
from app.approvals.services import Shown
from app.cash import shifts
from app.cash.models import Shift, Till
from app.core import clock
from app.core.errors import DomainError
from app.core.money import Rupiah, rupiah
from app.extensions import db
from app.ledger import accounts
from app.ledger import services as ledger
from app.ledger.models import AccountRole, Journal
from app.ledger.services import Line, Source

DENOMINATIONS = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100)
CLOSE_FOR_OTHER = "cash.close_for_other"
LARGE_DIFFERENCE = "cash.difference"


def close(shift_id: int, counts: Mapping[int, int], *, note: str, page: str) -> Approval | None:
    """Close a shift by a count, and book what is missing or too much.

    Somebody else's shift, or a difference above the limit, is asked for instead: the request
    is returned, and `page` is where the second person can look at the shift.
    `shifts.Unexplained` when there is a difference without a note. The caller commits.
    """
    shift = _locked(shift_id)
    held = _found(shift_id)
    if shift.closed_at is not None:
        raise DomainError(_("This shift has been closed already."))
    counted, expected = total(counts), accounts.holding(held.till.account_id)
    if counted != expected and not note:
        raise shifts.Unexplained(shifts.differs(counted, expected), counted - expected)
    kind = _second_person_for(shift, counted - expected)
    if kind is not None:
        return _ask(kind, held, counts, expected, note, page)
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


def asked(shift_id: int) -> Shown | None:
    """The last request to close a shift by a count, whatever became of it."""
    kinds = (CLOSE_FOR_OTHER, LARGE_DIFFERENCE)
    found = filter(None, (approvals.find_by_key(kind, str(shift_id)) for kind in kinds))
    last = max(found, key=lambda approval: approval.asked_at, default=None)
    return approvals.find(last.id) if last else None


def booked(shift: Shift) -> Journal | None:
    """Where the difference of a shift stands in the books; None when it agreed."""
    return ledger.find_by_source(_source(shift))


def total(counts: Mapping[int, int]) -> Rupiah:
    """What so many notes and coins of each denomination come to."""
    return sum(value * pieces for value, pieces in counts.items())


def _second_person_for(shift: Shift, difference: Rupiah) -> str | None:
    if shift.cashier_id != g.actor_id:
        return CLOSE_FOR_OTHER
    return LARGE_DIFFERENCE if approvals.needs_second(abs(difference)) else None


def _ask(
    kind: str, held: shifts.Held, counts: Mapping[int, int], expected: Rupiah, note: str, page: str
) -> Approval:
    _check_nothing_waits(held.shift, counts)
    counted = total(counts)
    title = f"Tutup kas {held.cashier} di {held.till.name}: dihitung {rupiah(counted)}"
    return approvals.ask(
        kind,
        str(held.shift.id),
        title=f"{title}, buku {rupiah(expected)}",
        amount=abs(counted - expected),
        reason=note or "Hitungan cocok dengan buku",
        shift_id=held.shift.id,
        counts=_written(counts),
        expected=expected,
        counted_at=clock.now().isoformat(),
        page=page,
    )


def _check_nothing_waits(shift: Shift, counts: Mapping[int, int]) -> None:
    """Two counts of one drawer cannot both be right: the earlier one is taken back first."""
    waiting = asked(shift.id)
    if waiting is None or waiting.approval.state is not ApprovalState.WAITING:
        return
    if waiting.approval.arguments["counts"] != _written(counts):
        raise DomainError(
            _(
                "A count by %(who)s waits for an answer already. It must be taken back or"
                " refused first.",
                who=waiting.asked_by,
            )
        )


def _settle(
    shift: Shift,
    till: Till,
    counts: Mapping[int, int],
    expected: Rupiah,
    counted_at: datetime,
    note: str,
) -> None:
    shift.counts = _written(counts)
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
        source=_source(shift),
        lines=lines,
    )


def _source(shift: Shift) -> Source:
    return Source("cash.difference", str(shift.id))


def _written(counts: Mapping[int, int]) -> dict[str, int]:
    """As JSON keeps it."""
    return {str(value): pieces for value, pieces in counts.items()}


def _found(shift_id: int) -> shifts.Held:
    held = shifts.find(shift_id)
    assert held is not None
    return held


def _locked(shift_id: int) -> Shift:
    """To ourselves: two who close at once must not both be heard."""
    query = select(Shift).where(Shift.id == shift_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
