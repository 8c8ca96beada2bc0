"""`flask dues accrue`."""

import json

import pytest

from app.core.period import Period
from app.dues import accrual
from app.extensions import db
from app.jobs import services as jobs
from app.jobs.models import JobState
from tenants.scope import current_tenant
from tests.factories import make_member


@pytest.fixture(autouse=True)
def member(scope, coop):
    with scope(coop):
        make_member("Siti", joined_on=Period.current().previous().first_day)


@pytest.fixture
def accrue(app):
    return lambda *more: app.test_cli_runner().invoke(args=["dues", "accrue", *more])


def test_figures_for_machines_and_nothing_is_billed_twice(accrue):
    first, again = (json.loads(accrue("--json").output) for _ in range(2))

    assert first["period"] == str(Period.current())
    assert [t["slug"] for t in first["tenants"]].count("maju") == 1
    assert (first["total"]["created"], first["total"]["amount"]) == (2, 30_000)
    assert (again["total"]["created"], again["total"]["amount"]) == (0, 0)
    assert set(first["total"]) == {
        "created",
        "existing",
        "waived",
        "skipped",
        "amount",
        "milliseconds",
    }


def test_one_cooperative_and_its_job_is_kept(accrue, scope, coop):
    result = accrue("--tenant", "maju", "--period", str(Period.current().previous()))

    assert result.exit_code == 0
    assert "Rp15.000" in result.output
    with scope(coop):
        [(job, who)] = jobs.runs("dues.accrual")
        assert (job.state, who, job.result["created"]) == (JobState.DONE, "", 1)
        assert job.key.startswith("cli/")
        db.session.rollback()


@pytest.mark.parametrize(
    "more",
    [
        ["--period", "2026-13"],
        ["--period", "kemarin"],
        ["--tenant", "nowhere"],
        ["--period", str(Period.current().next())],
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(accrue, more):
    result = accrue(*more)

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1


def test_one_cooperative_that_fails_keeps_none_from_its_dues(
    accrue, scope, other_coop, monkeypatch
):
    with scope(other_coop):
        make_member("Budi", joined_on=Period.current().first_day)
    whole = accrual.accrue

    def breaks(period):
        if current_tenant().slug == "maju":
            raise LookupError("no rate")
        return whole(period)

    monkeypatch.setattr(accrual, "accrue", breaks)
    result = accrue("--json")

    assert result.exit_code == 1
    figures = json.loads(result.stdout)
    rows = {row["slug"]: row for row in figures["tenants"]}
    assert rows["maju"]["error"] == "LookupError: no rate"
    assert rows["sejahtera"]["created"] == figures["total"]["created"] == 1
    assert "maju: LookupError: no rate" in result.stderr
    assert result.stderr.endswith("1 of 29 cooperatives were not billed\n")


def test_where_the_first_one_fails_the_others_are_billed(accrue, monkeypatch):
    whole, first = accrual.accrue, []

    def breaks(period):
        done = whole(period)
        if not first:
            first.append(current_tenant().slug)
            raise LookupError("no rate")
        return done

    monkeypatch.setattr(accrual, "accrue", breaks)
    result = accrue("--json")

    assert result.stderr.endswith("1 of 28 cooperatives were not billed\n")
    assert json.loads(result.stdout)["total"]["created"] == 2


def test_what_is_wrong_with_a_month_and_a_cooperative_is_said_apart(accrue):
    month, place = accrue("--period", "2026-13").stderr, accrue("--tenant", "nowhere").stderr

    assert "2026-13" in month
    assert "nowhere" in place
    assert month.partition("'")[0] != place.partition("'")[0]
