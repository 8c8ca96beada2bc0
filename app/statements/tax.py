"""The final income tax (PPh final) on a month's turnover (omzet); domain reference 2.9, case G10.

Turnover is what the accounts of revenue moved. Of what passes through the cooperative — bills,
instalments, goods on consignment — only the fee or commission is revenue, so only that counts.
Every rate and date is a setting; the tax is rounded down to the rupiah.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.errors import DomainError
from app.core.money import Rupiah
from app.core.period import Period
from app.core.rates import part_of
from app.ledger import reports
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Line, Posted, Source
from app.ledger.sources import booked
from app.statements.layout import is_turnover
from tenants.definitions import Key
from tenants.settings import Dated, in_force

KIND = "tax.final"


@dataclass(frozen=True)
class Revenue:
    """What one account brought to the turnover of a month."""

    code: str
    name: str
    amount: Rupiah


@dataclass(frozen=True)
class FinalTax:
    """The tax of a month: its base, the rules in force, what it comes to, what is booked."""

    period: Period
    revenues: Sequence[Revenue]
    year_so_far: Rupiah
    rate: Dated
    until: Dated  # the last day on which the final tax applies to the cooperative
    limit: Dated  # of turnover in a year
    booked: Rupiah
    times: int

    @property
    def base(self) -> Rupiah:
        return sum(revenue.amount for revenue in self.revenues)

    @property
    def applies(self) -> bool:
        ended = self.period.last_day > date.fromisoformat(self.until.value)
        return not ended and self.year_so_far <= self.limit.value

    @property
    def amount(self) -> Rupiah:
        return part_of(self.base, self.rate.value) if self.applies else 0

    @property
    def to_book(self) -> Rupiah:
        """What is still missing in the books; below zero when too much stands there."""
        return self.amount - self.booked


def final_tax(period: Period) -> FinalTax:
    """The final tax of a month, from the books as they are now."""
    day = period.last_day
    done = booked(KIND, str(period), AccountRole.FINAL_TAX_PAYABLE)
    return FinalTax(
        period,
        _revenues(period.first_day, day),
        sum(revenue.amount for revenue in _revenues(date(day.year, 1, 1), day)),
        in_force(Key.FINAL_TAX_RATE, day),
        in_force(Key.FINAL_TAX_UNTIL, day),
        in_force(Key.FINAL_TAX_LIMIT, day),
        done.amount,
        done.count,
    )


def book(period: Period) -> Posted | None:
    """Book what is missing of a month's tax; nothing when all of it stands in the books.

    The caller commits.
    """
    if period >= Period.current():
        raise DomainError(_("The tax of a month can be booked once the month is over."))
    tax = final_tax(period)
    missing = tax.to_book
    if missing == 0:
        return None
    more, less = max(missing, 0), max(-missing, 0)
    return ledger.post(
        on=period.last_day,
        memo=f"PPh final {period.indonesian}",
        source=Source(KIND, f"{period}/{tax.times + 1}"),
        lines=[
            Line(AccountRole.FINAL_TAX, debit=more, credit=less),
            Line(AccountRole.FINAL_TAX_PAYABLE, debit=less, credit=more),
        ],
    )


def _revenues(first: date, last: date) -> list[Revenue]:
    lines = reports.trial_balance(first, last).lines
    found = [
        Revenue(line.code, line.name, line.credit - line.debit)
        for line in lines
        if is_turnover(line.code)
    ]
    return [revenue for revenue in found if revenue.amount]
