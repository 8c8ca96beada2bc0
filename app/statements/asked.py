"""What somebody asks of a statement: days, a comparison, a line of business, known when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from babel.dates import format_date

from app.core.period import Period
from app.ledger import services as ledger
from app.ledger.models import Unit

EVERY_UNIT = "semua"


class Comparison(StrEnum):
    """What stands beside the figures asked for."""

    NONE = ""
    PREVIOUS = "sebelumnya"
    LAST_YEAR = "tahun-lalu"
    YEAR_START = "awal-tahun"


@dataclass(frozen=True)
class Span:
    """Some days of the books, of all lines of business or of one."""

    first: date
    last: date
    unit: Unit | None = None
    all_units: bool = False  # the sum beside the lines of business

    @property
    def unit_id(self) -> int | None:
        return self.unit.id if self.unit else None

    @property
    def label(self) -> str:
        """1 Jan-31 Des 2026, or the line of business where those stand side by side."""
        if self.all_units:
            return "Jumlah"
        return f"{short(self.first)} – {short(self.last)}"

    @property
    def label_of_day(self) -> str:
        return "Jumlah" if self.all_units else short(self.last)

    @property
    def year_start(self) -> date:
        return date(self.last.year, 1, 1)


@dataclass(frozen=True)
class Asked:
    """A statement as asked for. Without `known_at`, all that is known by now."""

    first: date
    last: date
    comparison: Comparison = Comparison.NONE
    unit: Unit | None = None
    every_unit: bool = False
    known_at: datetime | None = None

    @property
    def span(self) -> Span:
        return Span(self.first, self.last, self.unit)

    def spans(self) -> Sequence[Span]:
        """The columns of flows: what is asked for, then what it is compared with."""
        compared = {
            Comparison.NONE: self.span,
            Comparison.PREVIOUS: self._previous(),
            Comparison.LAST_YEAR: self._last_year(),
            Comparison.YEAR_START: replace(self.span, first=self.span.year_start),
        }[self.comparison]
        return self._beside(compared)

    def days(self) -> Sequence[Span]:
        """The columns of balances, of which only the last day counts."""
        compared = {
            Comparison.NONE: self.span,
            Comparison.PREVIOUS: replace(self.span, last=self.first - timedelta(days=1)),
            Comparison.LAST_YEAR: self._last_year(),
            Comparison.YEAR_START: replace(
                self.span, last=self.span.year_start - timedelta(days=1)
            ),
        }[self.comparison]
        return self._beside(compared)

    def _beside(self, compared: Span) -> Sequence[Span]:
        if self.every_unit:
            whole = replace(self.span, all_units=True)
            return [whole, *(replace(self.span, unit=unit) for unit in ledger.units())]
        return [self.span] if compared == self.span else [self.span, compared]

    def _previous(self) -> Span:
        """As many days before; whole months become whole months."""
        last = self.first - timedelta(days=1)
        if self.first.day == 1 and self.last == Period.of(self.last).last_day:
            months = _count_months(self.first, self.last)
            return replace(self.span, first=Period.of(last).plus(1 - months).first_day, last=last)
        return replace(self.span, first=self.first - (self.last - last), last=last)

    def _last_year(self) -> Span:
        return replace(self.span, first=year_before(self.first), last=_same_end(self.last))


def short(day: date) -> str:
    """31 Des 2026, as the statements write it."""
    return str(format_date(day, "d MMM y", locale="id"))


def long(day: date) -> str:
    """31 Desember 2026"""
    return str(format_date(day, "d MMMM y", locale="id"))


def year_before(day: date) -> date:
    """The same day of the year before; 29 February becomes the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _same_end(day: date) -> date:
    """The end of a month stays the end of a month."""
    before = year_before(day)
    return Period.of(before).last_day if day == Period.of(day).last_day else before


def _count_months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1
