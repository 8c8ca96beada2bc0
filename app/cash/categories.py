"""Plain words for money in and out, and the accounts they stand for."""

import tomllib
from pathlib import Path

from app.cash.models import Category, Direction
from app.extensions import db
from app.ledger import accounts
from app.ledger import services as ledger

_STANDARD = Path(__file__).with_suffix(".toml")


def seed_categories() -> None:
    """Enter the words that a new cooperative starts with; its chart must stand already."""
    db.session.flush()
    standard = tomllib.loads(_STANDARD.read_text())
    lines = [(direction, *line) for direction in Direction for line in standard[direction]]
    account = accounts.coded(line[2] for line in lines)
    units = {unit.code: unit.id for unit in ledger.units()}
    db.session.add_all(
        Category(
            direction=direction,
            name=name,
            account_id=account[code].id,
            unit_id=units[unit[0]] if unit else None,
        )
        for direction, name, code, *unit in lines
    )
