"""What needs a person this week. Every rule has a dated threshold and says what it found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.money import rupiah
from app.core.period import Period
from app.supervision.checklist import label_of
from app.supervision.measures import MEASURES, Row
from app.supervision.overview import Standing
from tenants.definitions import Key
from tenants.settings import setting


@dataclass(frozen=True)
class Alert:
    """Something at a cooperative that somebody should look at, and why."""

    standing: Standing
    rule: str
    text: str

    @property
    def sentence(self) -> str:
        """The text where no name stands before it."""
        return self.text[:1].upper() + self.text[1:]

    @property
    def name(self) -> str:
        """What it is about, in two or three words."""
        return str(RULE_NAMES[self.rule])

    @property
    def gravity(self) -> int:
        """2 where members' money may be at risk, 1 where work stands still, 0 otherwise."""
        return _GRAVITY.get(self.rule, 0)


Rule = Callable[[Standing, date], str | None]


def alerts(found: Sequence[Standing], today: date) -> list[Alert]:
    """Everything that a rule objects to, cooperatives with the gravest and most of it first."""
    raised = [
        Alert(standing, name, text)
        for standing in found
        for name, rule in RULES.items()
        if (text := rule(standing, today))
    ]
    of = {alert.standing.id: [0, 0] for alert in raised}  # the gravest, and how many
    for alert in raised:
        gravest, count = of[alert.standing.id]
        of[alert.standing.id] = [max(gravest, alert.gravity), count + 1]

    def order(alert: Alert) -> tuple[int, int, str, int]:
        gravest, count = of[alert.standing.id]
        return -gravest, -count, alert.standing.ward, -alert.gravity

    return sorted(raised, key=order)


def as_text(raised: Sequence[Alert], today: date) -> str:
    """The week's list as one sends it by WhatsApp: a line a cooperative, short enough to be sent.

    Matters stand by their names; what puts money at risk, and what stands alone, in full.
    """
    head = _("Cooperatives that need attention, %(day)s", day=today.strftime("%d-%m-%Y"))
    lines = [
        f"- {standing.ward}: {'; '.join(_in_short(list(matters)))}"
        for standing, matters in groupby(raised, attrgetter("standing"))
    ]
    return "\n".join([head, *lines])


def _in_short(matters: Sequence[Alert]) -> list[str]:
    whole = len(matters) == 1
    return [one.text if whole or one.gravity == 2 else one.name for one in matters]


def _silent(standing: Standing, today: date) -> str | None:
    limit = _limit(Key.ALERT_SILENT_DAYS, today)
    if standing.now is None:
        return str(_("has not reported any figures yet"))
    last = standing.now.last_activity_on
    if last is None:
        return str(_("has never recorded anything"))
    days = (today - last).days
    return str(_("nothing recorded for %(days)s days", days=days)) if days >= limit else None


def _uncollected(standing: Standing, today: date) -> str | None:
    limit = _limit(Key.ALERT_COLLECTED, today)
    last = [_collected(row) for row in standing.history[-2:]]
    if len(last) < 2 or any(value is None or value >= limit * 10 for value in last):
        return None
    return str(_("less than %(limit)s %% of the dues collected for two months", limit=limit))


def _collected(row: Row | None) -> int | None:
    """Of the dues, in tenths of a percent; of the members where the sum is that of few people."""
    told = MEASURES["tertagih"].of(row)
    return MEASURES["membayar"].of(row) if told is None else told


def _unclosed(standing: Standing, today: date) -> str | None:
    limit = _limit(Key.ALERT_CLOSE_DAY, today)
    month = Period.of(today).previous()
    if today.day < limit or standing.now is None or not standing.now.opening_entered:
        return None
    closed = standing.now.closed_through
    if closed is not None and closed >= month.last_day:
        return None
    return str(_("the books of %(month)s are not closed", month=_named(month)))


def _differences(standing: Standing, today: date) -> str | None:
    amount = standing.now.cash_differences if standing.now else None
    if not amount or amount < _limit(Key.ALERT_CASH_DIFFERENCE, today):
        return None
    return str(_("cash differences of %(sum)s this month", sum=rupiah(amount)))


def _held(standing: Standing, today: date) -> str | None:
    days = standing.now.instalments_days if standing.now else None
    if days is None or days <= _limit(Key.ALERT_HELD_DAYS, today):
        return None
    amount = rupiah(standing.now.instalments_held)  # type: ignore[union-attr]
    return str(_("%(sum)s of instalments held for %(days)s days", sum=amount, days=days))


def _documents(standing: Standing, today: date) -> str | None:
    held = standing.now.documents if standing.now else None
    if held is None or held >= 5:
        return None
    return str(_("%(missing)s of five legal documents missing", missing=5 - held))


def _findings(standing: Standing, today: date) -> str | None:
    overdue = standing.now.findings_overdue if standing.now else None
    return str(_("%(count)s findings not answered in time", count=overdue)) if overdue else None


def _visit_findings(standing: Standing, today: date) -> str | None:
    overdue = standing.overdue_findings
    if not overdue:
        return None
    return str(_("%(count)s findings of visits not answered in time", count=overdue))


