"""An asset goes (pelepasan): sold, or written off. What goes below its book value is a loss
that a second person agrees to."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.assets import depreciation, register
from app.assets.models import Asset
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
    _check(asset, how)
    loss = _value_at(asset, how.on) - how.proceeds
    if loss <= 0:
        return _carry_out(asset, how)
    return approvals.ask(
        KIND,
        str(asset.id),
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
    asset = db.session.scalars(select(Asset).where(Asset.id == known["asset"])).one()
    day = date.fromisoformat(known["on"])
    how = Disposal(day, known["proceeds"], known["money"], approval.reason)
    _check(asset, how)
    _carry_out(asset, how)


def _check(asset: Asset, how: Disposal) -> None:
    if asset.disposed_on is not None:
        raise DomainError(_("It is gone already."))
    if how.on < asset.acquired_on:
        raise DomainError(_("Nothing goes before it was acquired."))
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
    asset.disposed_on, asset.disposal = how.on, how.reason
    db.session.flush()
    return ledger.post(
        on=how.on,
        memo=f"Pelepasan {asset.name} ({asset.code}): {how.reason}",
        source=Source("assets.disposal", str(asset.id)),
        lines=_lines(asset, worth.lost, worth.book_value, how),
        voucher=VoucherKind.CASH_IN if how.proceeds else VoucherKind.GENERAL,
    )


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
