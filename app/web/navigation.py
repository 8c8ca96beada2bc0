"""The places in the main menu: at most five, and only those that one may open."""

from dataclasses import dataclass
from typing import Any

from flask import g, request
from flask_babel import lazy_gettext as _l

from app.auth.permissions import Permission
from app.web.addresses import address


@dataclass(frozen=True)
class Place:
    label: Any
    endpoint: str
    icon: str
    needs: Permission
    blueprints: tuple[str, ...]
    # Who has that other place finds this one inside of it.
    unless: Permission | None = None

    @property
    def href(self) -> str:
        return address(self.endpoint)

    @property
    def current(self) -> bool:
        return request.blueprint in self.blueprints


_CASH = ("cash", "shifts", "cash_entries", "cash_books", "own_pocket", "cash_words")
_COOPERATIVE = (
    Place(_l("Home"), "home.show", "house", Permission.COOP_VIEW, ("home",)),
    Place(
        _l("Members"),
        "members.index",
        "people",
        Permission.MEMBERS_VIEW,
        ("members", "imports", "savings", "savings_statements", "departures", "privacy"),
    ),
    Place(
        _l("Receive"),
        "payments.find",
        "cash-coin",
        Permission.SAVINGS_RECEIVE,
        ("payments", "receipts"),
    ),
    Place(
        _l("Dues"),
        "dues.index",
        "calendar-check",
        Permission.DUES_VIEW,
        ("dues", "collection", "reminders", "passive", "payers"),
    ),
    Place(
        _l("Cash desk"),
        "cash.index",
        "wallet2",
        Permission.CASH_VIEW,
        _CASH,
        unless=Permission.LEDGER_VIEW,
    ),
    Place(
        _l("Books"),
        "ledger.index",
        "journal-text",
        Permission.LEDGER_VIEW,
        (
            "ledger",
            "entries",
            "opening",
            "opening_savings",
            "closing",
            "fixed_assets",
            "borrowed",
            "statements",
            "account_books",
            "notes",
            "taxes",
            "approvals",
            "banking",
            "registers",
            "register_entries",
            *_CASH,
        ),
    ),
)
_CITY = (
    Place(
        _l("City"),
        "city.index",
        "buildings",
        Permission.CITY_VIEW,
        ("city", "week", "inspections", "ministry", "launch", "assessments"),
    ),
    Place(
        _l("Accompaniment"),
        "companions.index",
        "person-walking",
        Permission.VISITS_VIEW,
        (
            "companions",
            "assignments",
            "companion_findings",
            "visit_plans",
            "companion_reports",
            "trainings",
        ),
    ),
    Place(
        _l("Cooperatives"),
        "operator.index",
        "shop",
        Permission.CITY_OPERATE,
        ("operator", "runs", "identity"),
    ),
    Place(
        _l("Settings"),
        "city_settings.index",
        "sliders",
        Permission.CITY_OPERATE,
        ("city_settings", "api_tokens"),
    ),
    Place(_l("People"), "people.index", "person-badge", Permission.CITY_OPERATE, ("people",)),
)


def navigation() -> list[Place]:
    """Where the person of this request can go from anywhere."""
    permissions = g.get("permissions") or frozenset()
    places = _COOPERATIVE if "tenant" in g else _CITY
    return [
        place for place in places if place.needs in permissions and place.unless not in permissions
    ]
