"""Cooperatives with all that they reported: for the week's list, a page of one, the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from app.core import clock
from app.core.period import Period
from app.supervision import city
from app.supervision.measures import COLUMNS, Row
from tenants.queries import find_moved, standing_by_itself

MONTHS = 12
Reported = dict[tuple[int, date], Row]  # by cooperative and month


@dataclass(frozen=True)
class Standing:
    """A cooperative in a month: its row (None: nothing reported) and the months before."""

    id: int
    slug: str
    ward: str
    legal_name: str
    district: str
    now: Row | None
    before: Row | None
    history: Sequence[Row | None]  # the month itself last
    last_visit_on: date | None
    overdue_findings: int  # of visits
    legal_since: date | None
    meeting_on: date | None  # the members' meeting (RAT), as planned
    met_on: date | None  # the one over the year before, as held
    expiring: str | None  # the item of the checklist whose document ends first
    expires_on: date | None


_TENANTS = text(f"""
    SELECT id, slug, ward, legal_name, district,
           (SELECT max(visited_on) FROM visits WHERE tenant_id = tenants.id) AS last_visit_on,
           (SELECT count(*) FROM visit_findings WHERE tenant_id = tenants.id
            AND state = 'open' AND due_on < :today) AS overdue_findings,
           (SELECT min(from_date) FROM tenant_statuses
            WHERE tenant_id = tenants.id AND status = 'legal') AS legal_since,
           (SELECT meeting_on FROM launch_plans WHERE tenant_id = tenants.id) AS meeting_on,
           (SELECT held_on FROM member_meetings WHERE tenant_id = tenants.id
            AND year = extract(year FROM CAST(:today AS date)) - 1) AS met_on,
           ending.item AS expiring, ending.valid_until AS expires_on
    FROM tenants
    LEFT JOIN LATERAL (
        SELECT item, valid_until FROM readiness
        WHERE tenant_id = tenants.id AND valid_until IS NOT NULL
        ORDER BY valid_until, item LIMIT 1
    ) AS ending ON true
    WHERE (:district = '' OR district = :district)
      AND CASE WHEN :tenant = 0 THEN {standing_by_itself("tenants.id", ":by")}
               ELSE id = :tenant END
    ORDER BY ward
""")  # noqa: S608 (constants)
_FOUND = text("SELECT id, slug, ward, legal_name, district FROM tenants WHERE slug = :slug")
_REPORTED = text(f"""
    SELECT *, {COLUMNS} FROM indicator_months
    WHERE period BETWEEN :first AND :last AND (:tenant = 0 OR tenant_id = :tenant)
""")  # noqa: S608 (constants of this package)


def standings(
    period: Period, district: str = "", *, months: int = MONTHS, tenant_id: int = 0
) -> list[Standing]:
    """Every cooperative (of a district, or one) in a month, by name of the ward.

    With its last `months` months. Of all together, those that were merged into another by
    the end of the month are left out. Two questions.
    """
    first = period.plus(1 - max(months, 2))
    asked = {"first": first.first_day, "last": period.first_day, "tenant": tenant_id}
    reported: Reported = {(row.tenant_id, row.period): row for row in city.ask(_REPORTED, **asked)}
    days = [month.first_day for month in first.through(period)]
    by = min(period.last_day, clock.today())
    which = {"district": district, "tenant": tenant_id, "by": by, "today": clock.today()}
    return [_standing(tenant, reported, days) for tenant in city.ask(_TENANTS, **which)]


def _standing(tenant: Row, reported: Reported, days: Sequence[date]) -> Standing:
    """A row of `_TENANTS`, whose columns bear the names of a standing, with its months."""
    history = [reported.get((tenant.id, day)) for day in days]
    return Standing(**tenant._mapping, now=history[-1], before=history[-2], history=history)


def find(slug: str) -> Row | None:
    """A cooperative of the list by its short name, or by one that it had: links are kept."""
    found = next(iter(city.ask(_FOUND, slug=slug)), None)
    if found is None and (moved := find_moved(slug)) is not None:
        found = next(iter(city.ask(_FOUND, slug=moved.slug)), None)
    return found


def districts() -> list[str]:
    return [row.district for row in city.ask(_DISTRICTS)]


_DISTRICTS = text("SELECT DISTINCT district FROM tenants ORDER BY district")


_SEALS = text("""
    SELECT number, sealed_at, encode(head, 'hex') AS head FROM seal_heads
    WHERE tenant_id = :tenant ORDER BY number DESC LIMIT 5
""")


def seals_of(standing: Standing) -> Sequence[Row]:
    """The city's copy of the last seals over a cooperative's journals."""
    return city.ask(_SEALS, tenant=standing.id)


_VISITS = text("""
    SELECT id, visited_on, approved_on FROM visits
    WHERE tenant_id = :tenant ORDER BY visited_on DESC, id DESC LIMIT 5
""")
_FINDINGS = text("""
    SELECT id, seat, due_on, state FROM visit_findings
    WHERE tenant_id = :tenant AND state <> 'closed' ORDER BY due_on, id
""")


def visits_to(standing: Standing) -> Sequence[Row]:
    """When companions came to a cooperative, the latest first; not what they wrote."""
    return city.ask(_VISITS, tenant=standing.id)


def findings_at(standing: Standing) -> Sequence[Row]:
    """What visits found and is not settled: whose seat answers, and by when."""
    return city.ask(_FINDINGS, tenant=standing.id)
