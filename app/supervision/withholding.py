"""Amounts of fewer than five people are left out before they leave the cooperative.

What one or two have saved or owe is theirs, whether or not a name stands beside it. So is what
could be had by subtraction: where one kind of savings is left out, so are the sums of the
balance sheet, and where hardly anybody saves at all, so is the money that it became. Dues are
told of as soon as five are billed: each is billed the same, so that the sum says no more than
the number of those who have paid, which is reported anyway.
"""

from collections.abc import Mapping
from typing import Any

from app.supervision.figures import SMALLEST_GROUP

_ARREARS = ("arrears_30", "arrears_60", "arrears_90", "arrears_over")
_SAVINGS = {
    "principal_payers": "savings_principal",
    "mandatory_payers": "savings_mandatory",
    "people_savings_voluntary": "savings_voluntary",
}
# The number of people, and the amounts that are made of what is theirs.
_AMOUNTS_OF: dict[str, tuple[str, ...]] = {
    **{people: (amount,) for people, amount in _SAVINGS.items()},
    **{f"people_{amount}": (amount,) for amount in _ARREARS},
    "dues_members_billed": ("dues_billed", "dues_settled"),
    "people_saving": ("cash", "bank", "floats"),
}
_SUMS = ("assets", "equity")


def withhold(found: Mapping[str, Any]) -> dict[str, Any]:
    """The figures that may leave the cooperative, with the names of those that may not."""
    few = _too_few(found)
    told = {name: value for name, value in found.items() if not name.startswith("people_")}
    return told | dict.fromkeys(few) | {"withheld": few}


def _too_few(found: Mapping[str, Any]) -> list[str]:
    amounts = {
        amount
        for people, amounts in _AMOUNTS_OF.items()
        if 0 < (found[people] or 0) < SMALLEST_GROUP
        for amount in amounts
    }
    if amounts.intersection(_SAVINGS.values()):
        amounts.update(_SUMS)
    return sorted(amount for amount in amounts if found[amount])
