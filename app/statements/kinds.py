"""The four statements by the name under which they are asked for."""

from collections.abc import Callable

from app.statements.asked import Asked
from app.statements.cash import cash
from app.statements.equity import equity
from app.statements.layout import Layout, layout
from app.statements.position import position
from app.statements.results import results
from app.statements.statement import Statement, without_idle

EQUITY = "perubahan-ekuitas"
OF_A_DAY = "posisi-keuangan"  # the others are of a period

_BUILD: dict[str, Callable[[Asked], Statement]] = {
    OF_A_DAY: position,
    "hasil-usaha": results,
    EQUITY: equity,
    "arus-kas": cash,
}
LAYOUTS: dict[str, Layout] = {
    "posisi-keuangan": layout("position"),
    "hasil-usaha": layout("results"),
    "perubahan-ekuitas": layout("equity"),
    "arus-kas": layout("cash"),
}


def build(name: str, asked: Asked) -> Statement:
    """A statement by name; lines of business that did nothing have no column."""
    statement = _BUILD[name](asked)
    return without_idle(statement) if asked.every_unit and name != EQUITY else statement
