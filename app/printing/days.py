"""Days as paper writes them: in Indonesian, whatever the screen speaks."""

from datetime import date

from babel.dates import format_date


def written(day: date) -> str:
    """24 November 2026"""
    return str(format_date(day, "d MMMM y", locale="id"))


def in_short(day: date) -> str:
    """24 Nov 2026"""
    return str(format_date(day, "d MMM y", locale="id"))


def month(day: date) -> str:
    """November 2026"""
    return str(format_date(day, "MMMM y", locale="id"))
