"""The register of what the cooperative owns: entering a thing, what it is worth, what agrees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.assets.models import Asset, AssetGroup, Condition, Depreciation
from app.core.errors import Invalid
from app.core.money import Rupiah
from app.core.period import Period
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Line, Source


@dataclass(frozen=True)
class Particulars:
    """What is written down of an asset."""

    name: str
    group: AssetGroup
    unit_id: int
    acquired_on: date
    cost: Rupiah
    residual: Rupiah
    life_months: int
    brand: str = ""
    quantity: int = 1
    location: str = ""
    condition: Condition = Condition.GOOD
    lost_before: Rupiah = 0
    depreciated_from: Period | None = None  # where an earlier part is in the books already


@dataclass(frozen=True)
class Worth:
    """An asset with what it has lost by now."""

    asset: Asset
    lost: Rupiah
    last: Period | None  # the last month that is depreciated

    @property
    def book_value(self) -> Rupiah:
        return self.asset.cost - self.lost


@dataclass(frozen=True)
class Agreement:
    """Whether the register and the books say the same of a group."""

    group: AssetGroup
    cost: Rupiah
    cost_in_books: Rupiah
    lost: Rupiah
    lost_in_books: Rupiah

    @property
    def agrees(self) -> bool:
        return (self.cost, self.lost) == (self.cost_in_books, self.lost_in_books)


def enter(what: Particulars, *, as_grant: bool = False) -> Asset:
    """Enter an asset; a gift is booked with it, a purchase stands in the books already.

    The caller commits. Raises `Invalid` where the figures contradict each other.
    """
    begins = what.depreciated_from or Period.of(what.acquired_on)
    months = _months_left(what, begins)
    asset = Asset(
        number=ledger.next_number("asset"),
        first_period=begins.first_day,
        months_here=months,
        **{
            name: getattr(what, name)
            for name in Particulars.__dataclass_fields__
            if name != "depreciated_from"
        },
    )
    db.session.add(asset)
    db.session.flush()
    if as_grant:
        _book_grant(asset)
    return asset


def amend(asset: Asset, *, name: str, brand: str, location: str, condition: Condition) -> None:
    """Change what does not touch the books. The caller commits."""
    asset.name, asset.brand = name, brand
    asset.location, asset.condition = location, condition
    db.session.flush()


def find(number: int) -> Asset | None:
    return db.session.scalar(select(Asset).where(Asset.number == number))


def worths(*, disposed: bool = False) -> Sequence[Worth]:
    """Every asset in use, or those that are gone, with what it has lost; by number."""
    chosen = Asset.disposed_on.is_not(None) if disposed else Asset.disposed_on.is_(None)
    assets = db.session.scalars(select(Asset).where(chosen).order_by(Asset.number)).all()
    lost = _lost()
    return [_worth(asset, lost) for asset in assets]


def worth(asset: Asset) -> Worth:
    return _worth(asset, _lost(asset.id))


def agreements() -> Sequence[Agreement]:
    """The register beside the books, for each group that either of them knows."""
    used = worths()
    found = [_agreement(group, [w for w in used if w.asset.group is group]) for group in AssetGroup]
    return [one for one in found if any((one.cost, one.cost_in_books, one.lost, one.lost_in_books))]


def _months_left(what: Particulars, begins: Period) -> int:
    """How many months of its life are depreciated here; checks the figures on the way."""
    if begins < Period.of(what.acquired_on):
        raise Invalid(_("Nothing is depreciated before it was acquired."))
    if what.residual + what.lost_before > what.cost:
        raise Invalid(_("It cannot have lost more than it cost."))
    passed = (begins.year - what.acquired_on.year) * 12 + begins.month - what.acquired_on.month
    left = max(what.life_months - passed, 0)
    if left == 0 and what.cost - what.residual - what.lost_before:
        raise Invalid(_("Its life is over, yet it has not lost everything: check the figures."))
    return left


def _book_grant(asset: Asset) -> None:
    ledger.post(
        on=asset.acquired_on,
        memo=f"Hibah {asset.name} ({asset.code})",
        source=Source("assets.grant", str(asset.id)),
        lines=[
            Line(asset.group.cost_account, debit=asset.cost, unit_id=asset.unit_id),
            Line(AccountRole.GRANTS, credit=asset.cost),
        ],
    )


def _lost(asset_id: int | None = None) -> dict[int, tuple[Rupiah, date]]:
    query = (
        select(Depreciation.asset_id, func.sum(Depreciation.amount), func.max(Depreciation.period))
        .where(Depreciation.taken_back_by.is_(None))
        .group_by(Depreciation.asset_id)
    )
    if asset_id is not None:
        query = query.where(Depreciation.asset_id == asset_id)
    return {id: (int(amount), last) for id, amount, last in db.session.execute(query)}


def _worth(asset: Asset, lost: dict[int, tuple[Rupiah, date]]) -> Worth:
    amount, last = lost.get(asset.id, (0, None))
    return Worth(asset, asset.lost_before + amount, Period.of(last) if last else None)


def _agreement(group: AssetGroup, mine: Sequence[Worth]) -> Agreement:
    return Agreement(
        group,
        sum(worth.asset.cost for worth in mine),
        ledger.total(group.cost_account),
        sum(worth.lost for worth in mine),
        ledger.total(group.loss_account),
    )
