"""What may be set: each rate, deadline and choice, and what it is called on the screen."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.errors import Invalid


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
    INSPECTION_DAYS = "inspection.longest_days"
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


DEFINITIONS: dict[str, Definition] = {
    definition.key: definition
    for definition in (
        Definition(
            Key.PRINCIPAL,
            Kind.RUPIAH,
            _l("Principal savings"),
            _l("Paid once on joining; instalments are allowed."),
        ),
        Definition(
            Key.DUES,
            Kind.RUPIAH,
            _l("Mandatory savings a month"),
            _l("From this month on. Months already billed stay as they were."),
        ),
        Definition(
            Key.DUES_JOINERS,
            Kind.CHOICE,
            _l("First month billed"),
            _l("Whether a new member owes the month of joining."),
            (("joining", _l("The month of joining")), ("next", _l("The month after joining"))),
        ),
        Definition(
            Key.DUES_DUE_DAY,
            Kind.COUNT,
            _l("Day on which dues fall due"),
            _l("Arrears are aged from this day of the month."),
        ),
        Definition(
            Key.REMINDER,
            Kind.TEXT,
            _l("Text of the reminder"),
            _l("Sent by WhatsApp to members who owe; words in braces are filled in."),
            words=("nama", "bulan", "jumlah", "koperasi"),
        ),
        Definition(
            Key.PASSIVE_AFTER,
            Kind.COUNT,
            _l("Unpaid months after which a member may become passive"),
            _l("They are proposed on a list; nobody becomes passive by themselves."),
        ),
        Definition(
            Key.PASSIVE_BILLED,
            Kind.CHOICE,
            _l("Dues of passive members"),
            _l("Whether months in which a member is passive are billed."),
            (("billed", _l("Are billed as before")), ("suspended", _l("Are not billed"))),
        ),
        Definition(
            Key.ADMISSION,
            Kind.CHOICE,
            _l("A candidate becomes a member"),
            _l("What turns a candidate into a member."),
            (
                ("principal_paid", _l("When the principal savings are paid")),
                ("registration", _l("On registration")),
            ),
        ),
        Definition(
            Key.MINIMUM_AGE,
            Kind.COUNT,
            _l("Age from which one may join"),
            _l("A younger person is only warned about: a married one may join."),
        ),
        Definition(
            Key.CONSENT,
            Kind.TEXT,
            _l("Consent text"),
            _l("Read out at registration. A change is a new version."),
        ),
        Definition(
            Key.APPROVAL_FROM,
            Kind.RUPIAH,
            _l("Payments from this amount on need a second person"),
            _l("Whoever pays out asks; the chair or the treasurer approves."),
        ),
        Definition(
            Key.STAMP_ABOVE,
            Kind.RUPIAH,
            _l("Receipts above this amount need a duty stamp"),
            _l("The paper then leaves room for the stamp (meterai)."),
        ),
        Definition(
            Key.SHIFT_REQUIRED,
            Kind.CHOICE,
            _l("Cash without an open shift"),
            _l("Whether a cashier who has not opened a shift may take in or pay out cash."),
            (("no", _l("Only a reminder")), ("yes", _l("Not possible"))),
        ),
        Definition(
            Key.PHOTO_MEGABYTES,
            Kind.COUNT,
            _l("Largest photo, in megabytes"),
            _l("A larger one is refused; we keep it smaller than it is sent."),
            for_city_only=True,
        ),
        Definition(
            Key.DOWNLOAD_DAYS,
            Kind.COUNT,
            _l("Days that a file is kept for fetching"),
            _l("Files of many members, such as all savings statements, are then deleted."),
        ),
        Definition(
            Key.IMPORT_ROWS,
            Kind.COUNT,
            _l("Most rows in one list"),
            _l("A longer list of members is sent in parts."),
            for_city_only=True,
        ),
        Definition(
            Key.ALERT_SILENT_DAYS,
            Kind.COUNT,
            _l("Days without an entry until a cooperative counts as silent"),
            _l("Such cooperatives stand in the week's list of the city."),
            for_city_only=True,
        ),
        Definition(
            Key.ALERT_COLLECTED,
            Kind.COUNT,
            _l("Percent of the dues that should be collected"),
            _l("Below it two months running, a cooperative stands in the week's list."),
            for_city_only=True,
        ),
        Definition(
            Key.ALERT_CLOSE_DAY,
            Kind.COUNT,
            _l("Day by which the books of the month before are closed"),
            _l("From this day on, open books stand in the week's list."),
            for_city_only=True,
        ),
        Definition(
            Key.ALERT_CASH_DIFFERENCE,
            Kind.RUPIAH,
            _l("Cash differences in a month that are looked into"),
            _l("From this amount on they stand in the week's list."),
            for_city_only=True,
        ),
        Definition(
            Key.ALERT_HELD_DAYS,
            Kind.COUNT,
            _l("Days that instalments of members may be held"),
            _l("Longer, they stand in the week's list."),
            for_city_only=True,
        ),
        Definition(
            Key.ALERT_UNVISITED_DAYS,
            Kind.COUNT,
            _l("Days without a visit of a companion"),
            _l("From so many on, a cooperative stands in the week's list."),
            for_city_only=True,
        ),
        Definition(
            Key.SNOOZE_DAYS,
            Kind.COUNT,
            _l("Days that a matter of the week's list may be left alone"),
            _l("Then it comes back by itself."),
            for_city_only=True,
        ),
        Definition(
            Key.ALERT_EXPIRY_DAYS,
            Kind.COUNT,
            _l("Days before a document expires that it is to be renewed"),
            _l("From then on it stands in the week's list."),
            for_city_only=True,
        ),
        Definition(
            Key.MEETING_AGENCY_MONTHS,
            Kind.COUNT,
            _l("Months after the year by which the agency wants the members' meeting (RAT)"),
            _l("A meeting that is not planned stands in the week's list."),
            for_city_only=True,
        ),
        Definition(
            Key.MEETING_MINISTRY_MONTHS,
            Kind.COUNT,
            _l("Months after the year by which the ministry wants the report of the meeting"),
            _l("A meeting that is not planned stands in the week's list."),
            for_city_only=True,
        ),
        Definition(
            Key.MEETING_LAW_MONTHS,
            Kind.COUNT,
            _l("Months after the year by which the law wants the members' meeting (RAT)"),
            _l("A meeting that is not planned stands in the week's list."),
            for_city_only=True,
        ),
        Definition(
            Key.DOCUMENT_MEGABYTES,
            Kind.COUNT,
            _l("Largest file of a document, in megabytes"),
            _l("A larger one is refused."),
            for_city_only=True,
        ),
        Definition(
            Key.LAUNCH_MEMBERS,
            Kind.COUNT,
            _l("Members that a cooperative needs for its launch"),
            _l("With fewer, the checklist says that members are missing."),
            for_city_only=True,
        ),
        Definition(
            Key.LAUNCH_BOARD,
            Kind.COUNT,
            _l("Seats of the board that are filled for the launch"),
            _l("With fewer, the checklist says that seats are missing."),
            for_city_only=True,
        ),
        Definition(
            Key.LAUNCH_SUPERVISORS,
            Kind.COUNT,
            _l("Seats of the supervisors that are filled for the launch"),
            _l("With fewer, the checklist says that seats are missing."),
            for_city_only=True,
        ),
        Definition(
            Key.INSPECTION_DAYS,
            Kind.COUNT,
            _l("Days that the agency may look inside a cooperative"),
            _l("At most, counted from the moment leave is given."),
            for_city_only=True,
        ),
        Definition(
            Key.INDICATOR_DAYS,
            Kind.COUNT,
            _l("Days that daily figures are kept"),
            _l("The figures of months are kept for ever."),
            for_city_only=True,
        ),
        Definition(
            Key.OPEN_FEWEST,
            Kind.COUNT,
            _l("Fewest cooperatives in a sum that everybody may see"),
            _l("A sum of fewer is left out, so that nobody reads off what one has not published."),
            for_city_only=True,
        ),
        Definition(
            Key.API_PER_MINUTE,
            Kind.COUNT,
            _l("Requests a minute of another system"),
            _l("More are refused until the minute is over; counted for each token."),
            for_city_only=True,
        ),
        Definition(
            Key.API_VALID_DAYS,
            Kind.COUNT,
            _l("Most days that the token of another system works"),
            _l("Then a new one is made."),
            for_city_only=True,
        ),
        Definition(
            Key.BANK_MATCH_DAYS,
            Kind.COUNT,
            _l("Days by which bank and books may differ"),
            _l("A line of the bank is compared with journals this many days before and after."),
        ),
        Definition(
            Key.KEEP_YEARS,
            Kind.COUNT,
            _l("Years that the data of a former member are kept"),
            _l("Counted from the end of the year of leaving, as the books they stand in."),
            for_city_only=True,
        ),
        Definition(
            Key.KEEP_CANDIDATE_DAYS,
            Kind.COUNT,
            _l("Days that the data of a candidate who never joined are kept"),
            _l("Counted from the registration."),
            for_city_only=True,
        ),
        Definition(
            Key.DATA_LINK_HOURS,
            Kind.COUNT,
            _l("Hours that the link to a member's own data works"),
            _l("A new one can be sent at any time."),
            for_city_only=True,
        ),
        Definition(
            Key.IMPORT_DAYS,
            Kind.COUNT,
            _l("Days for which lists that were sent are kept"),
            _l("Then the rows are deleted; how many people came from a list stays known."),
            for_city_only=True,
        ),
        Definition(
            Key.FINAL_TAX_RATE,
            Kind.RATE,
            _l("Final income tax on turnover"),
            _l("Of the turnover of a month; of agency business only the fee counts."),
        ),
        Definition(
            Key.FINAL_TAX_UNTIL,
            Kind.DAY,
            _l("Last day of the final income tax"),
            _l("Afterwards the general income tax applies. Ask the tax office."),
        ),
        Definition(
            Key.FINAL_TAX_LIMIT,
            Kind.RUPIAH,
            _l("Most turnover in a year for the final income tax"),
            _l("Above it the general income tax applies."),
        ),
        Definition(
            Key.FINAL_TAX_DUE_DAY,
            Kind.COUNT,
            _l("Day by which the final income tax is paid"),
            _l("Of the month after."),
        ),
        Definition(
            Key.INTEREST_RATE,
            Kind.RATE,
            _l("Interest on voluntary savings a year"),
            _l("By the daily balance, for months that begin from this day on. 0 for none."),
        ),
        Definition(
            Key.INTEREST_FREE,
            Kind.RUPIAH,
            _l("Interest a month without tax"),
            _l("Up to this amount nothing is withheld from a member's interest."),
        ),
        Definition(
            Key.INTEREST_TAX_RATE,
            Kind.RATE,
            _l("Tax on interest of savings"),
            _l("Of all the interest of the month, once it is more than what is free."),
        ),
        Definition(
            Key.IDLE_MINUTES,
            Kind.COUNT,
            _l("Minutes without use until signing in again"),
            _l("For everybody who signs in."),
            for_city_only=True,
        ),
        Definition(
            Key.SESSION_HOURS,
            Kind.COUNT,
            _l("Hours until signing in again, even in use"),
            _l("For everybody who signs in."),
            for_city_only=True,
        ),
        Definition(
            Key.INVITATION_HOURS,
            Kind.COUNT,
            _l("Hours an invitation can be used"),
            _l("A new one can be made at any time."),
            for_city_only=True,
        ),
    )
}

# The pre-assessment of health (KKPKK): all percentages, and the city's to decide.
DEFINITIONS |= {
    key: Definition(
        key,
        Kind.COUNT,
        label,
        _l("For the pre-assessment of health (KKPKK). A figure decided today counts from its day."),
        for_city_only=True,
    )
    for key, label in (
        (Key.ASSESSMENT_WEIGHT_A, _l("Pre-assessment: weight of governance, in percent")),
        (Key.ASSESSMENT_WEIGHT_B, _l("Pre-assessment: weight of the risk profile, in percent")),
        (
            Key.ASSESSMENT_WEIGHT_C,
            _l("Pre-assessment: weight of financial performance, in percent"),
        ),
        (Key.ASSESSMENT_WEIGHT_D, _l("Pre-assessment: weight of capital, in percent")),
        (Key.ASSESSMENT_POINTS_4, _l("Pre-assessment: four points for more than so many percent")),
        (Key.ASSESSMENT_POINTS_3, _l("Pre-assessment: three points for more than so many percent")),
        (Key.ASSESSMENT_POINTS_2, _l("Pre-assessment: two points for more than so many percent")),
        (Key.ASSESSMENT_HEALTHY, _l("Pre-assessment: healthy from this score on")),
        (Key.ASSESSMENT_FAIR, _l("Pre-assessment: fairly healthy from this score on")),
        (Key.ASSESSMENT_WATCHED, _l("Pre-assessment: watched from this score on")),
        (
            Key.ASSESSMENT_RECEIVABLES,
            _l("Standard: receivables of productive assets, at most percent"),
        ),
        (Key.ASSESSMENT_LIQUID_ASSETS, _l("Standard: liquid of all assets, percent")),
        (
            Key.ASSESSMENT_LIQUID_CURRENT,
            _l("Standard: liquid assets of current liabilities, percent"),
        ),
        (Key.ASSESSMENT_ROA, _l("Standard: surplus of assets, percent")),
        (Key.ASSESSMENT_ROE, _l("Standard: surplus of equity, percent")),
        (Key.ASSESSMENT_SELF_SUFFICIENCY, _l("Standard: revenue of expenses, percent")),
        (
            Key.ASSESSMENT_CASH_CURRENT,
            _l("Standard: cash and banks of current liabilities, percent"),
        ),
        (Key.ASSESSMENT_RECEIVABLES_FUNDS, _l("Standard: receivables of funds received, percent")),
        (
            Key.ASSESSMENT_RESULT_SAVINGS,
            _l("Standard: surplus of principal and mandatory savings, percent"),
        ),
        (Key.ASSESSMENT_EQUITY_ASSETS, _l("Standard: equity of assets, percent")),
        (
            Key.ASSESSMENT_LONG_EQUITY,
            _l("Standard: long-term liabilities of equity, at most percent"),
        ),
    )
}
