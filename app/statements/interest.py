"""Interest on voluntary savings (simpanan sukarela) by the daily balance, and its tax.

A member's interest of a month is the sum of the balances at the end of each day, times the
rate of a year, divided by the days of the year, rounded down to the rupiah. The tax on it (PPh
4(2), case G10) is nothing up to an amount a month, and above it a part of the whole. Rates are
those in force on the first of the month, the tax rules those on its last day. Who has left by
the end of the month gets none: there is no savings book left to enter it in.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from app.core.errors import DomainError
from app.core.money import Rupiah
from app.core.period import Period
from app.core.rates import WHOLE, part_of
from app.ledger import parties
from app.ledger import services as ledger
from app.ledger.batch import Entry, post_many
from app.ledger.models import AccountRole
from app.ledger.parties import HeldDaily
from app.ledger.services import Source, credit, debit
from app.ledger.sources import booked
from app.members import services as members
from tenants.definitions import Key
from tenants.settings import Dated, in_force

KIND = "savings.interest"


@dataclass(frozen=True)
class Earned:
    """What one member's savings earned in a month."""

    party_id: int
    name: str
    daily_total: Rupiah
    interest: Rupiah
    tax: Rupiah

    @property
    def net(self) -> Rupiah:
        return self.interest - self.tax


@dataclass(frozen=True)
class Interest:
    """The interest of a month: the rules in force, what each earned, and what is booked."""

    period: Period
    rate: Dated  # of a year
    free: Dated  # of tax, a month
    tax_rate: Dated
    earned: Sequence[Earned]
    times: int  # journals that stand in the books for the month

    @property
    def days_of_year(self) -> int:
        return 366 if calendar.isleap(self.period.year) else 365

    @property
    def total(self) -> Rupiah:
        return sum(earned.interest for earned in self.earned)

    @property
    def tax(self) -> Rupiah:
        return sum(earned.tax for earned in self.earned)

    @property
    def is_booked(self) -> bool:
        return self.times > 0


def tax_on(interest: Rupiah, *, free: Rupiah, points: int) -> Rupiah:
    """The tax on a month's interest: of all of it, once it is more than what is free."""
    return part_of(interest, points) if interest > free else 0


def interest(period: Period) -> Interest:
    """What every member's voluntary savings earned in a month, by name."""
    month = Interest(
        period,
        rate=in_force(Key.INTEREST_RATE, period.first_day),
        free=in_force(Key.INTEREST_FREE, period.last_day),
        tax_rate=in_force(Key.INTEREST_TAX_RATE, period.last_day),
        earned=[],
        times=booked(KIND, str(period), AccountRole.VOLUNTARY_SAVINGS).count,
    )
    earned = (_earned(held, month) for held in _held(period))
    return replace(month, earned=[one for one in earned if one.interest])


def _held(period: Period) -> Sequence[HeldDaily]:
    """The daily balances of those who have not left by the end of a month."""
    account = ledger.account(AccountRole.VOLUNTARY_SAVINGS)
    gone = members.left_by(period.last_day)
    held = parties.held_daily(account, period.first_day, period.last_day)
    return [one for one in held if one.party_id not in gone]


def book(period: Period) -> int:
    """Enter the interest and tax of a month for all members at once; how many journals.

    A month that has been entered stays as it is: 0. The caller commits.
    """
    if period >= Period.current():
        raise DomainError(_("The interest of a month can be booked once the month is over."))
    month = interest(period)
    if month.is_booked:
        return 0
    entries = [_entry(period, earned) for earned in month.earned]
    return len(post_many(entries))


def _earned(held: HeldDaily, month: Interest) -> Earned:
    gross = held.total * month.rate.value // (WHOLE * month.days_of_year)
    tax = tax_on(gross, free=month.free.value, points=month.tax_rate.value)
    return Earned(held.party_id, held.name, held.total, max(gross, 0), tax)


def _entry(period: Period, earned: Earned) -> Entry:
    kept = credit(
        AccountRole.VOLUNTARY_SAVINGS, earned.net, earned.party_id, f"Bunga {period.indonesian}"
    )
    tax = [credit(AccountRole.INTEREST_TAX_PAYABLE, earned.tax)] if earned.tax else []
    return Entry(
        period.last_day,
        f"Bunga simpanan sukarela {period.indonesian} {earned.name}",
        Source(KIND, f"{period}/{earned.party_id}"),
        [debit(AccountRole.SAVINGS_INTEREST, earned.interest), kept, *tax],
    )
