"""What the trail of changes calls the values that it keeps: words, days and rupiah, no codes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.money import rupiah
from app.web import words
from app.web.templating import day, month, time_of_day

# The words of a column, by its record.
VALUES: dict[tuple[str, str], Mapping[Any, Any]] = {
    ("accounts", "type"): words.ACCOUNT_TYPES,
    ("approvals", "kind"): words.APPROVAL_KINDS,
    ("approvals", "state"): words.APPROVAL_STATES,
    ("assessment_answers", "said"): words.ANSWERS,
    ("assessment_reports", "health"): words.HEALTH,
    ("assets", "condition"): words.CONDITIONS,
    ("assets", "group"): words.ASSET_GROUPS,
    ("borrowed_assets", "condition"): words.CONDITIONS,
    ("cash_categories", "direction"): words.DIRECTIONS,
    ("correction_requests", "state"): words.CORRECTION_STATES,
    ("departures", "kind"): words.DEPARTURES,
    ("documents", "state"): words.ITEM_STATES,
    ("findings", "seat"): words.OFFICES,
    ("findings", "state"): words.FINDING_STATES,
    ("inspections", "state"): words.INSPECTION_STATES,
    ("journals", "source_kind"): words.APPROVAL_KINDS,
    ("members", "field"): {
        "everything": _l("everything"),
        "link": _l("everything, by the link"),
        "nik": _l("the whole NIK"),
    },
    ("offices", "role"): words.OFFICES,
    ("tenant_statuses", "status"): words.TENANT_STATUSES,
    ("tills", "kind"): words.TILL_KINDS,
    ("visit_findings", "seat"): words.OFFICES,
    ("visit_findings", "state"): words.FINDING_STATES,
    ("visits", "kind"): words.VISITOR_KINDS,
}

_RUPIAH = frozenset(
    {
        "amount", "bank_balance", "book_balance", "cost", "counted", "expected", "lost_before",
        "mandatory_amount", "opening_balance", "opening_count", "principal_amount", "refunded",
        "residual", "savings_total",
    }
)  # fmt: skip
_MONTHS = frozenset({"first_period", "period"})


def told(record: str, column: str, value: Any, people: Mapping[int, str] | None = None) -> str:
    """A value as people read it; what nobody gave a word stays as it is kept.

    `people`: the names of those who may stand in it by their number.
    """
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, int):
        if names_somebody(column) and value in (people or {}):
            return f"{(people or {})[value]} ({value})"
        return rupiah(value) if column in _RUPIAH else str(value)
    if not isinstance(value, str):
        return ""  # lists and the like, which the page shows as they are
    if (word := VALUES.get((record, column), {}).get(value)) is not None:
        return str(word)
    return _told_day(column, value) or value


def names_somebody(column: str) -> bool:
    """Whether a column says who, by the number of their account."""
    return column in ("by", "cashier_id", "companion_id", "user_id") or column.endswith("_by")


def _told_day(column: str, text: str) -> str | None:
    """A day, a month or an instant in words; None where the text is none of them."""
    try:
        if len(text) == len("2026-11-24"):
            on = date.fromisoformat(text)
            return month(on) if column in _MONTHS else day(on)
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return f"{day(at)} {time_of_day(at)}" if at.tzinfo else None
