"""Every account has its line, also one that nobody thought of."""

import tomllib
from pathlib import Path

import pytest

from app.ledger import chart as chart_module
from app.ledger.models import AccountType
from app.statements.layout import fits, is_cash, layout

CHART = tomllib.loads(Path(chart_module.__file__).with_suffix(".toml").read_text())
CODES = [(code, chart_module._type(code)) for code, *_rest in CHART["accounts"]]
BALANCES = (AccountType.ASSET, AccountType.LIABILITY, AccountType.EQUITY)


def test_every_account_of_the_chart_has_a_line_that_names_it():
    for code, type in CODES:
        line = layout("position" if type in BALANCES else "results").place(code, type)

        assert any(fits(code, start) for start in line.codes), code


@pytest.mark.parametrize("way", ["in", "out"])
def test_every_account_against_cash_has_a_line_that_names_it(way):
    for code, type in CODES:
        line = layout("cash").place(code, type, way)

        assert line.way in ("both", way), code
        assert is_cash(code) or any(fits(code, start) for start in line.codes), code


@pytest.mark.parametrize("type", AccountType)
def test_an_account_that_no_line_names_stands_on_the_line_for_the_rest(type):
    plan = layout("position" if type in BALANCES else "results")

    assert type in plan.place("7.1.1.01", type).types
    assert type in layout("cash").place("7.1.1.01", type, "in").types


@pytest.mark.parametrize("name", ["position", "results", "cash"])
def test_the_key_of_a_line_is_its_own(name):
    keys = [line.key for line in layout(name).lines()]

    assert len(set(keys)) == len(keys)


def test_a_code_begins_with_whole_parts_only():
    assert fits("1.1.1.01", "1.1.1")
    assert not fits("1.1.10.01", "1.1.1")
