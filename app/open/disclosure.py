"""What a sum may tell: of no person, and of no cooperative that has not agreed.

Official statistics call it disclosure control. A sum that tells too much is left out; and
because the city's sum is known as well, so is the sum of whatever was left out: others are
left out with it until that remainder tells nothing either. Those others are the same from month
to month and from figure to figure where they can be: many figures hardly change, or are a fixed
rate times another, and would give away what another month leaves out.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.supervision.figures import SMALLEST_GROUP


@dataclass(frozen=True)
class Sum:
    """A sum over cooperatives, and what stands behind it that is not public anyway.

    Only cooperatives count that add something: the steps of each area are told as well, and
    who has come to no step with members or dues hides nobody's.
    """

    value: int | None  # None: of none of them is it known
    cooperatives: int = 0
    people: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        known = [value for value in (self.value, other.value) if value is not None]
        return Sum(
            sum(known) if known else None,
            self.cooperatives + other.cooperatives,
            self.people + other.people,
        )

    def tells(self, fewest: int) -> bool:
        """Whether it is of too few cooperatives, or of too few people."""
        of_few = 0 < self.cooperatives < fewest or 0 < self.people < SMALLEST_GROUP
        return self.value is not None and of_few


@dataclass(frozen=True)
class Figure:
    """A figure as everybody sees it; without value it is not known, or hidden."""

    value: int | None
    hidden: bool = False


HIDDEN = Figure(None, hidden=True)


def shown(
    areas: Mapping[str, Sum], *, fewest: int, rather: Collection[str] = ()
) -> tuple[dict[str, Figure], Figure]:
    """The figures of each area and of all together, with what tells too much left out.

    `rather` names the areas that are left out elsewhere already: they go first with what must.
    """
    hidden = {name for name, area in areas.items() if area.tells(fewest)}
    while _together(areas, hidden).tells(fewest) and len(hidden) < len(areas):
        hidden.add(_next(areas, hidden, fewest, rather))
    figures = {
        name: HIDDEN if name in hidden else Figure(area.value) for name, area in areas.items()
    }
    everything = _together(areas, areas)
    return figures, HIDDEN if everything.tells(fewest) else Figure(everything.value)


def _next(areas: Mapping[str, Sum], hidden: set[str], fewest: int, rather: Collection[str]) -> str:
    """The area to leave out as well: one left out elsewhere, else the smallest that is enough."""

    def cost(name: str) -> tuple[bool, bool, int, str]:
        remainder = _together(areas, {*hidden, name})
        return remainder.tells(fewest), name not in rather, areas[name].value or 0, name

    return min((name for name in areas if name not in hidden), key=cost)


def _together(areas: Mapping[str, Sum], names: Iterable[str]) -> Sum:
    return sum((areas[name] for name in names), Sum(None))
