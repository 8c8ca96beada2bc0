"""From answers and ratios to points, and from points to a class (domain reference 4.1, G11).

Exact fractions all the way: nothing is rounded before it is classified.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import floor

from tenants.definitions import Key
from tenants.settings import setting

MOST = 4


class HealthClass(StrEnum):
    HEALTHY = "healthy"
    FAIR = "fair"
    WATCHED = "watched"
    SPECIAL = "special"


@dataclass(frozen=True)
class Limits:
    """From which percent on how many points are given, and where the classes begin."""

    points: tuple[int, int, int]  # more than this percent: 4, 3, 2 points
    classes: tuple[int, int, int]  # from this score on: healthy, fair, watched


@dataclass(frozen=True)
class AspectPoints:
    """The points of an aspect's indicators, without those that do not apply."""

    weight: int
    points: Sequence[int]

    @property
    def score(self) -> Fraction | None:
        """0 to 100; None when nothing applies."""
        if not self.points:
            return None
        return Fraction(100 * sum(self.points), MOST * len(self.points))


def limits_on(day: date) -> Limits:
    return Limits(
        points=(
            int(setting(Key.ASSESSMENT_POINTS_4, day)),
            int(setting(Key.ASSESSMENT_POINTS_3, day)),
            int(setting(Key.ASSESSMENT_POINTS_2, day)),
        ),
        classes=(
            int(setting(Key.ASSESSMENT_HEALTHY, day)),
            int(setting(Key.ASSESSMENT_FAIR, day)),
            int(setting(Key.ASSESSMENT_WATCHED, day)),
        ),
    )


def points_of(percent: Fraction, limits: Limits) -> int:
    """1 to 4 points for how much of what is wanted is there."""
    return 1 + sum(percent > limit for limit in limits.points)


def attained(value: Fraction, standard: int, *, lower_is_good: bool = False) -> Fraction:
    """How much of a standard (in percent) a ratio reaches, 0 to 100 percent.

    The guide that was found names standards and no steps; steps by the share of the standard
    that is reached are a proposal, like those of the answers.
    """
    if lower_is_good:
        within = value * 100 <= standard
        return Fraction(100) if within else Fraction(100 * standard) / (value * 100)
    return min(max(value * 100 / standard * 100, Fraction(0)), Fraction(100))


def total(aspects: Sequence[AspectPoints]) -> Fraction | None:
    """The weighted score, over the aspects in which anything applies."""
    known = [(one.weight, one.score) for one in aspects if one.score is not None]
    weights = sum(weight for weight, _score in known)
    if not weights:
        return None
    return sum((weight * score for weight, score in known), Fraction(0)) / weights


def hundredths(score: Fraction | None, limits: Limits) -> int | None:
    """A score as it is written, to the nearest hundredth, but never up into the next class."""
    if score is None:
        return None
    nearest = floor(score * 100 + Fraction(1, 2))
    same = class_of(Fraction(nearest, 100), limits) is class_of(score, limits)
    return nearest if same else floor(score * 100)


def class_of(score: Fraction, limits: Limits) -> HealthClass:
    passed = sum(score >= limit for limit in limits.classes)
    return list(HealthClass)[len(limits.classes) - passed]
