"""An asset goes (pelepasan): sold, or written off. What goes below its book value is a loss
that a second person agrees to.

When the journal of its going is taken back, the asset is in use again as if it had never left:
the months between are due, and it may go again, from the day on which it came back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.assets import depreciation, register
from app.assets.models import Asset, AssetDisposal
from app.core.errors import DomainError
from app.core.money import Rupiah
from app.core.period import Period
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole, VoucherKind
from app.ledger.services import Line, Posted, Source

KIND = "assets.dispose"


@dataclass(frozen=True)
class Disposal:
    """How an asset goes: for how much (nothing: written off), into which account, and why."""

    on: date
    proceeds: Rupiah
    money_account_id: int
    reason: str


def dispose(asset: Asset, how: Disposal) -> Posted | Approval:
    """Let an asset go, or ask a second person where it goes below its value.

    The caller commits.
    """
    asset = _locked(asset.id)
    _check(asset, how)
    loss = _value_at(asset, how.on) - how.proceeds
    if loss <= 0:
        return _carry_out(asset, how)
    return approvals.ask(
        KIND,
        _next_key(asset),
        title=f"{asset.code} {asset.name}: {how.reason}",
        amount=loss,
        reason=how.reason,
        asset=asset.id,
        on=how.on.isoformat(),
        proceeds=how.proceeds,
        money=how.money_account_id,
    )


def carry_out(approval: Approval) -> None:
    """Let the asset go that a second person has agreed to."""
    known = approval.arguments
    asset = _locked(known["asset"])
    day = date.fromisoformat(known["on"])
    how = Disposal(day, known["proceeds"], known["money"], approval.reason)
    _check(asset, how)
    _carry_out(asset, how)


def history(asset: Asset) -> Sequence[AssetDisposal]:
    """How often it went and came back, the first time first."""
    query = select(AssetDisposal).where(AssetDisposal.asset_id == asset.id)
    return db.session.scalars(query.order_by(AssetDisposal.journal_id)).all()


def _locked(asset_id: int) -> Asset:
    """To ourselves, and as it is by now: one who takes it back may be at it too."""
    query = select(Asset).where(Asset.id == asset_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _next_key(asset: Asset) -> str:
    """The same while nothing happens, another once it went and came back."""
    return f"{asset.id}/{len(history(asset)) + 1}"


def _check(asset: Asset, how: Disposal) -> None:
    if asset.disposed_on is not None:
        raise DomainError(_("It is gone already."))
    if how.on < asset.acquired_on:
        raise DomainError(_("Nothing goes before it was acquired."))
    returned = max((g.back.posted_on for g in history(asset) if g.back), default=how.on)
    if how.on < returned:
        raise DomainError(
            _("It is back since %(day)s: choose that day or later.", day=f"{returned:%d-%m-%Y}")
        )
    last = register.worth(asset).last
    if last is not None and last >= Period.of(how.on):
        raise DomainError(
            _("It is depreciated through %(month)s already: choose a later day.", month=last)
        )


def _value_at(asset: Asset, on: date) -> Rupiah:
    """Its book value once the months before the one in which it goes are depreciated."""
    due = depreciation.unbooked_before(asset, Period.of(on))
    return register.worth(asset).book_value - due


def _carry_out(asset: Asset, how: Disposal) -> Posted:
    depreciation.book_before(asset, Period.of(how.on))
    worth = register.worth(asset)
    posted = ledger.post(
        on=how.on,
        memo=f"Pelepasan {asset.name} ({asset.code}): {how.reason}",
        source=Source("assets.disposal", _next_key(asset)),
        lines=_lines(asset, worth.lost, worth.book_value, how),
        voucher=VoucherKind.CASH_IN if how.proceeds else VoucherKind.GENERAL,
    )
    asset.disposed_on, asset.disposal = how.on, how.reason
    db.session.add(
        AssetDisposal(
            asset_id=asset.id, journal_id=posted.journal_id, disposed_on=how.on, reason=how.reason
        )
    )
    db.session.flush()
    return posted


def _lines(asset: Asset, lost: Rupiah, value: Rupiah, how: Disposal) -> list[Line]:
    gain = how.proceeds - value
    lines = [
        Line(how.money_account_id, debit=how.proceeds),
        Line(asset.group.loss_account, debit=lost, unit_id=asset.unit_id),
        Line(AccountRole.DISPOSAL_LOSS, debit=max(-gain, 0), unit_id=asset.unit_id),
        Line(asset.group.cost_account, credit=asset.cost, unit_id=asset.unit_id),
        Line(AccountRole.DISPOSAL_GAIN, credit=max(gain, 0), unit_id=asset.unit_id),
    ]
    return [line for line in lines if line.debit or line.credit]
