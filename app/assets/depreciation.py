"""Depreciation (penyusutan): a month for all assets at once, each month of an asset once.

What is due is everything until the last month that is over, so a month that was missed is made
up. A month whose books are closed is booked in the first open one. Taking a journal back frees
its months: they are due again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import insert, select

from app.assets.models import Asset, Depreciation
from app.core import clock
from app.core.money import Rupiah, allocate
from app.core.period import Period
from app.extensions import db
from app.ledger import months
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Line, Posted, Source


@dataclass(frozen=True)
class Part:
    """What an asset loses in a month."""

    asset: Asset
    period: Period
    amount: Rupiah


def last_due() -> Period:
    """The last month that is over."""
    return Period.of(clock.today() + timedelta(days=1)).previous()


def schedule(asset: Asset) -> list[Part]:
    """Every month of an asset that is depreciated here; the parts add up to what it loses."""
    if not asset.spread or not asset.months_here:
        return []
    amounts = allocate(asset.spread, [1] * asset.months_here)
    return [Part(asset, asset.begins.plus(n), amount) for n, amount in enumerate(amounts) if amount]


def due(through: Period | None = None) -> list[Part]:
    """What has to be booked by the end of a month and is not, in order of month and asset."""
    until = min(through or last_due(), last_due())
    used = db.session.scalars(select(Asset).where(Asset.disposed_on.is_(None))).all()
    return _unbooked(used, until)


def book(through: Period | None = None) -> list[Posted]:
    """Book everything due, one journal a month. Again, it books nothing. The caller commits."""
    return _book(lambda: due(through))


def book_before(asset: Asset, period: Period) -> None:
    """Book what an asset lost before the month in which it goes. The caller commits."""
    _book(lambda: _unbooked([asset], period.previous()))


def unbooked_before(asset: Asset, period: Period) -> Rupiah:
    """What is still to be booked of the months before one."""
    return sum(part.amount for part in _unbooked([asset], period.previous()))


def booked(asset: Asset) -> Sequence[Depreciation]:
    """The months of an asset that are in the books."""
    query = select(Depreciation).where(
        Depreciation.asset_id == asset.id, Depreciation.taken_back_by.is_(None)
    )
    return db.session.scalars(query.order_by(Depreciation.period)).all()


def _book(wanted: Callable[[], list[Part]]) -> list[Posted]:
    """One run at a time: who holds the number looks at what is left."""
    if not wanted():
        return []
    run = ledger.next_number("depreciation")
    months = groupby(wanted(), key=lambda part: part.period)
    return [_book_month(period, list(parts), run) for period, parts in months]


def _unbooked(assets: Iterable[Asset], until: Period) -> list[Part]:
    counts = Depreciation.taken_back_by.is_(None)
    booked = db.session.execute(select(Depreciation.asset_id, Depreciation.period).where(counts))
    done = {(asset_id, period) for asset_id, period in booked}
    parts = [
        part
        for asset in assets
        for part in schedule(asset)
        if part.period <= until and (asset.id, part.period.first_day) not in done
    ]
    return sorted(parts, key=lambda part: (part.period, part.asset.number))


def _book_month(period: Period, parts: list[Part], run: int) -> Posted:
    posted = ledger.post(
        on=_day(period),
        memo=f"Penyusutan {period.indonesian}",
        source=Source("assets.depreciation", f"{period}/{run}"),
        lines=[*_losses(parts), *_accumulated(parts)],
    )
    rows = [
        {
            "asset_id": part.asset.id,
            "period": period.first_day,
            "amount": part.amount,
            "journal_id": posted.journal_id,
        }
        for part in parts
    ]
    db.session.execute(insert(Depreciation), rows)
    return posted


def _day(period: Period) -> date:
    """The last day of the month, or of the first month after it that is still open."""
    while months.is_closed(period.first_day):
        period = period.next()
    return min(period.last_day, clock.today())


def _losses(parts: list[Part]) -> list[Line]:
    """The expense, by line of business."""
    sums: dict[int, Rupiah] = {}
    for part in parts:
        sums[part.asset.unit_id] = sums.get(part.asset.unit_id, 0) + part.amount
    return [
        Line(AccountRole.DEPRECIATION, debit=amount, unit_id=unit)
        for unit, amount in sorted(sums.items())
    ]


def _accumulated(parts: list[Part]) -> list[Line]:
    """What the assets have lost, by group and line of business."""
    sums: dict[tuple[AccountRole, int], Rupiah] = {}
    for part in parts:
        where = (part.asset.group.loss_account, part.asset.unit_id)
        sums[where] = sums.get(where, 0) + part.amount
    return [
        Line(role, credit=amount, unit_id=unit) for (role, unit), amount in sorted(sums.items())
    ]
