"""Everything that may be set, in the order in which the pages show it."""

from flask_babel import lazy_gettext as _l

from tenants.city_definitions import CITY, HEALTH
from tenants.definitions import LARGEST_UPLOAD, Definition, Key, Kind

_SAVINGS_AND_PEOPLE = (
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
        most=31,
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
        most=LARGEST_UPLOAD,
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
)

_BANK_DATA_TAX_AND_SIGN_IN = (
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
        most=31,
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

DEFINITIONS: dict[str, Definition] = {
    definition.key: definition
    for definition in (*_SAVINGS_AND_PEOPLE, *CITY, *_BANK_DATA_TAX_AND_SIGN_IN, *HEALTH)
}
