"""The least that would lift a pre-assessment to the next class: one to three indicators.

Least are the fewest points to gain, then the fewest indicators, then the order of the list; so
the answer is the same each time. What a point adds depends on the aspect alone, and the search
weighs whole numbers only: some tens of thousands of sums at most.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import ceil, floor, lcm

from app.assessment import scoring
from app.assessment.scoring import HealthClass, Limits
from app.assessment.services import Assessment, Scored

MOST = 3  # indicators at once


@dataclass(frozen=True)
class Step:
    """An indicator with the points it would have to get."""

    scored: Scored
    to: int
    limits: Limits

    @property
    def gained(self) -> int:
        return self.to - (self.scored.points or 0)

    @property
    def needed(self) -> int:
        """Answers that are yes, or rupiah of the ratio's upper figure while the lower stays."""
        one, percent = self.scored, self.limits.points[scoring.MOST - self.to]
        if one.indicator.ratio is None:
            return floor(Fraction(percent * one.counted, 100)) + 1
        if one.indicator.lower_is_good:
            return ceil(Fraction(one.bottom * one.standard, max(percent, 1))) - 1
        return floor(Fraction(one.bottom * one.standard * percent, 10_000)) + 1


@dataclass(frozen=True)
class Way:
    """The steps together, and where they lead."""

    steps: Sequence[Step]
    score: Fraction
    health: HealthClass


def cheapest(found: Assessment) -> Way | None:
    """The least that leads to the next class; None in the best, and where three do not do."""
    score = found.score
    if score is None:
        return None
    wanted = min((limit for limit in found.limits.classes if limit > score), default=None)
    if wanted is None:
        return None
    ways = list(_ways(found, wanted - score))
    if not ways:
        return None
    steps = min(ways, key=lambda way: (sum(step.gained for step in way), len(way)))
    reached = score + sum((_worth(found, step.scored) * step.gained for step in steps), Fraction(0))
    return Way(steps, reached, scoring.class_of(reached, found.limits))


def _ways(found: Assessment, lack: Fraction) -> Iterator[list[Step]]:
    """For each choice of indicators that can make up what is lacking, its fewest points."""
    raisable = _raisable(found)
    worth = {one.indicator.key: _worth(found, one) for one in raisable}
    whole = lcm(lack.denominator, *(value.denominator for value in worth.values()))
    points = {key: int(value * whole) for key, value in worth.items()}
    for count in range(1, MOST + 1):
        for chosen in combinations(raisable, count):
            steps = _fewest(chosen, points, int(lack * whole))
            if steps:
                yield [Step(one, to, found.limits) for one, to in zip(chosen, steps, strict=True)]


def _fewest(chosen: Sequence[Scored], points: dict[str, int], lack: int) -> tuple[int, ...] | None:
    """To how many points each has to come so that together they make up what is lacking."""
    rates = [points[one.indicator.key] for one in chosen]
    now = [one.points or 0 for one in chosen]
    if sum(rate * (scoring.MOST - at) for rate, at in zip(rates, now, strict=True)) < lack:
        return None
    enough = [
        to
        for to in product(*(range(at + 1, scoring.MOST + 1) for at in now))
        if sum(rate * (t - at) for rate, t, at in zip(rates, to, now, strict=True)) >= lack
    ]
    return min(enough, key=lambda to: (sum(to), to))


def _raisable(found: Assessment) -> list[Scored]:
    return [
        one
        for aspect in found.aspects
        for one in aspect.indicators
        if one.points is not None and one.points < scoring.MOST
    ]


def _worth(found: Assessment, one: Scored) -> Fraction:
    """What one point of an indicator adds to the whole score."""
    known = [aspect for aspect in found.aspects if aspect.points.points]
    weights = sum(aspect.weight for aspect in known)
    (own,) = (aspect for aspect in known if one in aspect.indicators)
    share = Fraction(100, scoring.MOST * len(own.points.points))
    return Fraction(own.weight, weights) * share
