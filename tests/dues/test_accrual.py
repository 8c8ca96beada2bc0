"""Billing where what was noted of a page of the register is less than what was billed."""

from datetime import date

from app.core.period import Period
from app.dues import accrual, waivers
from tests.factories import make_member, make_rate


def test_a_page_that_was_billed_further_than_noted_is_completed(scope, coop):
    """A run for an earlier month notes less; the first of the page, let off, does not tell."""
    with scope(coop):
        make_rate()
        first, _second = (make_member(name, date(2026, 1, 10)) for name in ("Ani", "Budi"))
        for month in (Period(2026, 2), Period(2026, 3)):
            waivers.waive(first, month, "Sakit")
        accrual.accrue(Period(2026, 3))
        make_member("Citra", date(2026, 1, 20))
        accrual.accrue(Period(2026, 1))

        completed = accrual.accrue(Period(2026, 3))

    assert completed.created == 2  # February and March of the third


def test_a_month_before_every_rate_is_billed_to_nobody(scope, coop):
    with scope(coop):
        make_member("Ani", date(2026, 1, 10))
        done, shown = accrual.accrue(Period(2011, 1)), accrual.preview(Period(2011, 1))

    assert (done.created, done.amount, done.skipped) == (0, 0, 1)
    assert shown.created == 0
