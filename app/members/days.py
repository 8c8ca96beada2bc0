"""Reading a day, in the many ways that people write one in a list."""

import re
from datetime import date, timedelta

from flask_babel import gettext as _

from app.core import clock
from app.core.errors import Invalid

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan",
            "feb peb",
            "mar",
            "apr",
            "mei may",
            "jun",
            "jul",
            "agu ags agt aug",
            "sep",
            "okt oct",
            "nov nop",
            "des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_BETWEEN = r"[\s./,'’-]"
_DAY = re.compile(
    rf"(\d{{1,2}})(?:{_BETWEEN}+(\d{{1,2}}){_BETWEEN}+|{_BETWEEN}*([a-z]+){_BETWEEN}*)(\d{{4}}|\d{{2}})"
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_HOUR = re.compile(r"[\st]+\d{1,2}:\d{2}.*$")
_WEEKDAY = re.compile(r"^(senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad)\b[\s,]*")
_COUNTED = re.compile(r"(\d{5})([.,]\d+)?")
_DAY_0 = date(1899, 12, 30)  # from which Excel counts


def read(text: str) -> date:
    """A day in small letters; `Invalid` for what is none. Never in the American order."""
    plain = _WEEKDAY.sub("", _HOUR.sub("", text)).strip(" .,;")
    if found := _YEAR_FIRST.fullmatch(plain):
        return _real(int(found[1]), int(found[2]), int(found[3]), text)
    if found := _COUNTED.fullmatch(plain):
        return _DAY_0 + timedelta(days=int(found[1]))
    match = _DAY.fullmatch(plain)
    month = _month(match[2] or match[3]) if match else None
    if match is None or month is None:
        raise Invalid(_("The date “%(text)s” cannot be read. Write 24-11-2026.", text=text))
    year = int(match[4])
    return _real(_century(year) if year < 100 else year, month, int(match[1]), text)


def _month(text: str) -> int | None:
    return int(text) if text.isdigit() else _MONTHS.get(text[:3])


def _century(year: int) -> int:
    """Two digits mean the last hundred years, this one included."""
    this = clock.today().year
    return year + this // 100 * 100 - (100 if year > this % 100 else 0)


def _real(year: int, month: int, number: int, text: str) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise Invalid(_("The day %(text)s does not exist in the calendar.", text=text)) from None
