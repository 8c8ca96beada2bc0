"""The board in a workbook. Always Indonesian."""

from collections.abc import Sequence
from datetime import date

from flask_babel import force_locale

from app.core import clock
from app.launch.board import Outlook, Place
from app.printing.days import written
from app.printing.workbooks import Cell, Sheet, workbook
from app.supervision.checklist import ITEMS

_OUTLOOKS = {
    Outlook.LAUNCHED: "sudah diluncurkan",
    Outlook.READY: "siap",
    Outlook.PLANNED: "direncanakan, belum lengkap",
    Outlook.NOT_YET: "belum siap",
}
_DAYS = (
    "Peluncuran awal",
    "Peluncuran besar",
    "Rencana peluncuran awal",
    "Rencana peluncuran besar",
    "Perkiraan siap",
    "Rencana RAT",
    "RAT terakhir",
)


def workbook_of(found: Sequence[Place], on: date, *, weeks: int) -> bytes:
    """One row a cooperative, one column an item, each in words."""
    with force_locale("id"):
        items = [str(item.label) for item in ITEMS.values()]
    head = ["Kecamatan", "Kelurahan", "Ada", "Kesiapan", *items, *_DAYS]
    rows = [_row(place, on, weeks) for place in found]
    above = ["Kesiapan peluncuran KKMP Kota Pekalongan", f"Per {written(on)}"]
    widths = [20, 24, 8, 26, *[13] * len(items), *[16] * len(_DAYS)]
    return workbook([Sheet("Peluncuran", above, head, rows, widths)])


def _row(place: Place, on: date, weeks: int) -> list[Cell]:
    days: list[Cell] = [
        place.soft_launched_on,
        place.grand_launched_on,
        place.soft_planned_on,
        place.grand_planned_on,
        None if place.grand_launched_on else place.projection(clock.today(), weeks).on,
        place.meeting_on,
        place.met_on,
    ]
    states = [place.state(item, on).value for item in ITEMS.values()]
    outlook = _OUTLOOKS[place.outlook(on)]
    return [place.district, place.ward, place.done(on), outlook, *states, *days]
