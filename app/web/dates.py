"""Days, months and times as people write them; what cannot be read is `Invalid`, in words."""

import re
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from app.core import clock
from app.core.errors import Invalid
from app.core.period import Period

_MONTHS = (
    ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"],
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
)
_YEARS = range(1, 9999)  # after each of which there is another day
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[a-z]+)[\s./-]+(\d{4}|\d{2})")
_MONTH = re.compile(r"(\d{1,2}|[a-z]+)[\s./-]+(\d{4})")
_TIME = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?")
_INSTANT = re.compile(r"(.*?)(?:\s+(\d{1,2}[.:]\d{2}(?:[.:]\d{2})?))?", re.DOTALL)


def read_day(text: str) -> date:
    """A day: 24-11-2026, 24/11/26, 24 Nov 2026, 2026-11-24."""
    if iso := _ISO.fullmatch(text.strip()):
        return _real_day(int(iso[1]), int(iso[2]), int(iso[3]))
    match = _DAY.fullmatch(text.strip().lower())
    month = _month(match[2]) if match else None
    if match is None or month is None:
        raise Invalid(_("Write the date as 24-11-2026."))
    year = int(match[3])
    return _real_day(_century(year) if year < 100 else year, month, int(match[1]))


def read_month(text: str) -> Period:
    """A month: Nov 2026, November 2026, 11-2026, 2026-11."""
    match = _MONTH.fullmatch(text.strip().lower())
    try:
        month = Period(int(match[2]), _month(match[1]) or 0) if match else Period.parse(text)
    except ValueError as error:
        raise Invalid(_("Write the month as Nov 2026.")) from error
    if month.year not in _YEARS:
        raise Invalid(_("Write the month as Nov 2026."))
    return month


def read_time(text: str) -> time:
    """A time of the day: 09:30, 9.30."""
    match = _TIME.fullmatch(text)
    try:
        return time(int(match[1]), int(match[2]))  # type: ignore[index]
    except (TypeError, ValueError):
        raise Invalid(_("Write the time as 14.05.")) from None


def read_past_instant(text: str) -> datetime:
    """The very end of a day or of the minute or second named; now for the day that goes on."""
    typed_day, typed_time = _INSTANT.fullmatch(text).groups()  # type: ignore[union-attr]
    end = _end_of(read_day(typed_day), typed_time or "")
    if end <= clock.now():
        return end
    if typed_time or clock.day_of(end) > clock.today():
        raise Invalid(_("The date is still to come."))
    return clock.now()


def _end_of(day: date, typed_time: str) -> datetime:
    """The last microsecond of a day, or of the minute or second named, in the city's zone."""
    parts = [int(part) for part in re.split("[.:]", typed_time) if part]
    hour, minute, second = (*parts, 0, 0, 0)[:3]
    try:
        begins = datetime.combine(day, time(hour, minute, second), clock.CITY_TIMEZONE)
    except ValueError:
        raise Invalid(_("Write the time as 14.05.")) from None
    lasts = (timedelta(days=1), timedelta(), timedelta(minutes=1), timedelta(seconds=1))
    return begins + lasts[len(parts)] - timedelta(microseconds=1)


def _real_day(year: int, month: int, day: int) -> date:
    if year not in _YEARS:
        raise Invalid(_("Write the date as 24-11-2026."))
    try:
        return date(year, month, day)
    except ValueError:
        raise Invalid(_("This day does not exist in the calendar.")) from None


def _century(year: int) -> int:
    """Two digits mean the last hundred years, this one included."""
    this = clock.today().year
    return year + this // 100 * 100 - (100 if year > this % 100 else 0)


def _month(text: str) -> int | None:
    """The number of a month in figures or in words, of either language; None: no such word."""
    if text.isdigit():
        return int(text)
    for names in _MONTHS:
        if text[:3] in names:
            return names.index(text[:3]) + 1
    return 8 if text.startswith("ags") else None
