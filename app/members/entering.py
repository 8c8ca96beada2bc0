"""Entering many people at once: the register in batches, what they had saved in one journal."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert

from app.core import clock
from app.core.money import Rupiah
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Line, Source, credit, debit
from app.members import services
from app.members.examining import Good
from app.members.models import Member
from tenants.definitions import Key
from tenants.settings import setting

Report = Callable[[int, int], None]  # how many are done, of how many

BATCH = 1_000
_SERIES = "member"
_ROLES = (
    AccountRole.PRINCIPAL_SAVINGS,
    AccountRole.MANDATORY_SAVINGS,
    AccountRole.VOLUNTARY_SAVINGS,
)


def hold_register() -> None:
    """Keep others from registering until this transaction ends.

    Numbers are given out one after another, so whoever registers waits; a list that is
    examined now is still right when it is entered.
    """
    ledger.next_number(_SERIES, count=0)


def enter(good: Sequence[Good], *, on: date, source: str, report: Report) -> None:
    """Register the good rows and post what they had saved, an opening entry for each batch.

    They were members on paper, so nobody has been asked for consent yet. `source` names the
    list: it is never posted twice. The caller commits.
    """
    number = ledger.next_number(_SERIES, count=len(good))
    for start in range(0, len(good), BATCH):
        batch = good[start : start + BATCH]
        if start:
            report(start, len(good))
        ids = ledger.open_parties([row.who.name for row in batch])
        _register(batch, ids, number + start, on)
        _open_savings(batch, ids, on, f"{source}/{start}")


def _register(batch: Sequence[Good], ids: Sequence[int], number: int, on: date) -> None:
    joins = _Admission(on)
    now = clock.now()
    rows: list[dict[str, Any]] = [
        {
            "id": id,
            "number": number + place,
            "registered_on": row.joined_on or on,
            "joined_on": joins.day_of(row),
            "created_at": now,
            **services.columns_of(row.who),
        }
        for place, (row, id) in enumerate(zip(batch, ids, strict=True))
    ]
    db.session.execute(insert(Member), rows)


class _Admission:
    """From which day somebody in a list is a member, by the settings of that day."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._known: dict[date, tuple[bool, Rupiah]] = {}

    def day_of(self, row: Good) -> date | None:
        day = row.joined_on or self._on
        if day not in self._known:
            at_once = setting(Key.ADMISSION, day) == "registration"
            self._known[day] = at_once, int(setting(Key.PRINCIPAL, day))
        at_once, principal = self._known[day]
        return day if at_once or row.principal >= principal else None


def _open_savings(batch: Sequence[Good], ids: Sequence[int], on: date, source: str) -> None:
    lines = [line for row, id in zip(batch, ids, strict=True) for line in _opening(row, id)]
    if lines:
        ledger.post(
            on=on,
            memo="Saldo awal simpanan anggota dari daftar",
            source=Source("members.import", source),
            lines=[debit(AccountRole.OPENING, sum(line.credit for line in lines)), *lines],
        )


def _opening(row: Good, member_id: int) -> list[Line]:
    saved = zip(_ROLES, (row.principal, row.mandatory, row.voluntary), strict=True)
    return [credit(role, amount, member_id) for role, amount in saved if amount]
