"""The four statements by the name under which they are asked for."""

from collections.abc import Callable

from app.statements.asked import Asked
from app.statements.cash import cash
from app.statements.equity import equity
from app.statements.layout import Layout, layout
from app.statements.position import position
from app.statements.results import results
from app.statements.statement import Statement

BUILD: dict[str, Callable[[Asked], Statement]] = {
    "posisi-keuangan": position,
    "hasil-usaha": results,
    "perubahan-ekuitas": equity,
    "arus-kas": cash,
}
LAYOUTS: dict[str, Layout] = {
    "posisi-keuangan": layout("position"),
    "hasil-usaha": layout("results"),
    "perubahan-ekuitas": layout("equity"),
    "arus-kas": layout("cash"),
}
OF_A_DAY = "posisi-keuangan"  # the others are of a period
