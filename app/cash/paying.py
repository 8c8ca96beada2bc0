"""Paying members out: from the drawer of one's own shift, or from the bank one chooses."""

from collections.abc import Sequence
from datetime import date

from app.cash import tills
from app.cash.models import Till, TillKind
from app.core.money import Rupiah
from app.ledger import services as ledger
from app.ledger.models import VoucherKind
from app.ledger.services import Line, Posted, Source


def sources() -> Sequence[Till]:
    """The drawers and bank accounts that a member may be paid from."""
    return tills.tills(TillKind.CASH, TillKind.BANK)


def named(till_id: int | None) -> Till:
    """The till that a request names; the main drawer for one made before it could."""
    return (tills.find(till_id) if till_id else None) or tills.main_till()


def pay(
    till: Till, amount: Rupiah, lines: Sequence[Line], *, on: date, memo: str, source: Source
) -> Posted:
    """Book what is paid out of a till; no more than it holds: a `DomainError`.

    Again with the same source, it counts once. The caller commits.
    """
    tills.lock(till)
    posted = ledger.post(
        on=on,
        memo=memo,
        source=source,
        lines=[*lines, *([Line(till.account_id, credit=amount)] if amount else [])],
        voucher=VoucherKind.CASH_OUT,
    )
    if not posted.again:
        tills.check_gave(till, amount)
    return posted
