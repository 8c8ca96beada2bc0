"""The month's final tax and the interest on savings: how they come about, and booking them."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.auth.permissions import Permission
from app.core import clock
from app.core.period import Period
from app.statements import interest, tax
from app.statements.forms import BookForm, MonthForm
from app.web.access import require
from app.web.once import done, once
from app.web.templating import month as month_name
from tenants.definitions import Key
from tenants.settings import setting

bp = Blueprint("taxes", __name__, url_prefix="/laporan", template_folder="templates")


@bp.get("/pajak")
@require(Permission.LEDGER_VIEW)
def final() -> tuple[str, int]:
    """The final income tax of a month."""
    form = MonthForm(request.args)
    period = form.read()
    page = render_template(
        "statements/tax.html",
        form=form,
        period=period,
        tax=tax.final_tax(period) if period else None,
        over=period is not None and period < Period.current(),
        ledger_of=_days(period) if period else {},
        due_day=setting(Key.FINAL_TAX_DUE_DAY, clock.today()),
        months=_months("taxes.final", period),
        book=BookForm(formdata=None),
    )
    return page, 200 if period else 422


@bp.post("/pajak/<period>/catat")
@require(Permission.LEDGER_POST)
@once
def book_final(period: str) -> Any:
    """Book what is missing of a month's tax."""
    month = _period(period)
    posted = tax.book(month)
    if posted is None:
        flash(_("All of this month's tax already stands in the books."))
    else:
        flash(_("The tax stands in the books."))
    return done(url_for("taxes.final", bulan=str(month)))


@bp.get("/bunga")
@require(Permission.LEDGER_VIEW)
def savings() -> tuple[str, int]:
    """The interest on voluntary savings of a month, member by member."""
    form = MonthForm(request.args)
    period = form.read()
    page = render_template(
        "statements/interest.html",
        form=form,
        period=period,
        month=interest.interest(period) if period else None,
        over=period is not None and period < Period.current(),
        months=_months("taxes.savings", period),
        book=BookForm(formdata=None),
    )
    return page, 200 if period else 422


@bp.post("/bunga/<period>/catat")
@require(Permission.LEDGER_POST)
@once
def book_interest(period: str) -> Any:
    """Enter the interest of a month for all members."""
    month = _period(period)
    count = interest.book(month)
    if count:
        flash(
            ngettext(
                "The interest of one member stands in the books.",
                "The interest of %(num)d members stands in the books.",
                count,
            )
        )
    else:
        flash(_("There was nothing left to book for this month."))
    return done(url_for("taxes.savings", bulan=str(month)))


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        abort(404)


def _days(period: Period) -> dict[str, Any]:
    """How the ledger of an account is asked for, for one month."""
    last = min(period.last_day, clock.today())
    return {"dari": f"{period.first_day:%d-%m-%Y}", "sampai": f"{last:%d-%m-%Y}"}


def _months(endpoint: str, shown: Period | None) -> list[tuple[Any, str, bool, None]]:
    """The last months, as chips."""
    current = Period.current()
    return [
        (month_name(month), url_for(endpoint, bulan=str(month)), month == shown, None)
        for month in (current.plus(-back) for back in range(4))
    ]
