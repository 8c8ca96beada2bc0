"""What is of fewer than five people does not leave the cooperative, nor what it follows from."""

from datetime import date

import pytest

from app.auth.permissions import Role
from app.core import clock
from app.core.period import Period
from app.dues import accrual
from app.extensions import db
from app.open import services
from app.supervision import attention, glance, overview, reporting
from app.supervision.measures import MEASURES
from app.supervision.withholding import withhold
from tests.factories import make_member, make_rate, pay
from tests.open.test_open_pages import line

MONTH = clock.today().replace(day=1)
ALONE = 1_234_567


def members(count, joined_on=MONTH):
    return [make_member(f"Budi {number}", joined_on) for number in range(count)]


def report():
    found = reporting.report(clock.today())
    db.session.commit()
    return found


@pytest.fixture
def active(scope, coop):
    """Six members with principal and dues paid, one of whom has put by an amount of their own."""
    with scope(coop):
        make_rate()
        people = members(6)
        accrual.accrue(Period.current())
        for member in people:
            pay(member, on=clock.today(), principal=25_000, dues=15_000)
        pay(people[0], on=clock.today(), voluntary=ALONE)
        return report()


def test_what_one_member_alone_has_saved_is_left_out_and_so_are_the_sums_it_is_in(active):
    assert active["savings_voluntary"] is None
    assert (active["assets"], active["equity"]) == (None, None)
    assert active["withheld"] == ["assets", "equity", "savings_voluntary"]


def test_the_ordinary_figures_of_an_active_cooperative_stay(active):
    assert (active["savings_principal"], active["savings_mandatory"]) == (150_000, 90_000)
    assert (active["dues_billed"], active["dues_settled"]) == (90_000, 90_000)
    assert active["cash"] == 240_000 + ALONE


def test_where_hardly_anybody_saves_the_money_it_became_is_left_out(scope, coop):
    with scope(coop):
        pay(make_member(), on=clock.today(), voluntary=ALONE)
        found = report()

    assert ALONE not in found.values()
    assert found["cash"] is None


def test_what_few_members_owe_is_left_out_and_what_five_owe_is_told(scope, coop):
    early = date(2026, 10, 1)
    with scope(coop):
        make_rate()
        people = members(6, early)
        accrual.accrue(Period(2026, 10))
        all_owe = withhold(reporting.compute(date(2026, 10, 31)))
        for member in people[1:]:
            pay(member, on=date(2026, 10, 30), dues=15_000)
        one_owes = withhold(reporting.compute(date(2026, 10, 31)))

    assert all_owe["arrears_30"] == 90_000
    assert one_owes["arrears_30"] is None
    assert (one_owes["dues_billed"], one_owes["dues_settled"]) == (90_000, 75_000)


def test_of_four_who_are_billed_the_share_who_paid_is_told_and_no_amount(scope, coop):
    with scope(coop):
        make_rate()
        people = members(4)
        accrual.accrue(Period.current())
        pay(people[0], on=clock.today(), dues=15_000)
        found = report()
        standing = overview.standings(Period.current(), tenant_id=coop.id)[0]
        steps = {stage.label: stage.reached for stage in glance.funnel(Period.current())}

    assert (found["dues_billed"], found["dues_settled"]) == (None, None)
    assert (found["dues_members_billed"], found["dues_members_settled"]) == (4, 1)
    assert attention._collected(standing.now) == 250  # who has stalled is seen all the same
    assert list(steps.values())[3] == 1


def test_nothing_owed_by_anybody_is_nothing_and_not_left_out(active):
    assert active["arrears_over"] == 0


def test_the_city_sees_the_sum_of_what_is_told_and_of_how_many_it_is_not_all(
    scope, active, other_coop, sign_in
):
    with scope(other_coop):
        pay(make_member("Siti"), on=clock.today(), voluntary=ALONE)
        report()
        row = glance.sums(Period.current()).row

    assert MEASURES["simpanan"].of(row) == 240_000
    assert MEASURES["simpanan"].left_out([row]) == 2

    dinas = sign_in(Role.CITY_AGENCY, None)
    page = dinas.get("/kota/?ukuran=simpanan").text
    assert "Simpanan (2 koperasi)" in page
    assert "tanpa milik kurang dari 5 orang" in page
    assert "1.234.567" not in page + dinas.get("/kota/koperasi/maju").text


def test_where_all_there_is_was_left_out_nothing_is_known_and_it_is_no_0(scope, coop):
    with scope(coop):
        pay(make_member(), on=clock.today(), voluntary=ALONE)
        report()
        savings = MEASURES["simpanan"]
        best = glance.ranking(savings, Period.current())
        (standing,) = overview.standings(Period.current(), tenant_id=coop.id)

        assert {place.now for place in best} == {None}
        assert savings.of(standing.now) is None
        assert savings.of(glance.sums(Period.current()).row) is None


def test_everybody_is_told_that_something_was_left_out_of_what_a_cooperative_publishes(
    app, scope, coop, active
):

    with scope(coop):
        services.publish(["savings"])
        db.session.commit()
    own = line(app, coop.ward)

    assert (own["simpanan"], own["disembunyikan"]) == ("", "simpanan")
    assert own["iuran_diterima"] == "90000"
