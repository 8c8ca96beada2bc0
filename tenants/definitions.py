"""What a thing that may be set is; `tenants.catalogue` holds all of them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from app.core.errors import Invalid

LARGEST_UPLOAD = 30  # megabytes; the server drops what comes after some more


class Kind(StrEnum):
    RUPIAH = "rupiah"
    COUNT = "count"
    CHOICE = "choice"
    TEXT = "text"
    RATE = "rate"  # in basis points
    DAY = "day"  # as 2026-11-24


@dataclass(frozen=True)
class Definition:
    """One thing that can be set: how it is read, and what it is called on the screen."""

    key: str
    kind: Kind
    label: Any
    help: Any
    choices: tuple[tuple[str, Any], ...] = ()
    for_city_only: bool = False
    words: tuple[str, ...] = ()  # in a text: what may stand in braces to be filled in
    most: int | None = None  # of a count: none of it is larger

    def check_text(self, text: str) -> None:
        """`Invalid` for braces in a text that nobody can fill in."""
        if not self.words:
            return
        for found in re.findall(r"\{[^{}]*\}?|\}", text):
            if found[1:-1] not in self.words or not found.endswith("}"):
                known = ", ".join(f"{{{word}}}" for word in self.words)
                raise Invalid(
                    _(
                        "“%(word)s” cannot be filled in. Known are %(known)s.",
                        word=found,
                        known=known,
                    )
                )

    def name_of(self, value: Any) -> Any:
        """What an answer is called on the screen."""
        return dict(self.choices)[value]


class Key(StrEnum):
    PRINCIPAL = "savings.principal"
    DUES = "dues.amount"
    DUES_JOINERS = "dues.joiners"
    DUES_DUE_DAY = "dues.due_day"
    REMINDER = "dues.reminder"
    PASSIVE_AFTER = "dues.passive_after"
    PASSIVE_BILLED = "dues.passive_billed"
    ADMISSION = "members.admission"
    MINIMUM_AGE = "members.minimum_age"
    CONSENT = "members.consent"
    IMPORT_ROWS = "members.import_rows"
    IMPORT_DAYS = "members.import_days"
    APPROVAL_FROM = "approvals.from_amount"
    STAMP_ABOVE = "receipts.stamp_above"
    DOWNLOAD_DAYS = "downloads.days"
    SHIFT_REQUIRED = "cash.shift_required"
    PHOTO_MEGABYTES = "cash.photo_megabytes"
    KEEP_YEARS = "privacy.keep_years"
    KEEP_CANDIDATE_DAYS = "privacy.keep_candidate_days"
    DATA_LINK_HOURS = "privacy.link_hours"
    ALERT_SILENT_DAYS = "supervision.silent_days"
    ALERT_COLLECTED = "supervision.collected_percent"
    ALERT_CLOSE_DAY = "supervision.close_day"
    ALERT_CASH_DIFFERENCE = "supervision.cash_difference"
    ALERT_HELD_DAYS = "supervision.held_days"
    ALERT_UNVISITED_DAYS = "supervision.unvisited_days"
    SNOOZE_DAYS = "supervision.snooze_days"
    ALERT_EXPIRY_DAYS = "supervision.expiry_days"
    MEETING_AGENCY_MONTHS = "meetings.agency_months"
    MEETING_MINISTRY_MONTHS = "meetings.ministry_months"
    MEETING_LAW_MONTHS = "meetings.law_months"
    DOCUMENT_MEGABYTES = "launch.document_megabytes"
    LAUNCH_MEMBERS = "launch.members"
    LAUNCH_BOARD = "launch.board"
    LAUNCH_SUPERVISORS = "launch.supervisors"
    LAUNCH_PACE_WEEKS = "launch.pace_weeks"
    INSPECTION_DAYS = "inspection.longest_days"
    INSPECTION_ANSWER_DAYS = "inspection.answer_days"
    VISIT_KEEP_MONTHS = "companions.keep_months"
    INDICATOR_DAYS = "supervision.keep_days"
    OPEN_FEWEST = "open.fewest_cooperatives"
    ASSESSMENT_WEIGHT_A = "assessment.weight_a"
    ASSESSMENT_WEIGHT_B = "assessment.weight_b"
    ASSESSMENT_WEIGHT_C = "assessment.weight_c"
    ASSESSMENT_WEIGHT_D = "assessment.weight_d"
    ASSESSMENT_POINTS_4 = "assessment.points_4"
    ASSESSMENT_POINTS_3 = "assessment.points_3"
    ASSESSMENT_POINTS_2 = "assessment.points_2"
    ASSESSMENT_HEALTHY = "assessment.healthy"
    ASSESSMENT_FAIR = "assessment.fair"
    ASSESSMENT_WATCHED = "assessment.watched"
    ASSESSMENT_RECEIVABLES = "assessment.receivables"
    ASSESSMENT_LIQUID_ASSETS = "assessment.liquid_assets"
    ASSESSMENT_LIQUID_CURRENT = "assessment.liquid_current"
    ASSESSMENT_ROA = "assessment.roa"
    ASSESSMENT_ROE = "assessment.roe"
    ASSESSMENT_SELF_SUFFICIENCY = "assessment.self_sufficiency"
    ASSESSMENT_CASH_CURRENT = "assessment.cash_current"
    ASSESSMENT_RECEIVABLES_FUNDS = "assessment.receivables_funds"
    ASSESSMENT_RESULT_SAVINGS = "assessment.result_savings"
    ASSESSMENT_EQUITY_ASSETS = "assessment.equity_assets"
    ASSESSMENT_LONG_EQUITY = "assessment.long_equity"
    API_PER_MINUTE = "api.per_minute"
    API_VALID_DAYS = "api.valid_days"
    BACKUP_HOURS = "backups.longest_hours"
    BACKUP_CHECK_DAYS = "backups.check_days"
    BANK_MATCH_DAYS = "banking.match_days"
    FINAL_TAX_RATE = "tax.final_rate"
    FINAL_TAX_UNTIL = "tax.final_until"
    FINAL_TAX_LIMIT = "tax.final_limit"
    FINAL_TAX_DUE_DAY = "tax.final_due_day"
    INTEREST_RATE = "savings.interest_rate"
    INTEREST_FREE = "tax.interest_free"
    INTEREST_TAX_RATE = "tax.interest_rate"
    IDLE_MINUTES = "auth.idle_minutes"
    SESSION_HOURS = "auth.session_hours"
    INVITATION_HOURS = "auth.invitation_hours"
