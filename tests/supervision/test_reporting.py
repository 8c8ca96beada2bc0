"""What a cooperative reports to the city: its figures, and never a person."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from app.auth.permissions import Role
from app.cash import tills
from app.cash.models import TillKind
from app.core import clock
from app.core.period import Period
from app.dues import accrual
from app.extensions import db
from app.findings import services as findings
from app.ledger import months
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Line, Source, credit
from app.members import services as members
from app.supervision import city, reporting
from app.supervision.models import IndicatorDay, IndicatorMonth
from tests.factories import make_candidate, make_member, make_rate, pay

DAY = date(2026, 10, 31)
CANARY = "Kenari Rahasia"


def post(amount, role_debit, role_credit, on, key):
    ledger.post(
        on=on,
        memo=CANARY,
        source=Source("test", key),
        lines=[Line(role_debit, debit=amount), credit(role_credit, amount)],
    )


@pytest.fixture
def inside(scope, coop):
    with scope(coop):
        make_rate()
        yield coop


def test_members_are_counted_as_they_were_on_the_day(inside):
    for number in range(6):
        make_member(f"{CANARY} {number}", date(2026, 9, 1))
    make_member("Baru", date(2026, 10, 5))
    gone = make_member("Pergi", date(2026, 1, 5))
    members.leave(gone, on=date(2026, 10, 20), reason="Pindah")
    make_candidate("Calon", date(2026, 10, 1))

    found = reporting.compute(DAY)

    assert (found["members_active"], found["members_candidates"]) == (7, 1)
    assert (found["members_joined"], found["members_leaving"]) == (1, 1)
    assert reporting.compute(date(2026, 9, 30))["members_active"] == 7
    assert reporting.compute(date(2026, 9, 30))["members_left"] == 0


def test_groups_too_small_to_hide_anybody_are_not_told_apart(inside):
    for number in range(6):
        make_member(f"Budi {number}", date(2026, 9, 1))
    make_member("Siti", date(2026, 9, 1), nik="3375015505800099")

    found = reporting.compute(DAY)
    assert (found["members_active"], found["members_women"], found["members_men"]) == (
        7,
        None,
        None,
    )


def test_dues_of_the_month_and_arrears_by_age_are_reported(inside):
    siti = make_member("Siti", date(2026, 6, 1))
    accrual.accrue(Period(2026, 10))
    pay(siti, on=date(2026, 7, 1), dues=20_000)

    found = reporting.compute(DAY)

    assert (found["dues_billed"], found["dues_settled"]) == (15_000, 0)
    # June is paid, July in part: 10.000 are 113 days late; August, September, October follow.
    assert found["arrears_over"] == 10_000
    assert (found["arrears_90"], found["arrears_60"], found["arrears_30"]) == (15_000,) * 3


def test_what_was_paid_after_the_day_does_not_count_on_it(inside):
    member = make_member("Siti", date(2026, 9, 1))
    pay(member, on=date(2026, 9, 1), principal=25_000)
    pay(member, on=date(2026, 10, 31), dues=15_000)
    accrual.accrue(Period(2026, 10))
    db.session.commit()
    before, after = reporting.compute(date(2026, 10, 30)), reporting.compute(DAY)
    long_before = reporting.compute(date(2026, 8, 31))

    assert (before["principal_payers"], before["mandatory_payers"]) == (1, 0)
    assert (after["principal_payers"], after["mandatory_payers"]) == (1, 1)
    assert before["arrears_30"] + before["arrears_60"] == 30_000
    assert after["arrears_30"] + after["arrears_60"] == 15_000
    assert long_before["principal_payers"] is None  # nothing stood in the books then


def test_before_the_first_bill_dues_are_unknown_and_not_nothing(inside):
    make_member("Siti", date(2026, 9, 1))

    found = reporting.compute(DAY)
    assert (found["dues_billed"], found["dues_settled"]) == (None, None)


def test_of_what_nobody_has_begun_to_keep_nothing_is_known(inside):
    found = reporting.compute(DAY)

    never = ("members_active", "arrears_30", "dues_members_billed", "savings_principal", "cash")
    assert {found[name] for name in never} == {None}
    assert (found["revenue"], found["assets"], found["principal_payers"]) == (None, None, None)

    make_candidate("Calon", date(2026, 10, 1))
    post(8_000, AccountRole.BANK_CHARGES, AccountRole.CASH, date(2026, 10, 4), "adm")
    begun = reporting.compute(DAY)
    assert (begun["members_active"], begun["members_candidates"]) == (0, 1)
    assert (begun["savings_principal"], begun["revenue"], begun["expenses"]) == (0, 0, 8_000)
    assert begun["principal_payers"] == 0
    assert begun["arrears_30"] is None


def test_the_books_give_savings_money_and_result(inside):
    siti = make_member("Siti", date(2026, 6, 1))
    pay(siti, on=date(2026, 10, 2), principal=25_000, voluntary=50_000)
    post(30_000, AccountRole.CASH, AccountRole.BANK_INTEREST, date(2026, 10, 3), "bunga")
    post(8_000, AccountRole.BANK_CHARGES, AccountRole.CASH, date(2026, 10, 4), "adm")
    post(40_000, AccountRole.CASH, AccountRole.INSTALMENTS_HELD, date(2026, 10, 21), "titip")

    found = reporting.compute(DAY)

    assert found["savings_principal"] == 25_000
    assert found["savings_voluntary"] == 50_000
    assert found["cash"] == 137_000
    assert (found["revenue"], found["expenses"]) == (30_000, 8_000)
    assert found["equity"] == 47_000
    assert (found["instalments_held"], found["instalments_days"]) == (40_000, 10)


def test_what_is_not_kept_here_is_unknown(inside):
    found = reporting.report(clock.today())
    kept = db.session.scalars(select(IndicatorDay)).one()

    assert "consignors" not in found
    assert kept.consignors is None
    assert kept.closed_through is None


def test_closing_findings_and_activity_are_reported(inside):
    post(5_000, AccountRole.CASH, AccountRole.GRANTS, date(2026, 9, 3), "hibah")
    months.close(Period(2026, 9))
    findings.write(title="Kas", text="-", seat=Role.TREASURER, due_on=date(2026, 10, 1))

    found = reporting.compute(DAY)

    assert found["closed_through"] == date(2026, 9, 30)
    assert (found["findings_open"], found["findings_overdue"]) == (1, 1)
    assert found["opening_entered"] == 1
    assert reporting.compute(clock.today())["last_activity_on"] == clock.today()


def test_reported_again_the_later_figures_count(inside):
    reporting.report(DAY)
    make_member("Siti", date(2026, 9, 1))
    reporting.report(DAY)

    assert [m.members_active for m in db.session.scalars(select(IndicatorMonth))] == [1]


def test_a_day_within_a_past_month_does_not_overwrite_the_month(inside):
    make_member("Siti", date(2026, 10, 20))
    reporting.report(DAY)
    reporting.report(date(2026, 10, 5))

    assert db.session.scalars(select(IndicatorMonth)).one().members_active == 1
    assert len(db.session.scalars(select(IndicatorDay)).all()) == 2


def test_old_days_are_dropped_and_months_stay(inside):
    old = Period.of(clock.today() - timedelta(days=120)).last_day
    reporting.report(old)
    reporting.report(clock.today())

    assert reporting.forget_old_days() == 1
    assert len(db.session.scalars(select(IndicatorMonth)).all()) == 2


def test_the_city_reads_the_figures_of_all_and_no_person(app, scope, coop, other_coop):
    for tenant in (coop, other_coop):
        with scope(tenant):
            make_member(CANARY)
            reporting.report(clock.today())
            db.session.commit()
    with app.app_context():
        rows = city.ask(text("SELECT * FROM indicator_months"))

    assert len(rows) == 2
    assert CANARY not in str(rows)


@pytest.mark.parametrize(
    "table", ["members", "parties", "journals", "postings", "users", "offices", "audit_events"]
)
def test_the_citys_role_reads_no_person_even_from_within_a_scope(app, coop, table):
    with app.app_context(), db.engines["city"].connect() as connection:
        connection.execute(text(f"SET LOCAL app.tenant_id = '{coop.id}'"))
        with pytest.raises(ProgrammingError, match="permission denied"), connection.begin_nested():
            connection.execute(text(f"SELECT * FROM {table}"))


def test_a_cooperative_cannot_report_for_another(scope, coop, other_coop):
    with scope(coop), pytest.raises(ProgrammingError, match="row-level security"):
        db.session.execute(
            text(
                'INSERT INTO indicator_days (tenant_id, "on", reported_at)'
                " VALUES (:id, now(), now())"
            ),
            {"id": other_coop.id},
        )


def test_the_kinds_of_money_are_told_apart(inside):
    bank = tills.tills(TillKind.BANK)[0]
    ledger.post(
        on=date(2026, 10, 2),
        memo="setor",
        source=Source("test", "bank"),
        lines=[Line(bank.account_id, debit=9_000), credit(AccountRole.GRANTS, 9_000)],
    )

    found = reporting.compute(DAY)
    assert (found["bank"], found["cash"], found["floats"]) == (9_000, 0, 0)
