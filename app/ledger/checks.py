"""What is looked at before a month is closed. A package with something to check adds to CHECKS.

A check is a function of the month that answers with a `Check`; it only reads, and only what
really can be told.
"""

from collections.abc import Callable
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.approvals import services as approvals
from app.assets import depreciation, register
from app.banking.matching import last_signed
from app.cash import shifts, tills
from app.cash.models import Till, TillKind
from app.core import clock
from app.core.money import Rupiah, rupiah
from app.core.period import Period
from app.ledger import accounts, closing, recurring, services
from app.ledger.closing import Check
from app.ledger.models import AccountRole


def shifts_closed(period: Period) -> Check:
    """No cashier still has a drawer in hand since then."""
    held = [shifts.find(standing.shift_id) for standing in tills.standings() if standing.shift_id]
    since = [one for one in held if one and clock.day_of(one.shift.opened_at) <= period.last_day]
    return Check(
        _("Cashiers' shifts are closed"),
        not since,
        _("done") if not since else ngettext("%(num)s open", "%(num)s open", len(since)),
        url_for("cash.index"),
        ", ".join(sorted({one.cashier for one in since})),
    )


def no_money_below_zero(period: Period) -> Check:
    """No drawer, bank account or float holds less than nothing at the end of the month."""
    held = accounts.holdings_through(accounts.money(), period)
    below = sorted(account for account, amount in held.items() if amount < 0)
    names = ", ".join(account.name for account in accounts.named(below).values())
    return Check(
        _("No cash, bank or float is below zero"),
        not below,
        _("done") if not below else ngettext("%(num)s account", "%(num)s accounts", len(below)),
        url_for("cash.index"),
        names,
    )


def banks_reconciled(period: Period) -> Check:
    """Every bank account that is used has been signed to agree with the bank's statement."""
    banks = tills.tills(TillKind.BANK)
    used = accounts.used([till.account_id for till in banks], period)
    left = [
        till
        for till in banks
        if till.account_id in used and not _signed_through(till, period.last_day)
    ]
    return Check(
        _("Bank statements agree with the books"),
        not left,
        _("done") if not left else ngettext("%(num)s account", "%(num)s accounts", len(left)),
        url_for("banking.index"),
        ", ".join(till.name for till in left),
    )


def nothing_in_transit(period: Period) -> Check:
    return _empty(
        AccountRole.CASH_IN_TRANSIT,
        period,
        _("Money on its way has arrived"),
        _("Where it has arrived, record that in a new journal."),
    )


def instalments_remitted(period: Period) -> Check:
    return _empty(
        AccountRole.INSTALMENTS_HELD,
        period,
        _("Instalments collected for the bank are remitted"),
        _("Once it is remitted, record that in a new journal."),
    )


def customers_money_remitted(period: Period) -> Check:
    return _empty(
        AccountRole.AGENCY_HELD,
        period,
        _("Customers' money for bills and transfers is remitted"),
        _("Once it is remitted, record that in a new journal."),
    )


def recurring_made(period: Period) -> Check:
    """Every entry that comes back has been made."""
    left = [due for due in recurring.due(period) if due.journal is None]
    return Check(
        _("Recurring journals are made"),
        not left,
        _("done") if not left else ngettext("%(num)s to make", "%(num)s to make", len(left)),
        url_for("entries.templates", bulan=str(period)),
    )


def depreciation_booked(period: Period) -> Check:
    left = sum(part.amount for part in depreciation.due(period))
    return Check(
        _("Depreciation is booked"),
        not left,
        _("done") if not left else rupiah(left),
        url_for("fixed_assets.due"),
    )


def assets_agree(period: Period) -> Check:
    """The register of assets says what the books say, by now."""
    apart = [one for one in register.agreements() if not one.agrees]
    return Check(
        _("The register of assets agrees with the books"),
        not apart,
        _("done") if not apart else _("differs"),
        url_for("fixed_assets.index"),
    )


def nothing_waits(period: Period) -> Check:
    """Nobody waits for a second person: what is agreed to later could not be dated then."""
    waiting = [
        shown
        for shown in approvals.waiting()
        if shown.approval.kind not in (closing.CLOSE, closing.REOPEN)
    ]
    return Check(
        _("No request waits for a second person"),
        not waiting,
        _("done") if not waiting else ngettext("%(num)s waiting", "%(num)s waiting", len(waiting)),
        url_for("approvals.index"),
    )


def opening_explained(period: Period) -> Check:
    return _empty(
        AccountRole.OPENING,
        period,
        _("The opening balances are explained"),
        _("What was missing at the beginning is recorded in a new journal against this account."),
    )


CHECKS: list[Callable[[Period], Check]] = [
    shifts_closed,
    no_money_below_zero,
    banks_reconciled,
    nothing_in_transit,
    instalments_remitted,
    customers_money_remitted,
    recurring_made,
    depreciation_booked,
    assets_agree,
    nothing_waits,
    opening_explained,
]


def _empty(role: AccountRole, period: Period, title: str, remedy: str) -> Check:
    """An account that holds nothing at the end of the month, or what to do about it."""
    account = services.account(role)
    held: Rupiah = accounts.holdings_through([account.id], period)[account.id]
    return Check(
        title,
        held == 0,
        rupiah(abs(held)) if held else _("done"),
        url_for(
            "ledger.account",
            code=account.code,
            dari=f"{period.first_day:%d-%m-%Y}",
            sampai=f"{period.last_day:%d-%m-%Y}",
        ),
        remedy if held else "",
    )


def _signed_through(till: Till, day: date) -> bool:
    last = last_signed(till)
    return last is not None and last.until >= day
