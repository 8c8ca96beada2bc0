"""How much of everything there is and waits: asked in one statement, whoever's page it is."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from flask import g
from flask_login import current_user
from sqlalchemy import Select, select

from app.approvals import services as approvals
from app.auth.permissions import Permission
from app.cash import shifts, tills
from app.cash.models import TillKind
from app.companions import findings as city_findings
from app.core import clock
from app.departures import services as departures
from app.extensions import db
from app.findings import services as findings
from app.inspection import reading as inspections
from app.jobs import services as jobs
from app.ledger import closing
from app.ledger import months as books
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members import services as members
from app.members.models import MemberState
from app.platform import announcements
from app.privacy import services as privacy


class Question(NamedTuple):
    """What is asked, and which office may know (None: everybody)."""

    permission: Permission | None
    asked: Callable[[], Select[Any]]


QUESTIONS = {
    "active": Question(None, lambda: members.counting(MemberState.ACTIVE)),
    "candidates": Question(None, lambda: members.counting(MemberState.CANDIDATE)),
    "announced": Question(None, lambda: announcements.counting_for_reader(current_user.id)),
    "looks": Question(None, lambda: inspections.counting_going_on(g.tenant)),
    "inspections": Question(
        Permission.INSPECTIONS_DECIDE, lambda: inspections.counting_waiting(g.tenant)
    ),
    "failures": Question(Permission.DUES_VIEW, jobs.counting_failures),
    "shifts": Question(Permission.CASH_HANDLE, shifts.counting_mine),
    "forgotten": Question(Permission.CASH_HANDLE, shifts.counting_forgotten),
    "approvals": Question(Permission.APPROVALS_DECIDE, approvals.counting_waiting),
    "findings": Question(Permission.FINDINGS_VIEW, findings.counting_unsettled),
    "city_findings": Question(
        Permission.FINDINGS_VIEW, lambda: city_findings.counting_unsettled(g.tenant)
    ),
    "corrections": Question(Permission.MEMBERS_REVEAL, privacy.counting_waiting),
    "refunds": Question(Permission.SAVINGS_WITHDRAW, departures.counting_unpaid),
    "refused_month": Question(Permission.LEDGER_CLOSE, closing.asking_refused),
    "first_open": Question(Permission.LEDGER_VIEW, books.asking_first_open),
    "cash": Question(Permission.LEDGER_VIEW, lambda: tills.asking_held(TillKind.CASH)),
    "bank": Question(Permission.LEDGER_VIEW, lambda: tills.asking_held(TillKind.BANK)),
    "voluntary": Question(
        Permission.LEDGER_VIEW, lambda: ledger.asking_total(AccountRole.VOLUNTARY_SAVINGS)
    ),
}


def figures(permissions: frozenset[Permission]) -> dict[str, Any]:
    """The answers, by name; what these permissions do not let one know is missing."""
    statement = _statement(permissions, db.engine, current_user.id, g.tenant.id, clock.today())
    return dict(db.session.execute(statement).one()._mapping)


@lru_cache(maxsize=1024)
def _statement(permissions: frozenset[Permission], *_of: object) -> Select[Any]:
    """Kept for the database, person, cooperative and day that it speaks of.

    To put eighteen questions together takes longer than to answer them.
    """
    asked = [query.scalar_subquery().label(name) for name, query in _permitted(permissions)]
    return select(*asked)


def _permitted(permissions: frozenset[Permission]) -> Iterator[tuple[str, Select[Any]]]:
    for name, (permission, asked) in QUESTIONS.items():
        if permission is None or permission in permissions:
            yield name, asked()
