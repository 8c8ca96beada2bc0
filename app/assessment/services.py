"""Answering, computing and handing in a cooperative's pre-assessment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from app.assessment import scoring
from app.assessment.criteria import ASPECTS, Aspect, Indicator
from app.assessment.figures import Figures, are_of_few, figures_of
from app.assessment.models import AssessmentAnswer, AssessmentReport, Said
from app.assessment.scoring import AspectPoints, HealthClass, Limits
from app.core import clock
from app.core.errors import DomainError
from app.core.identity import holds_personal_number
from app.extensions import db
from tenants.scope import current_tenant
from tenants.settings import setting

Answers = Mapping[str, AssessmentAnswer]


@dataclass(frozen=True)
class Scored:
    """An indicator with what it got; no points where it does not apply."""

    indicator: Indicator
    points: int | None
    yes: int = 0
    counted: int = 0
    open: int = 0  # items nobody has answered; they count as no
    top: int = 0  # the two figures of a ratio, in rupiah
    bottom: int = 0
    standard: int = 0  # in percent

    @property
    def percent(self) -> Fraction | None:
        """The ratio in percent; None when there is nothing to divide by."""
        return Fraction(100 * self.top, self.bottom) if self.bottom > 0 else None


@dataclass(frozen=True)
class ScoredAspect:
    aspect: Aspect
    weight: int
    indicators: Sequence[Scored]

    @property
    def points(self) -> AspectPoints:
        given = [one.points for one in self.indicators if one.points is not None]
        return AspectPoints(self.weight, given)

    @property
    def score(self) -> Fraction | None:
        return self.points.score


@dataclass(frozen=True)
class Assessment:
    """Where a cooperative stands in a book year, by its own account."""

    year: int
    as_of: date
    limits: Limits
    aspects: Sequence[ScoredAspect]

    @property
    def score(self) -> Fraction | None:
        return scoring.total([aspect.points for aspect in self.aspects])

    @property
    def health(self) -> HealthClass | None:
        return None if self.score is None else scoring.class_of(self.score, self.limits)

    @property
    def open(self) -> int:
        return sum(one.open for aspect in self.aspects for one in aspect.indicators)


@dataclass(frozen=True)
class Lift:
    """What the score would be if one indicator got all points."""

    indicator: Indicator
    points: int
    score: Fraction
    health: HealthClass


def answers_of(year: int) -> dict[str, AssessmentAnswer]:
    """What the board has said of a year, by item."""
    query = select(AssessmentAnswer).where(AssessmentAnswer.year == year)
    query = query.execution_options(populate_existing=True)  # answers are written past the session
    return {answer.item: answer for answer in db.session.scalars(query)}


def answer(year: int, said: Mapping[str, tuple[Said, str]]) -> None:
    """Note what the board says of some items, with its evidence. The caller commits."""
    for item, (word, evidence) in said.items():
        row = {
            "said": word,
            "evidence": evidence,
            "answered_by": g.get("actor_id"),
            "answered_at": clock.now(),
        }
        statement = postgresql.insert(AssessmentAnswer).values(
            tenant_id=current_tenant().id, year=year, item=item, **row
        )
        changed = (AssessmentAnswer.said != word) | (AssessmentAnswer.evidence != evidence)
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=["tenant_id", "year", "item"], set_=row, where=changed
            )
        )


def assess(year: int) -> Assessment:
    """The pre-assessment of a year by what is answered and booked now."""
    last = min(date(year, 12, 31), clock.today())
    limits, answers, figures = scoring.limits_on(last), answers_of(year), figures_of(last)
    return Assessment(
        year,
        last,
        limits,
        [
            ScoredAspect(
                aspect,
                int(setting(aspect.weight, last)),
                [_score(each, answers, figures, limits) for each in aspect.indicators],
            )
            for aspect in ASPECTS
        ],
    )


def lifts(found: Assessment) -> list[Lift]:
    """What would lift the score, most of all first: each indicator alone at all its points."""
    raised = [
        Lift(one.indicator, one.points, score, scoring.class_of(score, found.limits))
        for aspect in found.aspects
        for one in aspect.indicators
        if one.points is not None and one.points < scoring.MOST
        if (score := scoring.total(_with(found, one.indicator))) is not None
    ]
    return sorted(raised, key=lambda lift: -lift.score)


def hand_in(year: int, *, key: UUID) -> AssessmentReport:
    """Hand the pre-assessment in to the city, as it is now. The caller commits.

    Sent again with the same key it counts once; `DomainError` while items are not answered.
    """
    found = assess(year)
    if found.open:
        raise DomainError(_("%(count)s items are not answered yet.", count=found.open))
    _check_impersonal(year)
    row = {
        "tenant_id": current_tenant().id,
        "key": str(key),
        "year": year,
        "as_of": found.as_of,
        "score": scoring.hundredths(found.score, found.limits),
        "health": found.health,
        "content": _content(found),
        "handed_in_at": clock.now(),
    }
    db.session.execute(postgresql.insert(AssessmentReport).values(row).on_conflict_do_nothing())
    return _handed_in(key)


def _check_impersonal(year: int) -> None:
    """What was answered before the form refused it: no number of a person goes to the city."""
    for given in answers_of(year).values():
        if holds_personal_number(given.evidence):
            raise DomainError(
                _(
                    "In “%(text)s” stands a NIK or telephone number. Leave it out.",
                    text=given.evidence,
                )
            )


def _handed_in(key: UUID) -> AssessmentReport:
    mine = AssessmentReport.tenant_id == current_tenant().id
    query = select(AssessmentReport).where(mine, AssessmentReport.key == str(key))
    return db.session.scalars(query).one()


def history() -> Sequence[AssessmentReport]:
    """What was handed in, the latest first."""
    mine = AssessmentReport.tenant_id == current_tenant().id
    query = select(AssessmentReport).where(mine).order_by(AssessmentReport.id.desc())
    return db.session.scalars(query).all()


def _score(indicator: Indicator, answers: Answers, figures: Figures, limits: Limits) -> Scored:
    if indicator.ratio is None:
        return _by_answers(indicator, answers, limits)
    top, bottom = (figures.of[key] for key in indicator.ratio)
    assert indicator.standard is not None
    scored = Scored(
        indicator,
        None,
        top=top,
        bottom=bottom,
        standard=int(setting(indicator.standard, figures.last)),
    )
    if scored.percent is None:
        return scored
    reached = scoring.attained(
        scored.percent / 100, scored.standard, lower_is_good=indicator.lower_is_good
    )
    return replace(scored, points=scoring.points_of(reached, limits))


def _by_answers(indicator: Indicator, answers: Answers, limits: Limits) -> Scored:
    said = [answers[item.key].said if item.key in answers else None for item in indicator.items]
    counted = [word for word in said if word is not Said.DOES_NOT_APPLY]
    yes = sum(word is Said.YES for word in counted)
    points = scoring.points_of(Fraction(100 * yes, len(counted)), limits) if counted else None
    return Scored(indicator, points, yes=yes, counted=len(counted), open=said.count(None))


def _with(found: Assessment, best: Indicator) -> list[AspectPoints]:
    return [
        AspectPoints(
            aspect.weight,
            [
                scoring.MOST if one.indicator is best else one.points
                for one in aspect.indicators
                if one.points is not None
            ],
        )
        for aspect in found.aspects
    ]


def _content(found: Assessment) -> dict[str, Any]:
    """What the city reads: amounts only where they are of five people or more."""
    answers, few = answers_of(found.year), are_of_few(found.as_of)
    return {
        "aspects": [
            {
                "key": aspect.aspect.key,
                "name": aspect.aspect.name,
                "weight": aspect.weight,
                "score": scoring.hundredths(aspect.score, found.limits),
                "indicators": [_indicator(one, answers, few) for one in aspect.indicators],
            }
            for aspect in found.aspects
        ]
    }


def _indicator(one: Scored, answers: Answers, few: bool) -> dict[str, Any]:
    return {
        "name": one.indicator.name,
        "points": one.points,
        "ratio": list(one.indicator.ratio) if one.indicator.ratio else None,
        "top": None if few else one.top,
        "bottom": None if few else one.bottom,
        "standard": one.standard,
        "items": [
            {
                "key": item.key,
                "text": item.text,
                "said": answers[item.key].said.value,
                "evidence": answers[item.key].evidence,
            }
            for item in one.indicator.items
        ],
    }
