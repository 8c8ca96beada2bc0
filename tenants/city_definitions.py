"""What the city alone may set: its week, launches, open data, and the measures of health."""

from flask_babel import lazy_gettext as _l

from tenants.definitions import LARGEST_UPLOAD, Definition, Key, Kind

CITY = (
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
        most=31,
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
        most=LARGEST_UPLOAD,
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
        Key.LAUNCH_PACE_WEEKS,
        Kind.COUNT,
        _l("Weeks whose pace tells when a cooperative will be ready"),
        _l("What was got done in them is carried on to what is missing."),
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
        Key.INSPECTION_ANSWER_DAYS,
        Kind.COUNT,
        _l("Days that a request to look inside waits for an answer"),
        _l("Then it lapses; whoever asked may ask again."),
        for_city_only=True,
    ),
    Definition(
        Key.VISIT_KEEP_MONTHS,
        Kind.COUNT,
        _l("Months that names, photos and signatures of a visit are kept"),
        _l("Then they are deleted by night; what was seen and advised stays."),
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
        Key.BACKUP_HOURS,
        Kind.COUNT,
        _l("Hours after which a backup is missed"),
        _l("The operator's page then warns. A little more than a day, if one is made each night."),
        for_city_only=True,
    ),
    Definition(
        Key.BACKUP_CHECK_DAYS,
        Kind.COUNT,
        _l("Days after which a check of the backups is missed"),
        _l("A check restores the newest backup on trial and verifies the books in it."),
        for_city_only=True,
    ),
)

# The pre-assessment of health (KKPKK): all percentages.
HEALTH = tuple(
    Definition(
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
)
