"""The chart of accounts (bagan akun) that a new cooperative starts with."""

import tomllib
from pathlib import Path

from app.extensions import db
from app.ledger.models import Account, AccountRole, AccountType, Side, Unit

_CHART = Path(__file__).with_suffix(".toml")
_TYPES = {
    "1": AccountType.ASSET,
    "2": AccountType.LIABILITY,
    "3": AccountType.EQUITY,
    "4": AccountType.REVENUE,
    "5": AccountType.EXPENSE,
    "6": AccountType.EXPENSE,
    "9.1": AccountType.REVENUE,
    "9.2": AccountType.EXPENSE,
    "9.3": AccountType.EXPENSE,
}


def seed_chart() -> None:
    """Enter the standard chart (domain reference 2.2) and units in the current cooperative."""
    chart = tomllib.loads(_CHART.read_text())
    db.session.add_all(
        Account(
            code=code,
            name=name,
            type=_type(code),
            side=Side(side),
            role=AccountRole(role[0]) if role else None,
        )
        for code, name, side, *role in chart["accounts"]
    )
    db.session.add_all(Unit(code=code, name=name) for code, name in chart["units"])


def _type(code: str) -> AccountType:
    return _TYPES.get(code[0]) or _TYPES[code[:3]]
