"""Names on the screen for what the database keeps as a word."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.approvals.models import ApprovalState
from app.auth.permissions import Role
from app.jobs.models import JobState
from app.ledger.models import AccountType, VoucherKind
from app.members.models import MemberState
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
    MemberState.LEFT: _l("Left"),
}

TENANT_STATUSES: dict[TenantStatus, Any] = {
    TenantStatus.FORMED: _l("Formed"),
    TenantStatus.LEGAL: _l("Legal entity"),
    TenantStatus.SOFT_LAUNCHED: _l("Soft launch"),
    TenantStatus.GRAND_LAUNCHED: _l("Grand launch"),
    TenantStatus.SUSPENDED: _l("Suspended"),
}

JOB_STATES: dict[JobState, Any] = {
    JobState.WAITING: _l("Waiting"),
    JobState.RUNNING: _l("Running"),
    JobState.DONE: _l("Done"),
    JobState.FAILED: _l("Stopped"),
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

# What each kind of request is called on the screen.
APPROVAL_KINDS: dict[str, Any] = {}


def office_name(role: Role) -> str:
    return str(OFFICES[role])


def status_name(status: TenantStatus | None) -> str:
    return str(TENANT_STATUSES[status]) if status else "–"


def member_state(state: MemberState) -> str:
    return str(MEMBER_STATES[state])