def _unvisited(standing: Standing, today: date) -> str | None:
    if standing.last_visit_on is None:
        return str(_("has never been visited by a companion"))
    days = (today - standing.last_visit_on).days
    if days < _limit(Key.ALERT_UNVISITED_DAYS, today):
        return None
    return str(_("no visit for %(days)s days", days=days))


def _expiring(standing: Standing, today: date) -> str | None:
    until, item = standing.expires_on, standing.expiring
    if until is None or item is None:
        return None
    if (until - today).days > _limit(Key.ALERT_EXPIRY_DAYS, today):
        return None
    words = {"document": label_of(item), "day": _day(until)}
    if until < today:
        return str(_("%(document)s: expired on %(day)s", **words))
    return str(_("%(document)s: expires on %(day)s", **words))


def _unplanned(standing: Standing, today: date) -> str | None:
    """The meeting over the year before, until it was held or a day of it is still to come."""
    year, planned = today.year - 1, standing.meeting_on
    held = standing.met_on is not None and standing.met_on.year == today.year
    if held or standing.legal_since is None or standing.legal_since.year > year:
        return None
    if planned is not None and planned.year == today.year:
        return _unrecorded(year, planned, today)
    return _due(year, today)


def _due(year: int, today: date) -> str:
    """Which of the three deadlines of the meeting comes next, or that all have passed."""
    agency, ministry, law = (_meeting_by(key, today) for key in _MEETINGS)
    if today > law:
        said, by = _("RAT over %(year)s without a day; the law wanted it by %(day)s"), law
    elif today > ministry:
        said, by = _("RAT over %(year)s not planned; by law until %(day)s"), law
    elif today > agency:
        said = _("RAT over %(year)s not planned; the ministry wants the report by %(day)s")
        by = ministry
    else:
        said, by = _("RAT over %(year)s not planned; the agency wants it by %(day)s"), agency
    return str(said) % {"year": year, "day": _day(by)}


def _unrecorded(year: int, planned: date, today: date) -> str | None:
    """A meeting whose day has passed, and nobody says whether it was held."""
    if planned >= today:
        return None
    words = {"year": year, "day": _day(planned)}
    return str(_("RAT over %(year)s was planned for %(day)s and is not recorded as held", **words))


def _meeting_by(key: Key, today: date) -> date:
    """The last day of this year's deadline, so many months after the end of the book year."""
    months = min(max(_limit(key, today), 1), 12)
    return Period(today.year, months).last_day


def _day(day: date) -> str:
    """31 Mar 2026"""
    return str(format_date(day, "d MMM y", locale=get_locale()))


def _named(month: Period) -> str:
    """Oktober 2026"""
    return str(format_date(month.first_day, "MMMM y", locale=get_locale()))


def _limit(key: Key, today: date) -> int:
    return int(setting(key, today))


_MEETINGS = (Key.MEETING_AGENCY_MONTHS, Key.MEETING_MINISTRY_MONTHS, Key.MEETING_LAW_MONTHS)

RULES: dict[str, Rule] = {
    "silent": _silent,
    "uncollected": _uncollected,
    "unclosed": _unclosed,
    "differences": _differences,
    "held": _held,
    "documents": _documents,
    "findings": _findings,
    "visit_findings": _visit_findings,
    "unvisited": _unvisited,
    "expiring": _expiring,
    "unplanned": _unplanned,
}

# What each is called where one chooses among them.
RULE_NAMES: dict[str, Any] = {
    "silent": _l("No entries"),
    "uncollected": _l("Dues not collected"),
    "unclosed": _l("Month not closed"),
    "differences": _l("Cash differences"),
    "held": _l("Instalments held"),
    "documents": _l("Documents missing"),
    "findings": _l("Findings overdue"),
    "visit_findings": _l("Findings of visits overdue"),
    "unvisited": _l("Not visited"),
    "expiring": _l("Document expiring"),
    "unplanned": _l("RAT not planned"),
}
_GRAVITY = {
    "held": 2,
    "differences": 2,
    "silent": 1,
    "uncollected": 1,
    "unclosed": 1,
    "findings": 1,
    "visit_findings": 1,
}


def explanations(today: date) -> list[tuple[Any, int | None]]:
    """What each rule looks at, with its threshold in force."""
    return [
        (_("Days without an entry"), _limit(Key.ALERT_SILENT_DAYS, today)),
        (_("Percent of dues collected, two months running"), _limit(Key.ALERT_COLLECTED, today)),
        (_("Day of the month by which books are closed"), _limit(Key.ALERT_CLOSE_DAY, today)),
        (_("Rupiah of cash differences in a month"), _limit(Key.ALERT_CASH_DIFFERENCE, today)),
        (_("Days that instalments may be held"), _limit(Key.ALERT_HELD_DAYS, today)),
        (_("Days without a visit of a companion"), _limit(Key.ALERT_UNVISITED_DAYS, today)),
        (_("Days before a document expires"), _limit(Key.ALERT_EXPIRY_DAYS, today)),
        (_("Months after the year until the RAT: agency"), _limit(_MEETINGS[0], today)),
        (_("Months after the year until the RAT: ministry"), _limit(_MEETINGS[1], today)),
        (_("Months after the year until the RAT: law"), _limit(_MEETINGS[2], today)),
    ]
