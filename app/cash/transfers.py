"""Moving money from one till to another, fee included, as one act."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from app.cash import tills
from app.cash.models import Till
from app.core.errors import Invalid
from app.core.money import Rupiah
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Line, Posted, Source


@dataclass(frozen=True)
class Transfer:
    """So much from here to there; a fee goes out of where it came from."""

    source: Till
    target: Till
    amount: Rupiah
    fee: Rupiah = 0
    note: str = ""


def move(transfer: Transfer, *, on: date, key: UUID) -> Posted:
    """Move money; again with the same key, it counts once. The caller commits.

    It stays the cooperative's, so no second person is asked. `Invalid` when both are the same
    till, a `DomainError` when the first does not hold so much.
    """
    source, target = transfer.source, transfer.target
    if source.id == target.id:
        raise Invalid(_("Choose another one than where it comes from."))
    tills.lock(source, target)
    posted = ledger.post(
        on=on,
        memo=f"Pindah uang {source.name} ke {target.name}"
        + (f": {transfer.note}" if transfer.note else ""),
        source=Source("cash.transfer", str(key)),
        lines=_lines(transfer),
    )
    if not posted.again:
        tills.check_gave(source, transfer.amount + transfer.fee)
    return posted


def _lines(transfer: Transfer) -> list[Line]:
    fee = [Line(AccountRole.BANK_CHARGES, debit=transfer.fee)] if transfer.fee else []
    return [
        Line(transfer.target.account_id, debit=transfer.amount),
        *fee,
        Line(transfer.source.account_id, credit=transfer.amount + transfer.fee),
    ]
