"""Rupiah are whole numbers: an `int` in Python, a `bigint` in the database.

There is no sen in daily use, so nothing here is a float or a Decimal. Where a sum must
be divided — surplus among members, an instalment plan — use `allocate`, which loses
nothing to rounding.
"""

import re
from collections.abc import Sequence
from typing import TypeAlias

from lokal.terbilang import terbilang as _words

Rupiah: TypeAlias = int

# The largest amount a form accepts: a ward cooperative counts in millions; fifteen digits
# are a slip of the finger, and a `bigint` still has room to add up ten thousand of them.
LARGEST: Rupiah = 999_999_999_999

# "150000", "150.000", "Rp 150.000", "150.000,-", "150.000,00" and "45rb" are the ways people
# write it; "150.00" and "15.000,50" are slips, since nobody pays half a rupiah.
_WRITTEN = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d+)(?:,(?:-|00?))?\s*(rb|ribu)?\s*")


def rupiah(amount: Rupiah) -> str:
    """Format an amount for display: Rp150.000, or -Rp150.000."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def parse_rupiah(text: str) -> Rupiah | None:
    """Read an amount as people write it; None when it is not one in whole rupiah."""
    match = _WRITTEN.fullmatch(text.strip().lower())
    if match is None:
        return None
    thousands = 1_000 if match[2] else 1
    return int(match[1].replace(".", "")) * thousands


def terbilang(amount: Rupiah) -> str:
    """The amount in words, as receipts carry it: "dua puluh lima ribu rupiah"."""
    return f"{_words(amount)} rupiah"


def allocate(total: Rupiah, weights: Sequence[int]) -> list[Rupiah]:
    """Divide `total` in proportion to `weights`; the parts always add up to `total`.

    The rupiah left over by rounding down go one each to the largest remainders, earlier
    entries first, so the result is the same on every run.
    """
    whole = sum(weights)
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("allocate needs a non-negative total and at least one positive weight")
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
