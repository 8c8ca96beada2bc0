"""Rates are whole basis points: 50 is 0,5 %. What they come to is rounded down to the rupiah."""

import re

from app.core.money import Rupiah

WHOLE = 10_000

_WRITTEN = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?")


def rate(points: int) -> str:
    """0,5 %"""
    whole, hundredths = divmod(points, 100)
    decimals = f"{hundredths:02d}".rstrip("0")
    return f"{whole},{decimals} %" if decimals else f"{whole} %"


def parse_rate(text: str) -> int | None:
    """Read "0,5", "0.5 %" or "10%"; None for anything else, and for more than all of it."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    points = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    return points if points <= WHOLE else None


def part_of(amount: Rupiah, points: int) -> Rupiah:
    """So many basis points of an amount that is not negative, rounded down."""
    return max(amount, 0) * points // WHOLE
