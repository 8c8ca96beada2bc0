"""The least that would lift a pre-assessment to the next class."""

import time
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.assessment import lifting, scoring
from app.assessment.criteria import ASPECTS, Aspect, Indicator, Item
from app.assessment.lifting import Step
from app.assessment.scoring import Limits
from app.assessment.services import Assessment, Scored, ScoredAspect
from tenants.definitions import Key

LIMITS = Limits(points=(75, 50, 25), classes=(80, 66, 51))
RATIO = Indicator("D.x", "X", ratio=("assets", "equity"), standard=Key.ASSESSMENT_ROA)


def assessment(*aspects):
    """Each aspect is its weight and the points of its indicators; None does not apply."""
    return Assessment(
        2026,
        date(2026, 12, 31),
        LIMITS,
        [
            ScoredAspect(
                Aspect(str(a), f"Aspek {a}", Key.ASSESSMENT_WEIGHT_A, []),
                weight,
                [
                    Scored(Indicator(f"{a}.{i}", f"{a}.{i}", [Item("x", "x")] * 4), point)
                    for i, point in enumerate(points)
                ],
            )
            for a, (weight, points) in enumerate(aspects)
        ],
    )


def told(way):
    return [(step.scored.indicator.key, step.to) for step in way.steps]


def test_the_fewest_points_in_the_fewest_indicators_are_told():
    found = assessment((80, [3, 2]), (20, [1, 1]))  # 55; a point of the first aspect adds 10
    way = lifting.cheapest(found)

    assert told(way) == [("0.1", 4)]
    assert (way.score, way.health) == (75, scoring.HealthClass.FAIR)


def test_in_the_best_class_and_where_three_do_not_do_nothing_is_told():
    assert lifting.cheapest(assessment((100, [4, 4]))) is None
    assert lifting.cheapest(assessment((100, [1] * 40))) is None
    assert lifting.cheapest(assessment((100, [None]))) is None


POINTS = st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=1, max_size=4)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 40), POINTS), min_size=1, max_size=3))
def test_no_other_way_needs_fewer_points(aspects):
    found = assessment(*aspects)
    way, best = lifting.cheapest(found), brute_force(found)

    if way is None:
        assert best is None
        return
    assert sum(step.gained for step in way.steps) == best
    assert way.score == with_points(found, dict(told(way)))
    assert way.health is not found.health
    assert told(lifting.cheapest(found)) == told(way)


def with_points(found, given):
    raised = [
        replace(
            aspect,
            indicators=[
                replace(one, points=given.get(one.indicator.key, one.points))
                for one in aspect.indicators
            ],
        )
        for aspect in found.aspects
    ]
    return replace(found, aspects=raised).score


def brute_force(found):
    """The fewest points that lead to another class, by trying everything."""
    ones = [o for a in found.aspects for o in a.indicators if o.points is not None]
    costs = []
    for count in range(1, 4):
        for chosen in combinations(ones, count):
            for to in product(*(range(one.points, 5) for one in chosen)):
                given = {o.indicator.key: t for o, t in zip(chosen, to, strict=True)}
                score = with_points(found, given)
                if scoring.class_of(score, LIMITS) is not found.health:
                    costs.append(sum(to) - sum(one.points for one in chosen))
    return min(costs, default=None)


@pytest.mark.parametrize("to", [2, 3, 4])
@pytest.mark.parametrize("lower", [False, True])
def test_the_figure_told_is_just_enough(to, lower):
    indicator = replace(RATIO, lower_is_good=lower)
    one = Scored(indicator, 1, top=1, bottom=7_777_777, standard=60)
    needed = Step(one, to, LIMITS).needed

    assert points(indicator, needed, one) == to
    assert points(indicator, needed + (1 if lower else -1), one) == to - 1


def points(indicator, top, one):
    value = Fraction(top, one.bottom)
    reached = scoring.attained(value, one.standard, lower_is_good=indicator.lower_is_good)
    return scoring.points_of(reached, LIMITS)


@pytest.mark.parametrize(("to", "needed"), [(2, 2), (3, 3), (4, 4)])
def test_the_number_of_answers_told_is_just_enough(to, needed):
    one = Scored(Indicator("A.x", "X", [Item("x", "x")] * 4), 1, yes=0, counted=4)

    assert Step(one, to, LIMITS).needed == needed


def test_it_is_found_in_a_blink_for_all_indicators_there_are():
    given = [(25, [1] * len(aspect.indicators)) for aspect in ASPECTS]
    began = time.perf_counter()
    lifting.cheapest(assessment(*given))

    assert time.perf_counter() - began < 1.5
