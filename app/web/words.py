"""Names on the screen for what the database keeps as a word."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.approvals.models import ApprovalState
from app.assets import disposal
from app.assets.models import AssetGroup, Condition
from app.auth.permissions import Role
from app.cash import counting, entries, officers
from app.cash.models import Direction, TillKind
from app.companions.models import Topic, VisitorKind
from app.departures.models import DepartureKind
from app.findings.models import FindingState
from app.inspection.models import InspectionState
from app.jobs.models import JobState
from app.ledger import closing, journal_entry
from app.ledger.models import AccountType, VoucherKind
from app.members.listing import Group
from app.members.models import MemberState
from app.privacy.models import CorrectionState
from app.supervision.checklist import State
from tenants.models import TenantStatus

OFFICES: dict[Role, Any] = {
    Role.CHAIR: _l("Chair"),
    Role.VICE_BUSINESS: _l("Vice chair, business"),
    Role.VICE_MEMBERS: _l("Vice chair, members"),
    Role.SECRETARY: _l("Secretary"),
    Role.TREASURER: _l("Treasurer"),
    Role.SUPERVISOR_CHAIR: _l("Chair of the supervisors"),
    Role.SUPERVISOR: _l("Supervisor"),
    Role.MANAGER: _l("Manager"),
    Role.CASHIER: _l("Cashier"),
    Role.CITY_AGENCY: _l("City supervisor"),
    Role.CITY_COMPANION: _l("Companion"),
    Role.CITY_OPERATOR: _l("Operator"),
}

MEMBER_STATES: dict[MemberState, Any] = {
    MemberState.CANDIDATE: _l("Candidate"),
    MemberState.ACTIVE: _l("Active"),
    MemberState.PASSIVE: _l("Passive"),
    MemberState.LEFT: _l("Left"),
}

MEMBER_GROUPS: dict[Group, Any] = {
    Group.ACTIVE: _l("Active"),
    Group.OWING: _l("In arrears"),
    Group.PASSIVE: _l("Passive"),
    Group.CANDIDATES: _l("Candidate"),
    Group.LEFT: _l("Left"),
    Group.UNASKED: _l("Not yet asked for consent"),
}

TENANT_STATUSES: dict[TenantStatus, Any] = {
    TenantStatus.FORMED: _l("Formed"),
    TenantStatus.LEGAL: _l("Legal entity"),
    TenantStatus.SOFT_LAUNCHED: _l("Soft launch"),
    TenantStatus.GRAND_LAUNCHED: _l("Grand launch"),
    TenantStatus.SUSPENDED: _l("Suspended"),
    TenantStatus.MERGED: _l("Merged"),
}

JOB_STATES: dict[JobState, Any] = {
    JobState.WAITING: _l("Waiting"),
    JobState.RUNNING: _l("Running"),
    JobState.DONE: _l("Done"),
    JobState.FAILED: _l("Stopped"),
}

JOB_KINDS: dict[str, Any] = {
    "assets.depreciation": _l("Depreciation of the month"),
    "backup.check": _l("Check of the backup"),
    "backup.make": _l("Backup"),
    "dues.accrual": _l("Billing the dues"),
    "ledger.seal": _l("Seal of the books"),
    "members.import": _l("List of members"),
    "savings.statements": _l("Savings statements of all members"),
    "supervision.report": _l("Figures for the city"),
}

INSPECTION_STATES: dict[InspectionState, Any] = {
    InspectionState.WAITING: _l("Waiting"),
    InspectionState.GRANTED: _l("In force"),
    InspectionState.REFUSED: _l("Refused"),
    InspectionState.WITHDRAWN: _l("Taken back"),
    InspectionState.ENDED: _l("Ended early"),
    InspectionState.LAPSED: _l("Lapsed without an answer"),
    InspectionState.EXPIRED: _l("Its time is over"),
}

ACCOUNT_TYPES: dict[AccountType, Any] = {
    AccountType.ASSET: _l("Assets"),
    AccountType.LIABILITY: _l("Liabilities"),
    AccountType.EQUITY: _l("Equity"),
    AccountType.REVENUE: _l("Revenue"),
    AccountType.EXPENSE: _l("Expenses"),
}

VOUCHERS: dict[VoucherKind, Any] = {
    VoucherKind.CASH_IN: _l("Cash received"),
    VoucherKind.CASH_OUT: _l("Cash paid out"),
    VoucherKind.GENERAL: _l("General journal"),
}

APPROVAL_STATES: dict[ApprovalState, Any] = {
    ApprovalState.WAITING: _l("Waiting"),
    ApprovalState.APPROVED: _l("Approved"),
    ApprovalState.REJECTED: _l("Sent back"),
    ApprovalState.WITHDRAWN: _l("Taken back"),
}

# The columns of a bank's list.
BANK_COLUMNS: dict[str, Any] = {
    "day": _l("Day"),
    "text": _l("Text of the bank"),
    "debit": _l("Debit (money out)"),
    "credit": _l("Credit (money in)"),
    "amount": _l("Amount in one column"),
    "side": _l("D or K beside the amount"),
    "balance": _l("Balance"),
}

CORRECTION_STATES: dict[CorrectionState, Any] = {
    CorrectionState.WAITING: _l("Waiting"),
    CorrectionState.DONE: _l("Corrected"),
    CorrectionState.REFUSED: _l("Refused"),
}

DEPARTURES: dict[DepartureKind, Any] = {
    DepartureKind.RESIGNATION: _l("Resigns"),
    DepartureKind.DEATH: _l("Has died"),
    DepartureKind.MOVE: _l("Moves out of the ward"),
    DepartureKind.DISMISSAL: _l("Is dismissed"),
}

FINDING_STATES: dict[FindingState, Any] = {
    FindingState.OPEN: _l("Open"),
    FindingState.ANSWERED: _l("Answered"),
    FindingState.CLOSED: _l("Closed"),
}

VISITOR_KINDS: dict[VisitorKind, Any] = {
    VisitorKind.ASSISTANT: _l("Business assistant"),
    VisitorKind.PROJECT_OFFICE: _l("PMO"),
    VisitorKind.FIELD_OFFICER: _l("PPKL"),
    VisitorKind.AGENCY: _l("Agency"),
}

TOPICS: dict[Topic, Any] = {
    Topic.ADMINISTRATION: _l("Administration"),
    Topic.SAVINGS: _l("Savings"),
    Topic.BOOKKEEPING: _l("Bookkeeping"),
    Topic.SHOP: _l("Shops and services"),
    Topic.SIMKOPDES: _l("SIMKOPDES"),
    Topic.PARTNERSHIP: _l("Partnerships"),
    Topic.MEETING: _l("Members' meeting"),
    Topic.LICENCES: _l("Licences"),
}

DIRECTIONS: dict[Direction, Any] = {
    Direction.IN: _l("Money in"),
    Direction.OUT: _l("Money out"),
}

TILL_KINDS: dict[TillKind, Any] = {
    TillKind.CASH: _l("Cash"),
    TillKind.BANK: _l("Bank"),
    TillKind.FLOAT: _l("Float"),
}

ASSET_GROUPS: dict[AssetGroup, Any] = {
    AssetGroup.BUILDINGS: _l("Buildings"),
    AssetGroup.EQUIPMENT: _l("Equipment"),
    AssetGroup.VEHICLES: _l("Vehicles"),
    AssetGroup.SOFTWARE: _l("Software"),
}

CONDITIONS: dict[Condition, Any] = {
    Condition.GOOD: _l("Good"),
    Condition.WORN: _l("Worn"),
    Condition.BROKEN: _l("Broken"),
}

# What each kind of request is called on the screen.
APPROVAL_KINDS: dict[str, Any] = {
    closing.CLOSE: _l("Close of a month"),
    closing.REOPEN: _l("Opening a month again"),
    disposal.KIND: _l("Asset that goes below its value"),
    journal_entry.KIND: _l("Entry in the general journal"),
    "departures.refund": _l("Refund to a member who left"),
    entries.CASH_OUT: _l("Money out"),
    officers.OWN_POCKET: _l("Paid from an officer's own pocket"),
    officers.REPAYMENT: _l("Repayment to an officer"),
    counting.CLOSE_FOR_OTHER: _l("Close somebody else's shift"),
    counting.LARGE_DIFFERENCE: _l("Large difference of cash"),
    "ledger.reversal": _l("Taking back a journal"),
    "receipts.void": _l("Cancelling a receipt"),
    "savings.withdrawal": _l("Withdrawal of voluntary savings"),
    "privacy.forget": _l("Erasing a former member's personal data"),
}

# Records as the trail of changes names them, by table.
ITEM_STATES: dict[State, Any] = {
    State.NOT_YET: _l("not there yet"),
    State.UNDER_WAY: _l("under way"),
    State.HELD: _l("there"),
    State.EXPIRED: _l("expired"),
}


# Columns as the trail names them; others appear by their own name.
HEALTH: dict[str, Any] = {
    "healthy": _l("Healthy"),
    "fair": _l("Fairly healthy"),
    "watched": _l("Watched"),
    "special": _l("Specially watched"),
}
ANSWERS: dict[str, Any] = {
    "yes": _l("Yes"),
    "no": _l("Not yet"),
    "not_applicable": _l("Does not apply"),
}


def office_name(role: Role) -> str:
    return str(OFFICES[role])


def status_name(status: TenantStatus | None) -> str:
    return str(TENANT_STATUSES[status]) if status else "–"


def member_state(state: MemberState) -> str:
    return str(MEMBER_STATES[state])
