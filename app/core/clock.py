"""The only place that asks what time it is.

Instants are aware datetimes in UTC; business dates are dates on the city's calendar.
Tests replace `now`, so no other module calls `datetime.now` or `date.today`.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

CITY_TIMEZONE = ZoneInfo("Asia/Jakarta")


def now() -> datetime:
    return datetime.now(UTC)


def day_of(instant: datetime) -> date:
    """The calendar day of an instant in the city (WIB)."""
    return instant.astimezone(CITY_TIMEZONE).date()


def start_of(day: date) -> datetime:
    """The instant at which a day begins in the city."""
    return datetime.combine(day, time.min, CITY_TIMEZONE)


def today() -> date:
    return day_of(now())
