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
    ApprovalState.REJECTED: _l("Refused"),
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

RECORDS: dict[str, Any] = {
    "accounts": _l("Account"),
    "alert_snoozes": _l("Matter put off"),
    "assessment_answers": _l("Answer of the pre-assessment"),
    "assessment_confirmations": _l("Verdict on an answer"),
    "assessment_reports": _l("Pre-assessment handed in"),
    "api_tokens": _l("Token of another system"),
    "approvals": _l("Request"),
    "assets": _l("Asset"),
    "borrowed_assets": _l("Thing on loan"),
    "cash_categories": _l("Words for cash"),
    "cash_photos": _l("Photo of a receipt"),
    "cash_shifts": _l("Cashier's shift"),
    "city_settings": _l("Setting of the city"),
    "bank_matches": _l("Match with the bank"),
    "publications": _l("Figures for everybody"),
    "reconciliations": _l("Bank reconciliation"),
    "correction_requests": _l("Correction asked for"),
    "departures": _l("Member who left"),
    "dues_waivers": _l("Month let off"),
    "document_files": _l("File of a document"),
    "documents": _l("Document"),
    "findings": _l("Finding"),
    "journal_templates": _l("Entry that comes back"),
    "journals": _l("Journal"),
    "launch_evidence": _l("Evidence for the launch"),
    "launch_plans": _l("Planned days"),
    "member_imports": _l("List of members"),
    "members": _l("Member"),
    "ministry_figures": _l("Figures of the ministry"),
    "ministry_files": _l("Statistics of the ministry"),
    "months": _l("Month of the books"),
    "officer_parties": _l("Officer in the books"),
    "offices": _l("Office"),
    "opening_lines": _l("Opening balance"),
    "parties": _l("Name in the books"),
    "simkopdes_ticks": _l("Entered in SIMKOPDES"),
    "announcements": _l("Announcement"),
    "inspections": _l("Request of the city to look inside"),
    "former_slugs": _l("Earlier address of the cooperative"),
    "tenant_settings": _l("Setting"),
    "tenant_statuses": _l("Status of the cooperative"),
    "tenants": _l("Particulars of the cooperative"),
    "tills": _l("Drawer or account of money"),
    "training_attendance": _l("Attendance of a training"),
    "trainings": _l("Training"),
    "units": _l("Line of business"),
    "visit_findings": _l("Finding of a visit"),
    "visit_plans": _l("Plan of a visit"),
    "visit_photos": _l("Photo of a visit"),
    "visit_signatures": _l("Signature under a visit"),
    "visits": _l("Visit of a companion"),
    "users": _l("Account of an officer"),
}

ACTIONS: dict[str, Any] = {
    "insert": _l("recorded"),
    "update": _l("changed"),
    "delete": _l("removed"),
    "looked": _l("looked at"),
    "forgotten": _l("erased what was personal"),
    "downloaded": _l("downloaded"),
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
FIELDS: dict[str, Any] = {
    "until_on": _l("Until"),
    "rule": _l("Rule"),
    "account_id": _l("Account (number)"),
    "active": _l("In use"),
    "address": _l("Address"),
    "amount": _l("Amount"),
    "answer": _l("Answer"),
    "asked_at": _l("Asked at"),
    "approved_by": _l("Approved by (number)"),
    "approved_on": _l("Approved on"),
    "asked_by": _l("Asked by (number)"),
    "attended": _l("Who attended"),
    "bad": _l("Rows left out"),
    "began_at": _l("Began at"),
    "birth_place": _l("Place of birth"),
    "born_on": _l("Date of birth"),
    "business": _l("Own business"),
    "cashier_id": _l("Cashier (number)"),
    "closed_at": _l("Closed at"),
    "closed_by": _l("Closed by (number)"),
    "code": _l("Code"),
    "columns": _l("Columns"),
    "companion_id": _l("Companion (number)"),
    "consent_at": _l("Agreed at"),
    "consent_version": _l("Version of the consent text"),
    "counted": _l("Counted"),
    "counted_at": _l("Counted at"),
    "counts": _l("Notes and coins"),
    "created_at": _l("Recorded at"),
    "created_by": _l("Recorded by (number)"),
    "decided_at": _l("Answered at"),
    "decided_by": _l("Answered by (number)"),
    "decree": _l("Decree"),
    "direction": _l("In or out"),
    "due_on": _l("Due on"),
    "email": _l("E-mail"),
    "ended_at": _l("Ended at"),
    "entered_at": _l("Entered at"),
    "entered_by": _l("Entered by (number)"),
    "expected": _l("Should be there"),
    "expires_on": _l("Works until"),
    "file_name": _l("File"),
    "from_date": _l("From the day"),
    "good": _l("Rows taken over"),
    "group": _l("Group"),
    "heir_name": _l("Heir"),
    "heir_phone": _l("Phone number of the heir"),
    "heir_relation": _l("Relation of the heir"),
    "id": _l("Number in the system"),
    "joined_on": _l("Member since"),
    "key": _l("Key"),
    "kind": _l("Kind"),
    "left_on": _l("Left on"),
    "left_reason": _l("Reason for leaving"),
    "legal_basis": _l("Decided by"),
    "legal_name": _l("Full legal name"),
    "line_count": _l("Number of lines"),
    "memo": _l("For"),
    "mode": _l("What is to be entered"),
    "name": _l("Name"),
    "nik": _l("NIK"),
    "note": _l("Note"),
    "number": _l("Number"),
    "observations": _l("What was seen"),
    "occupation": _l("Occupation"),
    "on_paper": _l("Signed on paper"),
    "opened_at": _l("Opened at"),
    "opening_balance": _l("In the books when it was opened"),
    "opening_count": _l("Counted then"),
    "opening_note": _l("Note when it was opened"),
    "party_id": _l("Name in the books (number)"),
    "period": _l("Month"),
    "phone": _l("Phone number"),
    "posted_on": _l("Date"),
    "published": _l("Everybody may see it"),
    "purpose": _l("Purpose"),
    "reason": _l("Reason"),
    "recommendations": _l("What was advised"),
    "refusal": _l("Why nothing was entered"),
    "registered_on": _l("Registered on"),
    "role": _l("Office"),
    "rows": _l("Rows"),
    "rt": _l("RT"),
    "rw": _l("RW"),
    "saved": _l("Savings taken over"),
    "scopes": _l("May read"),
    "sex": _l("Sex"),
    "side": _l("Side"),
    "signed_by": _l("Who signs for the cooperative"),
    "source_key": _l("Key of the event"),
    "source_kind": _l("Event"),
    "state": _l("State"),
    "status": _l("Status"),
    "subject": _l("Group of figures"),
    "till_id": _l("Drawer (number)"),
    "title": _l("Title"),
    "topics": _l("Topics"),
    "unit_id": _l("Line of business (number)"),
    "until_date": _l("Until the day"),
    "user_id": _l("Officer (number)"),
    "value": _l("Value"),
    "verdict": _l("Verdict on the rows"),
    "visit_id": _l("Visit (number)"),
    "visited_on": _l("Day of the visit"),
}


def office_name(role: Role) -> str:
    return str(OFFICES[role])


def status_name(status: TenantStatus | None) -> str:
    return str(TENANT_STATUSES[status]) if status else "–"


def member_state(state: MemberState) -> str:
    return str(MEMBER_STATES[state])
