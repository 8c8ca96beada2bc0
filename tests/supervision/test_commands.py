"""`flask supervision report`."""

import json

import pytest

from app.supervision.commands import supervision
from tests.factories import make_member


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(supervision, ["report", *words])


def test_a_month_is_reported_for_one(run, scope, coop):
    with scope(coop):
        make_member("Siti")
    result = run("--tenant", "maju", "--json")

    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["members_active"] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "2026-13"), "no month"),
        (("--period", "2099-01"), "still to come"),
        (("--tenant", "tidak-ada"), "no cooperative"),
    ],
)
def test_what_cannot_be_reported_is_said(run, coop, words, said):
    result = run(*words)

    assert result.exit_code == 1
    assert said in result.output
