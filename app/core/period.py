"""An accounting month (periode), such as 2026-03, on the city's calendar (WIB)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from babel.dates import format_date
from flask_babel import get_locale

from app.core import clock

_WRITTEN = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True)
class Period:
    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12 or not 1900 <= self.year <= 9998:
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def at(cls, instant: datetime) -> Self:
        """The month in which an instant falls in Pekalongan (case G3)."""
        return cls.of(clock.day_of(instant))

    @classmethod
    def current(cls) -> Self:
        return cls.of(clock.today())

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2026-03"; anything else, 2026-13 included, is a `ValueError`."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"no such month: {text!r}")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def named(self) -> str:
        """Jul 2025, for a sentence in the reader's language."""
        return str(format_date(self.first_day, "MMM y", locale=get_locale()))

    @property
    def indonesian(self) -> str:
        """Juli 2025, for what is kept: memos and titles are Indonesian, whoever writes them."""
        return str(format_date(self.first_day, "MMMM y", locale="id"))

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return self.next().first_day - timedelta(days=1)

    def days(self) -> Iterator[date]:
        """Every day of the month."""
        for number in range(self.last_day.day):
            yield self.first_day + timedelta(days=number)

    def next(self) -> "Period":
        return self.plus(1)

    def previous(self) -> "Period":
        return self.plus(-1)

    def plus(self, months: int) -> "Period":
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Period(year, month + 1)

    def through(self, last: "Period") -> Iterator["Period"]:
        """This month and every later one up to `last`; nothing when `last` is earlier."""
        period = Period(self.year, self.month)
        while period <= last:
            yield period
            period = period.next()
